"""A corpus and its private collections read as one: what is found, where it lies, and that nothing is taken for another's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from checker.pipeline import check_quote
from checker.types import Claim, Finding
from corpus.collections import collections, make_collection, open_searchable, set_terms
from corpus.collections.together import Together
from corpus.database import place_at
from corpus.embed import Encoders
from corpus.encode import encode
from corpus.errors import CollectionNotFound, CorpusUnavailable
from corpus.store import Corpus
from corpus.terms import Terms
from corpus.types import Candidate, Document, Query, Span

MakeDocument = Callable[..., Document]
Fill = Callable[[str, list[Document]], None]

SECRET = "The ferries to Ostrava Bay will be sold to the harbour company before the first frost."


def check(location: str, quote: str, *names: str, **claimed: str) -> Finding:
    with open_searchable(location, names) as held:
        return check_quote(Claim(quote, **claimed), held)  # type: ignore[arg-type]


def test_words_of_a_collection_are_found_where_it_is_named_and_nowhere_else(
    location: str, secret: Document, make_document: MakeDocument, fill: Fill
) -> None:
    fill(location, [make_document()])
    fill(make_collection(location, "summit"), [secret])
    fill(make_collection(location, "other"), [make_document("other-1", "The bridge is closed on Sundays.")])
    assert check(location, SECRET).verdict.reason == "absent"
    assert check(location, SECRET, "other").verdict.reason == "absent"
    found = check(location, SECRET, "other", "summit")
    assert found.verdict.reason == "exact"
    assert [place.collection for place in found.evidence] == ["summit"]
    assert found.provenance.collections == ("other", "summit")
    assert found.searched.coverage.documents == 3
    assert found.evidence[0].link == "", "a collection has no pages"
    assert "private collection “summit”" in str(found.verdict.summary)


def test_findings_are_those_of_one_corpus_that_holds_everything(
    tmp_path: Path, speeches: tuple[Document, ...], encoders: Encoders, fill: Fill
) -> None:
    whole, parts = str(tmp_path / "whole"), str(tmp_path / "parts")
    fill(whole, list(speeches[:24]))
    fill(parts, list(speeches[:16]))
    fill(make_collection(parts, "rest"), list(speeches[16:24]))
    for place in (whole, parts, make_collection(parts, "rest")):
        with Corpus.open(place) as corpus:
            encode(corpus, encoders)
    with Corpus.open(whole) as one, open_searchable(parts, ["rest"]) as several:
        assert one.coverage() == several.coverage()
        assert sorted(one.speaker_labels(), key=str) == sorted(several.speaker_labels(), key=str)
        for speech in speeches[:24:6]:
            words = speech.text.split()
            changed = " ".join([*words[3:9], "otherwise", *words[10:16]])
            ours, theirs = (each.retrieve(Query((changed,), loose=True), limit=1_000) for each in (one, several))
            assert scored(ours) == scored(theirs)
            query = Query((changed,), loose=True, meaning=True)
            ours, theirs = (each.retrieve(query, limit=1_000, encoders=encoders) for each in (one, several))
            assert by_meaning(ours) == by_meaning(theirs)
            assert ours[0].passage.span == theirs[0].passage.span
            findings = [check_quote(Claim(changed, speaker="Ada Lorne"), each) for each in (one, several)]
            assert findings[0].verdict == replace(findings[1].verdict, summary=findings[0].verdict.summary)


def scored(found: Sequence[Candidate]) -> dict[tuple[str, Span], float]:
    """How good each candidate is; which of equals comes first is decided by their numbers."""
    return {(each.passage.document_id, each.passage.span): round(each.score, 6) for each in found}


def by_meaning(found: Sequence[Candidate]) -> dict[tuple[str, Span], float | None]:
    """How near each candidate is."""
    return {(each.passage.document_id, each.passage.span): each.cosine and round(each.cosine, 5) for each in found}


def test_two_documents_of_one_id_are_two_and_either_is_the_one_named(
    location: str, secret: Document, make_document: MakeDocument, fill: Fill
) -> None:
    fill(location, [make_document("briefing-1", "The harbour of Marlo is open to all ships from today on.")])
    fill(make_collection(location, "summit"), [secret])
    public = check(location, "The harbour of Marlo is open to all ships", "summit", document_id="briefing-1")
    private = check(location, SECRET, "summit", document_id="briefing-1")
    assert (public.verdict.status, public.evidence[0].collection) == ("verified", None)
    assert (private.verdict.status, private.evidence[0].collection) == ("verified", "summit")
    assert private.evidence[0].quote.exact in secret.text


def test_a_text_that_is_published_too_is_one_statement_and_the_public_place_comes_first(
    location: str, secret: Document, fill: Fill
) -> None:
    fill(location, [secret])
    fill(make_collection(location, "summit"), [secret])
    found = check(location, SECRET, "summit")
    assert [place.collection for place in found.evidence] == [None, "summit"]
    assert not found.ambiguous


def test_earlier_versions_of_a_collection_are_told_as_such(
    location: str, secret: Document, make_document: MakeDocument, fill: Fill
) -> None:
    fill(location, [make_document("briefing-1")])
    summit = make_collection(location, "summit")
    fill(summit, [secret])
    fill(summit, [make_document("briefing-1", "The ferries to Ostrava Bay will be kept, whatever it costs.")])
    found = check(location, SECRET, "summit")
    assert found.verdict.status == "unsourced"
    assert (found.nearest[0].collection, found.nearest[0].version.number) == ("summit", 1)
    assert found.warnings[0].code == "source-changed"


def test_an_embargo_is_a_warning_of_each_place_under_it(location: str, secret: Document, fill: Fill) -> None:
    Corpus.open(location, create=True).close()
    fill(make_collection(location, "summit"), [secret])
    assert not check(location, SECRET, "summit").warnings
    set_terms(location, "summit", Terms(date(2031, 6, 1), 30))
    (warning,) = check(location, SECRET, "summit").warnings
    assert warning.code == "embargo"
    assert "“summit”, under embargo until 2031-06-01" in str(warning.says)
    (listed,) = collections(location)
    assert (listed.name, listed.held.documents, listed.held.first) == ("summit", 1, "2031-05-04")
    assert listed.terms == Terms(date(2031, 6, 1), 30)
    set_terms(location, "summit", Terms())
    assert collections(location)[0].terms == Terms()


def test_a_collection_that_is_not_there_is_an_error_that_names_those_that_are(location: str) -> None:
    make_collection(location, "summit")
    with pytest.raises(CollectionNotFound, match=r"no private collection “sumit”; there are: summit"):
        open_searchable(location, ["sumit"])
    with pytest.raises(ValueError, match="is no name for a collection"):
        make_collection(location, "../summit")


def test_a_collection_in_a_folder_is_its_owner_s_alone(tmp_path: Path) -> None:
    folder = Path(make_collection(str(tmp_path / "corpus"), "summit"))
    assert folder.stat().st_mode & 0o077 == 0


def test_on_a_server_a_name_that_would_be_cut_short_is_refused(cluster: object) -> None:
    location = cluster.location("s" * 50)  # type: ignore[attr-defined]
    with pytest.raises(CorpusUnavailable, match="too long for the name of a schema"):
        place_at(location).collection("a-rather-long-name")


def test_an_open_face_closes_what_it_opened_when_one_of_them_is_missing(location: str) -> None:
    make_collection(location, "summit")
    with pytest.raises(CollectionNotFound):
        open_searchable(location, ["summit", "zeta"])
    with open_searchable(location, ["summit"]) as held:
        assert isinstance(held, Together)
