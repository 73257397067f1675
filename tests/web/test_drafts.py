"""Statements keep their names, corrections stay with their words, and what is kept can be changed, undone and forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import update

from checker.extract import extract_attributions
from checker.settings import DEFAULTS
from checker.types import Claim
from corpus.types import PartialDate
from web.drafts import Case, Draft, Drafts, Mark, Statement, UnderReview, UnknownDraft, statements
from web.store import Store, store_of
from web.store.clock import before_now
from web.store.schema import review, revision

TEXT = (
    "“The lighthouse was lit again on Sunday,” Edda Marlow told the council.\n\n"
    "“We repaired 40 windows before the storm,” Marlow said.\n\n"
    "The keeper will move back in November, everybody hopes.\n\n"
    "“We repaired 40 windows before the storm,” Joost Hallam said as well."
)
DRAFT = Draft("", "article", TEXT, "Light returns", date=PartialDate(2032, 10, 4), link="https://bay.example/1")


def read(draft: Draft) -> tuple[Statement, ...]:
    return statements(draft, extract_attributions(draft.article))


def names(draft: Draft) -> list[tuple[str, str]]:
    return [(each.anchor, each.attribution.speaker.name if each.attribution.speaker else "") for each in read(draft)]


def test_statements_are_named_by_their_words_and_by_how_often_they_came() -> None:
    first, second, third = names(DRAFT)
    assert len(first[0]) == 8 and third[0] == f"{second[0]}-2"
    assert [each[1] for each in (first, second, third)] == ["Edda Marlow", "Edda Marlow", "Joost Hallam"]


@given(before=some.sampled_from(["It rained.\n\n", "“Cats may stay,” Ada Lorne said.\n\n"]), times=some.integers(0, 4))
def test_a_name_stays_when_the_text_around_it_changes(before: str, times: int) -> None:
    changed = replace(DRAFT, text=before * times + TEXT + "\n\nIt rained again.")
    assert [anchor for anchor, _ in names(DRAFT)] == [each.anchor for each in read(changed)][-3:]


def test_another_speaker_is_named_without_changing_the_statement_s_own_name() -> None:
    anchor = names(DRAFT)[1][0]
    corrected = replace(DRAFT, marks=(Mark("speaker", anchor, speaker="Joost Hallam"),))
    assert names(corrected)[1] == (anchor, "Joost Hallam") and read(corrected)[1].corrected
    assert not read(corrected)[0].corrected
    nobody = replace(DRAFT, marks=(Mark("speaker", anchor),))
    assert names(nobody)[1] == (anchor, "")


def test_what_is_no_statement_goes_and_the_others_keep_their_names() -> None:
    first, second, third = names(DRAFT)
    assert names(replace(DRAFT, marks=(Mark("removed", second[0]),))) == [first, third]


def test_words_that_are_added_become_a_statement_where_they_stand() -> None:
    words = "The keeper will move back in November"
    added = replace(DRAFT, marks=(Mark("added", words=words, speaker="Ada Lorne", direct=False),))
    found = read(added)[2].attribution
    assert found.content[0].of(TEXT) == words and found.type == "indirect" and found.quote == words
    assert read(replace(added, text="Nothing of it.")) == ()


def test_an_added_statement_replaces_those_that_it_overlaps() -> None:
    longer = "“We repaired 40 windows before the storm,” Joost Hallam said as well"
    added = replace(DRAFT, marks=(Mark("added", words=longer),))
    assert [each.attribution.quote for each in read(added)][-1] == longer and len(read(added)) == 3
    second = replace(DRAFT, marks=(Mark("added", words="We repaired 40", occurrence=2),))
    assert [each.attribution.content[0].start for each in read(second)][-1] == TEXT.rindex("We repaired 40")


def test_that_the_press_office_was_asked_stands_at_the_statement() -> None:
    anchor = names(DRAFT)[0][0]
    asked = replace(DRAFT, marks=(Mark("asked", anchor, at="2032-10-05T09:00:00.000000Z"),))
    assert [each.asked_at[:10] for each in read(asked)] == ["2032-10-05", "", ""]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = store_of(replace(DEFAULTS, desk=str(tmp_path / "desk.sqlite3")))
    yield opened
    opened.close()


@pytest.fixture
def drafts(store: Store) -> Drafts:
    return Drafts(store)


def test_what_is_kept_is_read_as_it_was(drafts: Drafts) -> None:
    kept = drafts.keep(DRAFT, days=30)
    assert len(kept.id) >= 12 and drafts.read(kept.id) == kept == replace(DRAFT, id=kept.id)
    with pytest.raises(UnknownDraft):
        drafts.read("nothing")


def test_a_new_text_keeps_address_and_corrections(drafts: Drafts) -> None:
    kept = drafts.keep(DRAFT, days=30)
    drafts.mark(kept.id, Mark("speaker", "abc", speaker="Ada Lorne"))
    drafts.change(replace(drafts.read(kept.id), text="Another text."))
    changed = drafts.read(kept.id)
    assert (changed.text, changed.revision) == ("Another text.", 2)
    assert [mark.speaker for mark in changed.marks] == ["Ada Lorne"]


def test_corrections_are_taken_back_one_by_one(drafts: Drafts) -> None:
    kept = drafts.keep(DRAFT, days=30)
    for name in ("One", "Two"):
        drafts.mark(kept.id, Mark("speaker", "abc", speaker=name))
    drafts.undo(kept.id)
    assert [mark.speaker for mark in drafts.read(kept.id).marks] == ["One"]
    drafts.undo(kept.id)
    drafts.undo(kept.id)
    assert drafts.read(kept.id).marks == ()
    with pytest.raises(UnknownDraft):
        drafts.mark("nothing", Mark("removed", "abc"))


def test_a_reported_verdict_stays_when_its_draft_is_forgotten(drafts: Drafts) -> None:
    kept = drafts.keep(DRAFT, days=30)
    claim = Claim("It rained", "Ada Lorne", PartialDate(2032), direct=False, context="So it rained.")
    for note in ("first", "second"):
        drafts.report(Case(kept.id, "abc", claim, {"status": "unsourced"}, "verified", note, "f"))
    (case,) = drafts.cases(kept.id)
    assert case.note == "second" and case.claim == claim and case.expected == "verified"
    drafts.forget(kept.id)
    assert [each.note for each in drafts.cases()] == ["second"]
    with pytest.raises(UnknownDraft):
        drafts.read(kept.id)


def test_what_is_old_goes_unless_a_review_rests_on_it(drafts: Drafts, store: Store) -> None:
    old, reviewed = drafts.keep(DRAFT, days=30), drafts.keep(DRAFT, days=30)
    row = {"article_id": reviewed.id, "state": "open", "version": 1, "author": "a", "created_at": "", "changed_at": ""}
    with store.writing() as connection:
        connection.execute(review.insert().values(row))
        connection.execute(update(revision).values(created_at=before_now(31 * 86_400)))
    drafts.keep(DRAFT, days=30)
    assert drafts.read(reviewed.id).text == TEXT
    with pytest.raises(UnknownDraft):
        drafts.read(old.id)
    with pytest.raises(UnderReview):
        drafts.forget(reviewed.id)
