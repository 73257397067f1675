"""Who is meant by a name, an office, an institution."""

from __future__ import annotations

import pytest

from checker.speakers import Bearing, load_register, same_name
from corpus.types import Document, PartialDate, Span, Turn, TurnKind


def document(
    publisher: str,
    *,
    date: str = "2016-06-01",
    speakers: tuple[str, ...] = (),
    turn: str = "",
    kind: TurnKind = "speech",
) -> tuple[Document, Turn]:
    only = Turn(0, turn, kind, Span(0, 4))
    return Document("d", publisher, "", "Text", (only,), date=PartialDate.parse(date), speakers=speakers), only


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vladimir Putin", "President of Russia Vladimir Putin"),
        ("Vladimir Putin", "В.Путин"),
        ("Putin", "Владимир Путин"),
        ("Sergey Lavrov", "SERGEI LAVROV"),
        ("Jay Carney", "MR. CARNEY"),
        ("Recep Tayyip Erdogan", "President of Turkey Recep Tayyip Erdogan (retranslated)"),
        ("George Bush", "George W. Bush"),
    ],
)
def test_these_can_be_one_person(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vladimir Putin", "Lyudmila Putina"),
        ("Anna Orlova", "Boris Orlov"),
        ("A. Petrov", "B. Petrov"),
        ("Question", "Vladimir Putin"),
    ],
)
def test_these_are_two(one: str, other: str) -> None:
    assert not same_name(one, other)


@pytest.mark.parametrize(
    ("claimed", "publisher", "date", "turn", "kind", "expected"),
    [
        ("Barack Obama", "White House, Office of the Press Secretary", "2012-05-01", "THE PRESIDENT", "speech", "same"),
        (
            "Donald Trump",
            "White House, Office of the Press Secretary",
            "2012-05-01",
            "THE PRESIDENT",
            "speech",
            "other",
        ),
        ("Vladimir Putin", "President of Russia (kremlin.ru)", "2016-06-01", "", "narration", "reported"),
        ("Dmitry Medvedev", "President of Russia (kremlin.ru)", "2010-06-01", "", "narration", "reported"),
        ("Vladimir Putin", "President of Russia (kremlin.ru)", "2010-06-01", "", "narration", "other"),
        ("the Kremlin", "President of Russia (kremlin.ru)", "2016-06-01", "", "narration", "same"),
        ("Moscow", "President of Russia (kremlin.ru)", "2016-06-01", "", "narration", "same"),
        ("Barack Obama", "President of Russia (kremlin.ru)", "2016-06-01", "", "narration", "other"),
        ("Vladimir Putin", "President of Russia (kremlin.ru)", "2016-06-01", "Question", "question", "other"),
    ],
)
def test_whose_words_a_turn_holds(
    claimed: str, publisher: str, date: str, turn: str, kind: TurnKind, expected: Bearing
) -> None:
    held, only = document(publisher, date=date, turn=turn, kind=kind)
    assert load_register().bearing(claimed, held, only) == expected


def test_narration_beside_turns_is_not_the_principal_s() -> None:
    turns = (Turn(0, "", "narration", Span(0, 4)), Turn(1, "Vladimir Putin", "speech", Span(6, 9)))
    held = Document("d", "President of Russia (kremlin.ru)", "", "Text\n\nYes", turns, date=PartialDate(2016))
    assert load_register().bearing("Vladimir Putin", held, turns[0]) == "other"


def test_a_speaker_of_the_page_owns_a_turn_without_label() -> None:
    held, only = document("Somebody", speakers=("Wang Yi",))
    assert load_register().bearing("Wang Yi", held, only) == "same"
