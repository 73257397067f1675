"""Annotations have the shape of the W3C's Web Annotation Data Model.

No package carries a schema of the model, so its requirements (sections 3 to 5 of the Recommendation of 23 February 2017)
are written out here as the checks of `assert_model`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from checker.export.annotations import CONTEXT, annotations_object
from checker.export.contract import json_document
from checker.types import Report

QUOTE = "The tunnel will open before the autumn."
TEXT = f"Rain 𝕏. Brim: “{QUOTE}” Then she left."
MOTIVATIONS = {
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying",
    "linking", "moderating", "questioning", "replying", "tagging",
}  # fmt: skip


def assert_model(collection: Any) -> list[Any]:
    """A collection with its page embedded as 5.1 and 5.2 ask, of annotations as 3 and 4 ask; gives the annotations."""
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["type"] == "AnnotationCollection"
    page = collection["first"]
    assert "@context" not in page  # an embedded page has its collection's
    assert page["type"] == "AnnotationPage" and page["partOf"] == collection["id"] and page["startIndex"] == 0
    items = page["items"]
    assert len(items) == collection["total"] >= 0
    ids = [collection["id"], page["id"], *(each["id"] for each in items)]
    assert len(set(ids)) == len(ids) and all(urlsplit(each).scheme for each in ids)
    for each in items:
        assert each["type"] == "Annotation" and each["motivation"] in MOTIVATIONS
        assert each["target"]  # one or more
        for body in each["body"]:
            assert body["purpose"] in MOTIVATIONS
            if body["type"] == "TextualBody":
                assert isinstance(body["value"], str)
            else:
                assert_specific(body)
        for target in each["target"]:
            assert_specific(target)
    return list(items)


def assert_specific(resource: Any) -> None:
    """4: exactly one source, and selectors of known types with what each of them must have."""
    assert resource["type"] == "SpecificResource" and isinstance(resource["source"], str) and resource["source"]
    selectors = resource["selector"] if isinstance(resource["selector"], list) else [resource["selector"]]
    for selector in selectors:
        if selector["type"] == "TextQuoteSelector":
            assert {type(selector[name]) for name in ("exact", "prefix", "suffix")} == {str}
        else:
            assert selector["type"] == "TextPositionSelector"
            assert 0 <= selector["start"] <= selector["end"]


def read(*reports: tuple[Report, str]) -> list[Any]:
    return assert_model(json.loads(json_document(annotations_object(reports))))


def test_every_reason_has_the_model_s_shape(every_reason: Report) -> None:
    items = read((every_reason, "https://paper.example/a"), (every_reason, "b.md"))
    assert len(items) == 2 * len(every_reason.findings)
    assert [item["body"][2]["value"] for item in items[: len(every_reason.findings)]] == [
        each.verdict.reason for each in every_reason.findings
    ]


def test_nothing_is_annotated_where_nothing_was_found(report_of: Callable[..., Report]) -> None:
    assert read((report_of("It rained."), "a.txt")) == []
    assert annotations_object([])["@context"] == CONTEXT


def test_positions_are_code_points_and_select_the_quoted_words(report_of: Callable[..., Report]) -> None:
    (item,) = read((report_of(TEXT, (QUOTE, "negation")), "news/a%20b.txt"))
    (target,) = item["target"]
    words, position = target["selector"]
    assert target["source"] == "news/a%20b.txt"
    assert TEXT[position["start"] : position["end"]] == words["exact"] == QUOTE
    assert position["start"] == 15  # 𝕏 is one code point, and two units of UTF-16
    assert TEXT[: position["start"]].endswith(words["prefix"]) and TEXT[position["end"] :].startswith(words["suffix"])


def test_the_source_is_found_by_its_words_on_its_own_page(report_of: Callable[..., Report]) -> None:
    (item,) = read((report_of(TEXT, (QUOTE, "negation")), "a.txt"))
    source = item["body"][-1]
    assert source["source"] == "https://roads.example/1"
    assert source["selector"]["exact"] == "The tunnel will not open before the autumn."


def test_a_source_without_an_address_is_told_in_words_only(report_of: Callable[..., Report]) -> None:
    (item,) = read((report_of(TEXT, (QUOTE, "negation"), source=None), "a.txt"))
    assert {body["type"] for body in item["body"]} == {"TextualBody"}
