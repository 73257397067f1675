"""ClaimReviews as schema.org's published vocabulary has them, which comes with a package that is installed for the tests."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import schema_org

from checker.export.claimreview import claim_reviews, quote_reviews
from checker.export.contract import json_document
from checker.types import Report

QUOTE = "The tunnel will open before the autumn."
TEXT = f"Brim: “{QUOTE}” Then she left."


def graph_of(*reports: Report) -> list[Any]:
    value = json.loads(json_document(claim_reviews(reports)))
    assert value["@context"] == "https://schema.org"
    found = value["@graph"]
    assert isinstance(found, list)
    return found


def built(value: Any) -> Any:
    """The same as objects of the vocabulary's types, which refuse properties and values that it does not know."""
    if isinstance(value, list):
        return [built(each) for each in value]
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return date.fromisoformat(value)
    if not isinstance(value, dict):
        return value
    kind = getattr(schema_org, value["@type"])
    properties = {name: built(each) for name, each in value.items() if name != "@type"}
    return kind(**{name: each for name, each in properties.items() if each != []})


def objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(each)


def test_every_reason_fits_the_vocabulary(every_reason: Report) -> None:
    for review in graph_of(every_reason):
        made = built(review).to_jsonld()
        assert made.pop("@context") == "https://schema.org"
        assert made == {name: value for name, value in review.items() if value != []}


def test_the_vocabulary_would_refuse_what_it_does_not_know(every_reason: Report) -> None:
    review = graph_of(every_reason)[0]
    for wrong in ({"claimant": "x"}, {"reviewRating": "True"}, {"itemReviewed": 3}):
        with pytest.raises(ValueError, match="validation error"):
            built(review | wrong)


def test_a_review_says_who_is_said_to_have_said_what_and_where(report_of: Callable[..., Report]) -> None:
    (review,) = graph_of(report_of(TEXT, (QUOTE, "negation"), url="https://paper.example/a"))
    assert review["claimReviewed"] == f"Oda Brim said: “{QUOTE}”"
    assert review["itemReviewed"]["about"]["name"] == "Oda Brim"
    assert review["itemReviewed"]["appearance"]["url"] == "https://paper.example/a"
    assert review["reviewRating"]["alternateName"] == "Unsourced: a “not” differs"
    assert review["citation"][0]["url"] == "https://roads.example/1"
    assert review["citation"][0]["datePublished"] == "2030-09-02"


def test_no_figure_calls_anything_false_and_nobody_signs_a_machine_s_draft(every_reason: Report) -> None:
    for review in graph_of(every_reason):
        assert review["creativeWorkStatus"] == "Draft"
        assert not {"author", "url", "datePublished"} & set(review)
        assert set(review["reviewRating"]) == {"@type", "alternateName", "ratingExplanation"}


def test_a_private_collection_is_not_published(report_of: Callable[..., Report]) -> None:
    (review,) = graph_of(report_of(TEXT, (QUOTE, "negation"), collection="embargoed"))
    text = json.dumps(review)
    assert review["citation"] == []
    assert "Evening address" not in text and "will not open" not in text and "A summary" not in text


def test_only_addresses_that_a_browser_may_follow_are_given(report_of: Callable[..., Report]) -> None:
    report = report_of(TEXT, (QUOTE, "negation"), url="javascript:alert(1)")
    assert "javascript" not in json.dumps(graph_of(report))


def test_a_quotation_alone_appears_nowhere(report_of: Callable[..., Report]) -> None:
    report = report_of(TEXT, (QUOTE, "absent"))
    (review,) = quote_reviews(report.findings)["@graph"]  # type: ignore[misc]
    assert "appearance" not in review["itemReviewed"]
    built(review)
