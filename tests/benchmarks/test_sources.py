"""What is read from a corpus: stored text, voices, whole sentences, places."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.seeded.documents import read_documents
from benchmarks.seeded.occurrences import occurrences
from benchmarks.seeded.people import claimable, is_somebody_else
from benchmarks.seeded.sentences import split_sentences, spots_of
from benchmarks.seeded.wording import folded, segments


def test_the_stored_text_is_the_summary_and_the_turns(make_document) -> None:
    document = make_document(("Ilse Corvane", "One."), ("Q", "Two?"), summary="Lead.", text="Something else.")
    assert document.stored_text == "Lead.\n\nOne.\n\nTwo?"
    assert make_document(text="Only this.").stored_text == "Only this."


def test_plain_and_packed_files_and_lines_that_are_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = json.dumps({"id": "a", "text": "x"}) + "\nnonsense\n[1]\n"
    (tmp_path / "a.jsonl").write_text(lines, encoding="utf-8")
    with gzip.open(tmp_path / "a.jsonl.gz", "wt", encoding="utf-8") as packed:
        packed.write(lines)
    for name in ("a.jsonl", "a.jsonl.gz"):
        assert [document.id for document in read_documents(tmp_path / name)] == ["a"]
        assert "2 lines are no documents" in capsys.readouterr().err


@pytest.mark.parametrize(("record", "supports"), [({}, True), ({"kind": "excerpt"}, False), ({"tier": "secondary"}, False),
                                                  ({"translation": "unofficial"}, False),
                                                  ({"translated_machine_or_volunteer": True}, False)])  # fmt: skip
def test_excerpts_and_unofficial_translations_are_left_out(make_document, record, supports: bool) -> None:
    assert make_document(("Ilse Corvane", "One."), **record).supports_verified is supports


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Ilse Corvane", "Ilse Corvane"), ("MR. BELGRAVE", "Mr. Belgrave"), ("TOMAS BELGRAVE:", "Tomas Belgrave"),
        ("Mr. BELGRAVE", "Mr. Belgrave"), ("И.Корван", "И. Корван"), ("Q", None), ("Question", None), ("Вопрос", None),
        ("Реплика", None), ("SENIOR ADMINISTRATION OFFICIAL", None), ("THE PRESIDENT", None), ("KARL", None),
        ("President of Velmoria Vladimir Corvane", "Vladimir Corvane"), ("Head of the Harbour Board", None), ("", None),
        ("Ilse Corvane (retranslated)", "Ilse Corvane"),
    ],
)  # fmt: skip
def test_who_can_be_quoted(label: str, name: str | None) -> None:
    assert claimable(label) == name


def test_a_spelling_of_the_name_is_not_somebody_else() -> None:
    assert not is_somebody_else("Elsa Korvane", ["Ilse Corvane"])
    assert not is_somebody_else("Tomas Corvane", ["MR. CORVANE"])
    assert is_somebody_else("Tomas Belgrave", ["Ilse Dunmore"])


def test_sentences_end_where_it_is_certain() -> None:
    assert split_sentences("Mr. Belgrave came at 5 p.m. They left. См. стр. 5 и т.д. Потом он ушёл.") == [
        "Mr. Belgrave came at 5 p.m. They left.", "См. стр. 5 и т.д. Потом он ушёл.",
    ]  # fmt: skip


def test_only_whole_sentences_of_named_persons(make_document) -> None:
    good = "The fishermen of the northern harbour returned with empty boats yesterday."
    document = make_document(
        ("Q", "Why did the fishermen of the northern harbour return with empty boats?"),
        ("Ilse Corvane", f"{good} (Laughter.) “The boats of the fishermen were old, and the nets were torn.”"),
        ("", "The fishermen of the northern harbour left the room in deep silence."),
    )
    assert [(spot.text, spot.speaker) for spot in spots_of(document)] == [(good, "Ilse Corvane")]


def test_a_text_with_labels_of_its_own_is_left_alone(make_document) -> None:
    good = "The fishermen of the northern harbour returned with empty boats yesterday."
    assert list(spots_of(make_document(text=good)))
    assert not list(spots_of(make_document(text=f"QUESTION: Why?\n\n{good}")))


def test_words_are_found_wherever_they_stand(make_document) -> None:
    one = make_document(("Ilse Corvane", "The boats — all of them — came back. The boats all of them came back!"))
    other = make_document(("Q", "Have the boats come back?"), id="velmoria-2")
    found = occurrences([one, other], ["the boats, all of them, came back", "the boats went away again"])
    [place] = found[folded("the boats all of them came back")]
    assert (place.document, place.times, place.labels) == ("velmoria-1", 2, ("Ilse Corvane",))
    assert list(found) == [folded("the boats all of them came back")]


def test_signs_of_value_are_words() -> None:
    assert folded("“It cost $5, or 5%”—they said.") == "it cost $ 5 or 5 % they said"
    assert folded("10²") != folded("102")
    assert segments("One part … two parts [...] three (…) four") == ["One part", "two parts", "three", "four"]
