"""Articles keep their address, their texts and what was found in them; the documents' texts stay in the corpus."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from checker.types import Finding
from corpus.types import Document, PartialDate
from web.store import Store, articles
from web.store.articles import Text
from web.store.errors import NotHere, Overtaken
from web.store.findings import basis_of, dump_finding, load_finding, words_of

TEXT = Text("“We opened the ferry,” said Tosk.", "The ferry", date=PartialDate(2031, 5))


def test_an_article_keeps_all_its_texts(store: Store) -> None:
    with store.writing() as connection:
        id = articles.create(connection, TEXT, by="Ada")
        number = articles.revise(connection, id, replace(TEXT, text="Another."), seen=1, by="Bea")
    with store.reading() as connection:
        newest, first = articles.stored(connection, id), articles.stored(connection, id, number=1)
    assert (number, newest.revision, newest.text.text) == (2, 2, "Another.")
    assert first.text == TEXT and first.newest == 2 and first.created_by == "Ada"
    assert first.sha256 != newest.sha256


def test_the_same_text_again_is_no_revision(store: Store) -> None:
    with store.writing() as connection:
        id = articles.create(connection, TEXT)
        assert articles.revise(connection, id, TEXT, seen=1) == 1


def test_two_who_change_a_text_at_once_lose_nothing(store: Store) -> None:
    with store.writing() as connection:
        id = articles.create(connection, TEXT)
        articles.revise(connection, id, replace(TEXT, text="Ada's."), seen=1, by="Ada")
        with pytest.raises(Overtaken, match="revision 2"):
            articles.revise(connection, id, replace(TEXT, text="Bea's."), seen=1, by="Bea")
        assert articles.stored(connection, id).text.text == "Ada's."


@pytest.mark.parametrize(("id", "number"), [("none", None), ("", None), (None, 7)])
def test_what_is_not_there_is_said(store: Store, id: str | None, number: int | None) -> None:
    with store.writing() as connection, pytest.raises(NotHere):
        articles.stored(connection, articles.create(connection, TEXT) if id is None else id, number=number)


def test_findings_that_were_kept_as_english_text_come_back_too(findings: list[Finding], document: Document) -> None:
    kept = json.loads(dump_finding(findings[0]))
    kept["verdict"]["summary"] = "Kept long ago."
    for each in kept["evidence"][0]["features"]:
        each["says"] = "So it was."
    found = load_finding(json.dumps(kept), lambda id, version: document)
    assert str(found.verdict.summary) == "Kept long ago." and str(found.evidence[0].features[0].says) == "So it was."
    assert found.evidence[0].document == document and basis_of(found) == basis_of(findings[0])


def test_findings_come_back_as_they_were(store: Store, findings: list[Finding], document: Document) -> None:
    asked: list[tuple[str, int]] = []

    def find(id: str, version: int) -> Document:
        asked.append((id, version))
        return document

    with store.writing() as connection:
        id = articles.create(connection, TEXT)
        named = [(f"{number:08x}", each) for number, each in enumerate(findings)]
        articles.record(connection, id, 1, named)
        articles.record(connection, id, 1, named)  # a second check replaces the first
        kept = articles.findings(connection, id, 1, find)
    assert [each.finding for each in kept] == findings
    assert [each.number for each in kept] == list(range(1, len(findings) + 1))
    assert set(asked) == {(document.id, 2)}


def test_the_texts_of_documents_are_not_kept_twice(findings: list[Finding], document: Document) -> None:
    assert all(document.text[-40:] not in dump_finding(each) for each in findings)


def test_a_finding_whose_document_is_gone_still_shows_its_words(
    make_finding: Callable[..., Finding], make_evidence: Callable[..., object]
) -> None:
    quote = "We will not raise the toll"
    finding = make_finding("verified", "exact", quote, make_evidence(quote, quote=quote))
    (place,) = load_finding(dump_finding(finding), lambda id, version: None).evidence
    assert place.span.of(place.document.text) == quote
    assert place.document.text[: place.span.start].endswith(place.quote.prefix)


def test_typography_does_not_change_which_words_they_are() -> None:
    assert words_of("We “opened” it") == words_of('we "opened"  it') != words_of("We did not open it")


def test_what_a_decision_is_about_changes_with_claim_verdict_and_evidence(
    make_finding: Callable[..., Finding], make_evidence: Callable[..., object]
) -> None:
    quote = "We opened the northern ferry in May."
    finding = make_finding("verified", "exact", quote, make_evidence(quote))
    others = [
        replace(finding, claim=replace(finding.claim, speaker="Somebody else")),
        replace(finding, verdict=replace(finding.verdict, reason="typographic")),
        replace(finding, evidence=()),
    ]
    assert len({basis_of(each) for each in [finding, *others]}) == 4
    assert basis_of(replace(finding, verdict=replace(finding.verdict, confidence=0.5))) == basis_of(finding)
