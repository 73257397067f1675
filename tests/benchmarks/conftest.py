"""Invented documents of states and people that do not exist."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.seeded.documents import Document, document_of
from benchmarks.seeded.sentences import Spot, spots_of

MakeDocument = Callable[..., Document]
MakeSpot = Callable[..., Spot]

PRESIDENT = [
    "The government of Velmoria will build 14 hospitals in the northern provinces before the end of 2031.",
    "We support the treaty that was signed in Orsk Bay, and we do not intend to leave it under any pretext.",
    "All of the ministers have seen the figures, which include a growth of 12 percent in the mining sector.",
    "Last year, we received a large number of letters from teachers and farmers in the valley of the Tarn.",
    "Our exports to Germany increased by 25 million dollars during the first quarter of the present year.",
    "I do not believe that the northern provinces will accept the conditions of the harbour company.",
    "If the harbour company leaves the northern provinces, our fishermen will lose the largest market of the coast.",
    "They say that the harbour company has paid the fishermen of the coast for their silence.",
    "The ferry line, which connects both islands with the mainland, is the pride of our engineers.",
    "Well, you know, the engineers have finished the second bridge three months ahead of the schedule.",
    "You helped me during the flood, and the people of the islands remember that winter very clearly.",
    "The parliament must approve the budget of the university because thousands of students depend on it.",
    "We have signed an agreement on fishing rights with the island republic of Sarn for 1,500 boats.",
    "The schools of the capital city received five new libraries from the foundation of Mrs Corvane.",
]
MINISTER = [
    "The minister's office has always answered the questions of the fishermen with patience and respect.",
    "Every village of the coast should receive clean water from the new station within the next two years.",
    "Our neighbours in Poland have promised to repair the railway bridge over the river in September 2030.",
    "The new station cost 40 million euros, and the citizens of the coast paid half of that amount.",
    "We can rely on the engineers of the station, and they will help us during the dry summer months.",
    "The storage lake above the village holds enough water for the orchards of the whole district.",
    "Many families returned to the district after the flood, and the schools opened their doors again.",
    "It is not true that the station was built without the consent of the district council.",
]
RUSSIAN = [
    "Мы построили четырнадцать новых школ в северных районах республики и должны открыть ещё 25 до конца года.",
    "Жители побережья всегда помогали соседям во время наводнений, и мы помним эту общую работу.",
    "Наша страна получила от Германии 300 миллионов рублей на строительство железной дороги через перевал.",
    "Если портовая компания уйдёт из северных районов, то рыбаки побережья потеряют крупнейший рынок страны.",
    "Я не считаю, что портовая компания честно платит рыбакам северного побережья за их тяжёлый труд.",
    "Экономика республики выросла на 12 процентов, и этот успешный год запомнится жителям столицы.",
]
TWICE = ["The mayor of the capital opened the long bridge over the river in the presence of many citizens."]


@pytest.fixture(scope="session")
def make_document() -> MakeDocument:
    def make(*turns: tuple[str, str], **other: Any) -> Document:
        record = {"id": "velmoria-1", "publisher": "Office of the President of Velmoria", "title": "Harbour speech",
                  "date": "2030-05-02", "language": "en", "kind": "transcript", "speakers": ["Ilse Corvane"],
                  "turns": [{"speaker": speaker, "text": text} for speaker, text in turns], **other}  # fmt: skip
        return document_of(record, "velmoria")

    return make


@pytest.fixture(scope="session")
def make_spot(make_document: MakeDocument) -> MakeSpot:
    """The first whole sentence of a statement by Ilse Corvane, or that at the given place."""

    def make(text: str, *, place: int = 0, **other: Any) -> Spot:
        return list(spots_of(make_document(("Ilse Corvane", text), **other)))[place]

    return make


@pytest.fixture(scope="session")
def corpus_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty-four invented documents in two languages, with reporters and a text without turns."""
    folder = tmp_path_factory.mktemp("corpus")
    records: list[dict[str, Any]] = []
    for number in range(12):
        president = PRESIDENT[number:] + PRESIDENT[:number]
        turns = [
            {"speaker": "President of Velmoria Ilse Corvane", "text": "Good morning to all of you."},
            {"speaker": "Ilse Corvane", "text": own(" ".join(president[:5]), number)},
            {
                "speaker": "Q",
                "text": own("Do you really think that the ferry line will ever be finished by anyone?", number),
            },
            {"speaker": "Tomas Belgrave", "text": own(" ".join(MINISTER[number % 4 :]), number)},
            {"speaker": "Ilse Corvane", "text": own(" ".join(president[5:]), number) + "\n\n" + TWICE[0]},
        ]
        records.append({"id": f"velmoria-{number}", "publisher": "Office of the President", "title": "Talk",
                        "date": f"2030-05-{number + 1:02d}", "language": "en", "kind": "transcript",
                        "speakers": ["Ilse Corvane"], "summary": "The President spoke.", "turns": turns})  # fmt: skip
        records.append({"id": f"sarn-ru-{number}", "publisher": "Канцелярия", "title": "Речь", "date": "2030",
                        "language": "ru", "kind": "speech", "speakers": ["Анна Белова"],
                        "text": own(" ".join(RUSSIAN), number)})  # fmt: skip
    path = folder / "invented.jsonl"
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return path


def own(text: str, number: int) -> str:
    """The text with places of its own for each document."""
    river = ["Tarn", "Orlo", "Vesk", "Mirr", "Quon", "Drau", "Penn", "Lusk", "Jarn", "Obra", "Zell", "Thun"][number]
    for old in ("valley", "coast", "station", "harbour", "bridge", "islands", "university", "schools", "fishing"):
        text = text.replace(f" {old} ", f" {old} of {river} " if old != "harbour" else f" {river} harbour ")
    for old in ("районов", "районах", "побережья", "столицы", "перевал"):
        text = text.replace(f"{old}", f"{old} {river}")
    return text
