"""Whose words they are, where a page reports several people or runs their turns together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.evidence import bearing_of
from checker.features.labels import inner_label
from checker.features.readout import reported_speaker, titled_speaker
from checker.speakers import load_register
from checker.types import Statement
from corpus.read.records import document_of
from corpus.types import Span, Turn, Version


def turn_of(text: str, kind: str = "speech") -> Turn:
    return Turn(0, "", kind, Span(0, len(text)))  # type: ignore[arg-type]  # kinds are given as plain words here


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Welcome. President of Velmora Ilse Corvane (retranslated): I am glad to be here.", "President of Velmora Ilse Corvane"),
        ("We talked.\n\nQ: Are you glad to be here?", "Q"),
        ("We have three aims: peace. MR. ORLEC: No. MS. TARN: I am glad to be here.", "MS. TARN"),
        ("I will say this: I am glad to be here.", ""),
        ("MR. PRESIDENT AND FELLOW CITIZENS OF KELSO: I am glad to be here.", ""),
        ("Agriculture: I am glad to be here.", ""),
        ("Dear President Ilse Corvane: I am glad to be here.", ""),
    ],
)  # fmt: skip
def test_a_label_inside_a_turn_is_found(text: str, label: str) -> None:
    at = text.index("glad")
    assert inner_label(text, Span(at, at + 4), turn=turn_of(text)) == label


def test_a_line_that_names_who_speaks_is_a_label_also_in_what_a_publisher_tells() -> None:
    text = "They met.\n\nPresident of Kareth Bashar al-Orlec (retranslated):\n\nI am glad to be here. Mr Oln said this: no."
    at = text.index("glad")
    assert inner_label(text, Span(at, at + 4), turn=turn_of(text, "narration")) == "President of Kareth Bashar al-Orlec"
    one = Turn(3, "", "narration", Span(text.index("I am"), text.index(" Mr Oln")))
    assert inner_label(text, Span(at, at + 4), turn=one).endswith("al-Orlec")
    told = text.replace("\n\nI am", " I am")
    assert inner_label(told, Span(at - 2, at), turn=turn_of(told, "narration")) == ""


def test_an_office_of_many_words_does_not_hide_who_is_quoted() -> None:
    text = "“We will follow each plane. They will pay for it,” Secretary of the Council of Quays and Tides Dorte Aune said."
    at = text.index("We will")
    found = reported_speaker(text, Span(at, at + 24), turn=turn_of(text, "narration"), language="en")
    assert found.office.endswith("Dorte Aune")


DOTTED = """The mayor met the press.

Mr. Oln. You will not give us a list of quays.

The President. I will not.

Q. And the barges of Kelso?

The President. They will sail."""


@pytest.mark.parametrize(
    ("words", "label"),
    [("You will not give", "Mr. Oln"), ("I will not", ""), ("And the barges", "Q"), ("They will sail", "")],
)
def test_a_label_that_ends_in_a_full_stop_is_one_where_the_principal_has_it_too(words: str, label: str) -> None:
    turn = Turn(0, "Ilse Corvane", "speech", Span(0, len(DOTTED)))
    at = DOTTED.index(words)
    assert inner_label(DOTTED, Span(at, at + len(words)), turn=turn) == label


def test_a_line_that_begins_with_a_name_is_no_label_by_itself() -> None:
    text = "We met.\n\nMr. Oln. That is the name of the ferry. The President. Of the guild."
    turn = Turn(0, "Ilse Corvane", "speech", Span(0, len(text)))
    assert inner_label(text, Span(text.index("That is"), len(text)), turn=turn) == ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("This was announced by Deputy Prime Minister Dorte Aune. “The quay is closed, and the ferry too,” she said.", "aune"),
        ("Mr Oln noted that the quay is closed.", "oln"),
        ("“The quay is closed,” Dorte Aune said.", "aune"),
        ("The President spoke. She said that the quay is closed.", ""),
        ("Having noted the storm, Dorte Aune said that the quay is closed.", "aune"),
        ("Dorte Aune praised the crews because the quay is closed.", "aune"),
        ("Both mayors noted that the quay is closed.", ""),
        ("Dorte Aune came to Tavin. According to her, the quay is closed.", "aune"),
        ("According to Dorte Aune, the quay is closed.", "aune"),
        ("President Dorte Aune called President of Kelso Bo Oln. The President said so. She also said that the quay is closed.", "aune"),
        ("Deputy Mayor for Roads and Quays Dorte Aune came. “The quay is closed,” said the Deputy Mayor.", "aune"),
        ("Dorte Aune, Deputy Mayor, came. “In Tavin the quay is closed,” the Deputy Mayor said.", "aune"),
        ("“In Tavin the quay is closed,” said the Deputy Mayor.", ""),
        ("Mr Oln dwelled on the storm in Kelso, saying that the quay is closed.", "oln"),
        ("On 14 April, the United States found that the quay is closed.", ""),
    ],
)  # fmt: skip
def test_who_is_reported_is_found(text: str, name: str) -> None:
    at = text.index("quay is closed")
    found = reported_speaker(text, Span(at, at + 14), turn=turn_of(text, "narration"), language="en")
    told = found.name or found.holder
    assert (told[-1] if told else "") == name


def test_an_office_without_a_name_is_told() -> None:
    text = "“In Tavin the quay is closed,” said the Deputy Mayor."
    found = reported_speaker(text, Span(10, 20), turn=turn_of(text, "narration"), language="en")
    assert (found.name, found.office) == ((), "Deputy Mayor")


@pytest.mark.parametrize(
    ("title", "surname"),
    [
        ("The quay must open - Dorte Aune", "aune"),
        ("Dorte Aune thanked the crews", "aune"),
        ("Meeting with Mayor Dorte Aune", ""),
        ("The quay: plans for Tavin", ""),
    ],
)
def test_a_title_says_who_speaks(title: str, surname: str) -> None:
    found = titled_speaker(title)
    assert (found[-1] if found else "") == surname


def test_who_is_quoted_without_a_name_is_not_the_principal() -> None:
    text = 'The mayor spoke of prices. "We back the cap. Most oil is carried in old ships. They are leaking," the authors note. According to them, it is cheap.'
    at = text.index("Most oil")
    found = reported_speaker(text, Span(at, at + 30), turn=turn_of(text, "narration"), language="en")
    assert found.name == ("authors",)


@pytest.mark.parametrize(
    ("title", "told", "speaker", "bearing"),
    [
        ("Meeting with Kelso Region Governor Dorte Aune", "The Governor said that the quay is closed.", "Dorte Aune", "reported"),
        ("Meeting with Kelso Region Governor Dorte Aune", "The Governor said that the quay is closed.", "Bo Oln", "other"),
        ("Meeting of the council", "Minister of Health Dorte Aune said that the quay is closed.", "Dorte Aune", "reported"),
        ("Meeting of the council", "Minister of Health Dorte Aune said that the quay is closed.", "Bo Oln", "other"),
    ],
)  # fmt: skip
def test_an_office_stands_for_whom_it_is_named_with(title: str, told: str, speaker: str, bearing: str) -> None:
    record = {"id": "quay", "publisher": "President of Ostrava", "title": title, "date": "2025-06-10", "text": told}
    document = document_of(record)
    (turn,) = document.turns
    whole = Statement(document, Version(1, "", ""), replace(turn, kind="narration"), turn.span, 1.0)
    assert bearing_of(speaker, whole, (), load_register("")) == bearing


def test_a_straight_mark_opens_by_where_it_stands_and_not_by_number() -> None:
    text = 'He has 12" pipes. There are also volunteers. "This is a force that holds the quay. It is dear," Dorte Aune stressed.'
    at = text.index("This is")
    end = text.index(" It is dear")
    found = reported_speaker(text, Span(at, end), turn=turn_of(text, "narration"), language="en")
    assert found.name == ("dorte", "aune")


def test_whose_turn_it_is_has_the_word_again_behind_a_question_in_it() -> None:
    text = "We met.\n\nВопрос: Вы рады?\n\nИ.Корван: I am glad to be here."
    at = text.index("glad")
    turn = Turn(0, "Илсе Корван", "speech", Span(0, len(text)))
    assert inner_label(text, Span(at, at + 4), turn=turn) == ""
    assert inner_label(text, Span(text.index("Вы"), text.index("Вы") + 2), turn=turn) == "Вопрос"


def test_a_patriarch_has_one_name() -> None:
    text = "We met. Патриарх Корван: I am glad to be here."
    at = text.index("glad")
    assert inner_label(text, Span(at, at + 4), turn=turn_of(text)) == "Патриарх Корван"


def test_names_in_capitals_that_come_again_are_labels() -> None:
    text = "BASH: Welcome. ORLEC: I am here. BASH: Are you sure -- ORLEC: I am glad. THE END: nothing. So it goes."
    turn = Turn(0, "Simo Orlec", "speech", Span(0, len(text)))
    assert inner_label(text, Span(text.index("Are you"), text.index("sure")), turn=turn) == "BASH"
    assert inner_label(text, Span(text.index("I am glad"), text.index(" THE")), turn=turn) == ""
    assert inner_label(text, Span(text.index("So it"), len(text)), turn=turn) == ""
