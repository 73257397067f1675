"""The OpenAPI document says what there is, and what it says is what happens."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib import resources
from typing import Any, Literal

import lxml.html
import pytest
import schemathesis
from flask import Flask, Response
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from jsonschema_rs import validator_for
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup

from tests.web.api.conftest import Programs
from web.api import contract
from web.api.contract import OPERATIONS
from web.api.document import document, problems_of
from web.api.problems import KINDS

DESCRIBED = document()
EXAMPLES = json.loads(resources.files("web.api").joinpath("examples.json").read_text(encoding="utf-8"))


def test_it_is_served_to_everybody_and_known_again(app: Flask) -> None:
    client = app.test_client()
    served = client.get("/api/v1/openapi.json")
    assert served.get_json() == json.loads(json.dumps(DESCRIBED))
    again = client.get("/api/v1/openapi.json", headers={"If-None-Match": served.headers["ETag"]})
    assert again.status_code == 304


def test_every_operation_is_in_it_and_no_other() -> None:
    described = {
        (method.upper(), path): operation for path, methods in DESCRIBED["paths"].items() for method, operation in methods.items()
    }  # fmt: skip
    assert {(each.method, each.address) for each in OPERATIONS.values()} == set(described)
    for each in OPERATIONS.values():
        operation = described[each.method, each.address]
        assert operation["operationId"] == each.name and operation["summary"]
        assert operation["security"] == [{"key": [each.scope] if each.scope else []}]
        statuses = {str(KINDS[kind].status) for kind in problems_of(each)}
        assert statuses | {str(each.status)} <= set(operation["responses"])


def test_it_is_sound_and_every_reference_leads_somewhere() -> None:
    def references(part: object) -> set[str]:
        if isinstance(part, dict):
            return {part["$ref"]} if "$ref" in part else set().union(*map(references, part.values()), set())
        return set().union(*map(references, part), set()) if isinstance(part, list) else set()

    assert DESCRIBED["openapi"] == "3.1.0"
    for reference in references(DESCRIBED):
        part: Any = DESCRIBED
        for step in reference.removeprefix("#/").split("/"):
            part = part[step]
    for schema in DESCRIBED["components"]["schemas"].values():
        validator_for({**schema, "components": DESCRIBED["components"]})  # raises for what is no JSON Schema


@pytest.mark.parametrize(
    ("name", "side"), [(name, side) for name, sides in EXAMPLES.items() for side in sides],
)  # fmt: skip
def test_every_example_is_one(name: str, side: Literal["asked", "answered"]) -> None:
    operation = OPERATIONS[f"api.{name}"]
    shape = operation.asks if side == "asked" else operation.answers
    assert shape is not None
    shape.model_validate(EXAMPLES[name][side])
    schema = {"$ref": f"#/components/schemas/{shape.__name__}", "components": DESCRIBED["components"]}
    validator_for(schema).validate(EXAMPLES[name][side])


def test_every_body_has_an_example() -> None:
    assert {each.name for each in OPERATIONS.values() if each.asks} <= set(EXAMPLES)


def test_the_examples_that_are_sent_are_answered(program: Programs) -> None:
    caller = program("admin")
    for operation in OPERATIONS.values():
        if operation.asks is not None and "<" not in operation.path:
            answer = caller(operation.method, operation.path, EXAMPLES[operation.name]["asked"])
            assert answer.status_code == operation.status, operation.name


Campaign = Callable[[int], None]


@pytest.fixture
def campaign(app: Flask, program: Programs) -> Campaign:
    """Some requests to every operation, made from the document, allowed and forbidden ones, always the same; raises FailureGroup."""
    headers = {"Authorization": f"Bearer {program('admin').secret}"}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)

    def run(examples: int) -> None:
        for found in schema.get_all_operations():
            operation = found.ok()
            if operation.label.startswith("DELETE"):
                continue  # the key would end here; it is tried with the matrix of permissions
            modes = [operation.as_strategy(mode) for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)]

            @seed(7)
            @settings(
                max_examples=examples, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
            )
            @given(case=st.one_of(modes))
            def ask(case: Any) -> None:
                case.call_and_validate(headers=headers)

            ask()

    return run


def test_what_it_says_is_what_happens(campaign: Campaign) -> None:
    """`benchmarks/api_fuzz.py` asks some ten thousand times as much."""
    campaign(3)


def test_an_answer_that_is_not_in_it_is_found(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        contract, "respond", lambda outcome, *, status: Response("{}", status, mimetype="application/json")
    )
    with pytest.raises(FailureGroup):
        campaign(1)


ENGLISH = re.compile(r"\b[a-z]+ [a-z]+\b")


@pytest.mark.parametrize(
    "path", ["docs", "problems/overtaken", *(f"problems/{kind}" for kind in ("key-missing", "busy"))]
)
def test_the_pages_for_people_are_in_their_language(app: Flask, path: str) -> None:
    client = app.test_client()
    assert ENGLISH.search(words(client.get(f"/api/v1/{path}").text))
    client.set_cookie("language", "ru")
    assert ENGLISH.findall(words(client.get(f"/api/v1/{path}").text)) == []


def words(page: str) -> str:
    """What a page says to people, without names, samples and what is marked as being in English."""
    main = lxml.html.fromstring(page).find(".//main")
    for each in main.xpath(".//code | .//pre | .//*[@lang='en'] | .//*[@translate='no']"):
        each.drop_tree()
    return "\n".join([main.text_content(), *main.xpath(".//@aria-label")])


def test_what_is_for_programs_is_in_english_whoever_asks(app: Flask, program: Programs) -> None:
    ours = {"Accept-Language": "ru"}
    assert app.test_client().get("/api/v1/openapi.json", headers=ours).get_json() == json.loads(json.dumps(DESCRIBED))
    answer = program()("POST", "/quotes", {"quotes": {}}, Accept_Language="ru")
    assert answer.get_json()["title"] == KINDS["invalid-request"].title


def test_the_page_for_people_names_every_operation_and_shape(app: Flask) -> None:
    page = app.test_client().get("/api/v1/docs")
    assert page.status_code == 200 and "default-src 'none'" in page.headers["Content-Security-Policy"]
    for operation in OPERATIONS.values():
        assert f'id="{operation.name}"' in page.text and operation.address in page.text
    for name in DESCRIBED["components"]["schemas"]:
        assert name in page.text or name == "JsonValue"
    for kind in KINDS:
        assert f"/api/v1/problems/{kind}" in page.text
