"""Changes of Russian sentences, only where every ending stays right."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from benchmarks.seeded.edits import Edits, like_case, words_after, words_before
from benchmarks.seeded.flips.numbers import FIGURE, other_figure

UNITS = {
    "миллиард": "миллион", "миллиарда": "миллиона", "миллиардов": "миллионов", "миллион": "миллиард",
    "миллиона": "миллиарда", "миллионов": "миллиардов", "тысяч": "миллионов", "млн": "млрд", "млрд": "млн",
    "рублей": "долларов", "долларов": "рублей", "километров": "метров", "метров": "километров", "тонн": "килограммов",
    "лет": "месяцев", "месяцев": "лет", "дней": "недель", "часов": "минут", "минут": "часов",
    "процентов": "процентных пунктов", "процента": "процентных пункта",
}  # fmt: skip
STEMS = "Росси Франци Германи Итали Турци Инди Япони Серби Монголи Бельги Австри Болгари Румыни Швеци Норвеги".split()
PEOPLES = "российск американск французск германск итальянск турецк индийск японск сербск украинск белорусск".split()
MODAL = {
    "должны": "можем", "должен": "может", "должна": "может", "должно": "может", "может": "должен", "можем": "должны",
    "могут": "должны", "можно": "нужно", "нужно": "можно", "необходимо": "можно", "обязательно": "возможно",
    "безусловно": "возможно", "вероятно": "несомненно", "надо": "можно", "нельзя": "нужно",
}  # fmt: skip
QUANTITY = {
    "всегда": "иногда", "часто": "редко", "иногда": "всегда", "полностью": "частично", "никогда": "всегда",
    "многие": "немногие", "большинство": "меньшинство", "некоторые": "все", "многих": "немногих",
}  # fmt: skip
CONTENT = {
    "увеличение": "снижение", "увеличения": "снижения", "снижение": "увеличение", "снижения": "увеличения",
    "увеличить": "сократить", "увеличилось": "сократилось", "увеличился": "сократился", "вырос": "упал",
    "выросла": "упала", "выросли": "упали", "рост": "спад", "роста": "спада", "успешно": "безуспешно",
    "экономический": "культурный", "экономическое": "культурное", "экономической": "культурной",
    "экономических": "культурных", "экономики": "культуры", "экономика": "культура", "культуры": "экономики",
    "образования": "строительства", "здравоохранения": "строительства", "строительства": "образования",
    "детей": "ветеранов", "ветеранов": "детей", "школ": "больниц", "школы": "больницы", "больниц": "школ",
    "победы": "поражения", "победа": "поражение", "мира": "войны", "войны": "мира", "сильная": "слабая",
    "новый": "старый", "новые": "старые", "новых": "старых", "новая": "старая", "новое": "старое",
    "лучше": "хуже", "хорошо": "плохо", "важно": "неважно", "первый": "второй", "первая": "вторая",
    "высокий": "низкий", "высокие": "низкие", "высокой": "низкой", "большой": "маленький", "большие": "маленькие",
    "друзья": "враги", "друзей": "врагов", "президента": "министра", "губернатор": "министр",
}  # fmt: skip
KEEPS_MODAL = re.compile(r"\b(?:не|нельзя|как|если|бы|ли|что)$")
NOT_NEW = re.compile(
    r"\b(?:нов\w+ (?:год|зеланд)|перв\w+ (?:замест|лиц|очеред)|второй миров|мира\b.{0,9}войн)", re.IGNORECASE
)
PLURAL = {"мы": "ем|им|ём", "они": "ут|ют|ат|ят", "вы": "ете|ите", "я": "у|ю"}
ADJECTIVES = re.compile(
    r"\b(эффективн|законн|приемлем|стабильн|справедлив|безопасн|успешн|выгодн|достаточн|правильн)(ая|ое|ые|ый|ой|ую|ым|ыми|ого|ых)\b"
)


def replacing(text: str, table: dict[str, str], *, after: str = "") -> Iterator[Edits]:
    """Each word of the table for the other one, standing behind `after`."""
    for found in re.finditer(r"\b[А-Яа-яё]+\b", text):
        new = table.get(found.group().casefold())
        touched = re.search(r"[\w-]$", text[: found.start()]) or text[found.end() : found.end() + 1] == "-"
        if new and not touched and re.search(after, text[: found.start()]):
            yield ((*found.span(), like_case(new, found.group())),)


def numbers(text: str, rng: random.Random) -> Iterator[Edits]:
    """Another figure."""
    for found in FIGURE.finditer(text):
        if not re.search(r"[\w-]$", text[: found.start()]) and not re.match(r"[\w-]", text[found.end() :]):
            yield ((*found.span(), other_figure(found.group(), rng)),)


def units(text: str, rng: random.Random) -> Iterator[Edits]:
    """Another unit behind a figure."""
    yield from replacing(text, UNITS, after=r"(?:\d|\b(?:миллион|миллиард|тысяч|млн|млрд|сто|двести|триста)\w*\.?) ?$")


def names(text: str, rng: random.Random) -> Iterator[Edits]:
    """Another country or people in the same case."""
    for stems, tail in ((STEMS, r"[ияюей]{1,2}\b"), (PEOPLES, r"(?:ий|ая|ое|ие|ого|ой|их|ую|им|ими|ому|ом)\b")):
        for found in re.finditer(rf"\b({'|'.join(stems)})(?={tail})", text):
            free = [stem for stem in stems if stem not in text and stem[0] != found.group()[0]]
            if (free and stems is not PEOPLES) or (free and found.group()[0].islower()):
                yield ((*found.span(), rng.choice(free)),)


def negations(text: str, rng: random.Random) -> Iterator[Edits]:
    """'не' dropped before a verb, added after a pronoun, or joined to an adjective."""
    if text.endswith("?") or re.search(r"\bни\b|\bникто|\bничего|\bникак", text, re.IGNORECASE):
        return
    for found in re.finditer(r"(?<= )не (?=[а-яё]+(?:ем|им|ут|ют|ат|ят|ет|ит|ли|ла|ло|ал|ил)\b)", text):
        if not re.search(r"\b(?:пока|чтобы|ли|или|если|как|бы|да|а)\s*$", text[: found.start()]):
            yield ((*found.span(), ""),)
    for pronoun, endings in PLURAL.items():
        for found in re.finditer(rf"\b{pronoun} (?=[а-яё]{{3,}}(?:{endings})\b)", text, re.IGNORECASE):
            if not re.search(r"\b(?:если|как|бы)\s*$", text[: found.start()]):
                yield ((found.end(), found.end(), "не "),)
    for found in ADJECTIVES.finditer(text):
        if words_before(text, found.start()) not in ("не", "более", "наиболее", "самый", "самая", "самое", "самые"):
            yield ((found.start(), found.start(), "не"),)


def modality(text: str, rng: random.Random) -> Iterator[Edits]:
    """Duty for ability, and the other way."""
    for edits in replacing(text, MODAL):
        start, end, _ = edits[0]
        if not KEEPS_MODAL.search(words_before(text, start, 2)) and words_after(text, end) not in (
            "быть",
            "сказать",
            "",
        ):
            yield edits


def quantity(text: str, rng: random.Random) -> Iterator[Edits]:
    """Always, often, most, more than."""
    if not re.search(r"\bникогда не\b", text, re.IGNORECASE):
        yield from replacing(text, QUANTITY)
    for old, new in (("более", "менее"), ("менее", "более"), ("больше", "меньше"), ("свыше", "менее")):
        for found in re.finditer(rf"\b{old} (?:чем )?(?=\d)", text, re.IGNORECASE):
            yield ((found.start(), found.start() + len(old), like_case(new, found.group())),)


def content(text: str, rng: random.Random) -> Iterator[Edits]:
    """Another content word with the same ending."""
    if not NOT_NEW.search(text):
        yield from replacing(text, CONTENT)


def order(text: str, rng: random.Random) -> Iterator[Edits]:
    """Two figures change places: 'с 5 до 10'."""
    for found in re.finditer(r"\b(?:с|от) (\d[\d,]*) (?:\w+ )?до (\d[\d,]*\d|\d)(?=[\s,.])", text):
        if found.group(1) != found.group(2):
            yield ((*found.span(1), found.group(2)), (*found.span(2), found.group(1)))


RUSSIAN = {
    "number": numbers, "unit": units, "name": names, "negation": negations, "modality": modality,
    "quantifier": quantity, "order": order, "content": content,
}  # fmt: skip
