"""Invented words in three languages: people and places of Marlo, and sentences that nobody said."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a language: places, and people as they are labelled and introduced."""

    places: tuple[str, ...]
    head: str
    heads_office: str
    guests: tuple[tuple[str, str], ...]
    question: str


NAMES = {
    "en": Names(
        ("Tarn", "Ovil", "Kesta", "Bramholt", "Sarrow", "Lindmoor"), "Ada Lorne", "President of Marlo",
        (
            ("Bram Ostrey", "Harbour Minister"), ("Ilva Senn", "Head of Kesta Region"), ("Wil Dorn", "Captain of the Port"),
            ("Nora Veil", "Director of Fisheries"),
        ), "Question",
    ),
    "ru": Names(
        ("Тарн", "Овиль", "Кеста", "Брамхольт", "Сарроу", "Линдмур"), "А.Лорн", "",
        (("Б.Острей", ""), ("И.Сенн", ""), ("В.Дорн", ""), ("Н.Вейль", "")), "Вопрос",
    ),
    "uk": Names(
        ("Тарн", "Овіль", "Кеста", "Брамхольт", "Сарроу", "Ліндмур"), "А.Лорн", "",
        (("Б.Острей", ""), ("І.Сенн", ""), ("В.Дорн", ""), ("Н.Вейль", "")), "Запитання",
    ),
}  # fmt: skip

_SENTENCES = {
    "en": (
        "We will open {n} berths in {place} before the ice comes.",
        "Nobody in {place} believed it when we promised {n} new boats.",
        "The sailors of {place} asked for {n} lamps, and they got them.",
        "I am grateful to the people of {place}, who built {n} houses in one summer.",
        "There is much left to do, and {n} crews are at work in {place} today.",
        "It was said that {place} could not feed {n} families; that was wrong.",
    ),
    "ru": (
        "Мы откроем {n} причалов в городе {place} до первого льда.",
        "Никто в городе {place} не верил, когда мы обещали {n} новых лодок.",
        "Моряки города {place} просили {n} фонарей и получили их.",
        "Я благодарна жителям города {place}, которые построили {n} домов за одно лето.",
        "Сделать предстоит многое, и сегодня в городе {place} работают {n} бригад.",
        "Говорили, что {place} не прокормит {n} семей, и это было неправдой.",
    ),
    "uk": (
        "Ми відкриємо {n} причалів у місті {place} до першої криги.",
        "Ніхто у місті {place} не вірив, коли ми обіцяли {n} нових човнів.",
        "Моряки міста {place} просили {n} ліхтарів і отримали їх.",
        "Я вдячна мешканцям міста {place}, які збудували {n} будинків за одне літо.",
        "Зробити треба ще багато, і сьогодні у місті {place} працюють {n} бригад.",
        "Казали, що {place} не прогодує {n} родин, і це була неправда.",
    ),
}
_ASKED = {
    "en": "What will happen to the {n} boats that were left in {place}?",
    "ru": "Что будет с {n} лодками, которые остались в городе {place}?",
    "uk": "Що буде з {n} човнами, які залишилися у місті {place}?",
}


def paragraph(rng: random.Random, language: str) -> str:
    """One to three sentences."""
    return " ".join(_filled(rng, rng.choice(_SENTENCES[language]), language) for _ in range(rng.randint(1, 3)))


def paragraphs(rng: random.Random, language: str, *, most: int = 3) -> tuple[str, ...]:
    """A few paragraphs."""
    return tuple(paragraph(rng, language) for _ in range(rng.randint(1, most)))


def question(rng: random.Random, language: str) -> str:
    """What a reporter asks."""
    return _filled(rng, _ASKED[language], language)


def _filled(rng: random.Random, sentence: str, language: str) -> str:
    return sentence.format(n=rng.randint(12, 9_870), place=rng.choice(NAMES[language].places))
