"""A site built like mid.ru: numbered list pages of several sections, item pages, a page that checks for robots.

Structure from scrapers of 2024 to 2026; every name and sentence is invented. English pages are fewer than the Russian
ones, come with numbers of their own now and then, and keep the register number.
"""

from __future__ import annotations

import datetime
import html
import random
import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from benchmarks.sites.site import Expected, Item, Said, Site, paged, turns_of
from benchmarks.sites.words import NAMES, paragraphs, question

_SIZE = 15
_TRANSLATED = 0.45
_NUMBERED_ANEW = 0.4
"""Share of the Russian items that have an English page, and of those the share with another number than the Russian."""

_SHAPES = ("remarks", "interview", "briefing", "comment", "notice")
_KINDS = {"comment": "statement", "notice": "press-release"}
_SECTIONS = {
    "remarks": "press_service/minister_speeches",
    "interview": "press_service/minister_speeches",
    "briefing": "press_service/spokesman/briefings",
}
_NEWS = "foreign_policy/news"
_MINISTER = {"en": "Bram Ostrey", "ru": "Б.Острей"}
_SPOKESWOMAN = {"en": "Irma Velska", "ru": "И.Вельская"}
_TITLES = {
    "en": {
        "remarks": "Foreign Minister Bram Ostrey’s remarks and answers to media questions following talks, {place}",
        "interview": "Foreign Minister Bram Ostrey’s interview with {place} Radio",
        "briefing": "Briefing by Foreign Ministry Spokeswoman Irma Velska, {place}",
        "comment": "Comment by Foreign Ministry Spokeswoman Irma Velska on the lighthouse of {place}",
        "notice": "On consultations in {place}",
    },
    "ru": {
        "remarks": "Выступление и ответы на вопросы СМИ Министра иностранных дел Марло Б.Острея по итогам переговоров, {place}",
        "interview": "Интервью Министра иностранных дел Марло Б.Острея радиостанции «{place}»",
        "briefing": "Брифинг официального представителя МИД Марло И.Вельской, {place}",
        "comment": "Комментарий Департамента информации и печати о маяке города {place}",
        "notice": "О консультациях в городе {place}",
    },
}
_CHECK = (
    "<!DOCTYPE html><html><head><title></title><script>window['bobcmn'] = '10111';</script></head>"
    "<body>Data processing... Please, wait.</body></html>"
)


def mid_site(*, first: datetime.date = datetime.date(2025, 10, 1), days: int = 31, seed: int = 2) -> Site:
    """Two or three Russian items a day, and English pages of some."""
    rng = random.Random(seed)
    items: list[Item] = []
    number = 2_050_000
    for day in (first + datetime.timedelta(days=at) for at in range(days)):
        for hour in rng.sample(range(9, 21), rng.choice((2, 2, 3))):
            number += rng.randint(2, 9)
            shape = _SHAPES[len(items) % len(_SHAPES)]
            register = f"{number % 1_900 + 3}-{day:%d-%m-%Y}"
            items.append(_item(rng, number, "ru", shape, day, f"{hour}:40", register))
            if rng.random() < _TRANSLATED:
                other = number + 1 if rng.random() < _NUMBERED_ANEW else number
                items.append(replace(_item(rng, number, "en", shape, day, f"{hour}:50", register), number=other))
    placed = (replace(each, path=each.path.format(number=each.number)) for each in items)
    return Site(tuple(placed), ("mid.ru",), _page, _expected, check=_CHECK)


def _item(
    rng: random.Random, number: int, language: str, shape: str, day: datetime.date, time: str, register: str
) -> Item:
    title = _TITLES[language][shape].format(place=rng.choice(NAMES[language].places))
    section = _SECTIONS.get(shape, _NEWS)
    return Item(
        number, language, f"/{language}/{section}/{{number}}/", title, day, time, _KINDS.get(shape, shape),
        tuple(_said(rng, language, shape)), register=register, sections=tuple({_NEWS, section}),
    )  # fmt: skip


def _said(rng: random.Random, language: str, shape: str) -> list[Said]:
    asked = NAMES[language].question
    minister, spokeswoman = _MINISTER[language], _SPOKESWOMAN[language]

    def answered(who: str) -> list[Said]:
        return [Said(asked, (question(rng, language),), "question"), Said(who, paragraphs(rng, language))]

    if shape == "remarks":
        return [Said(minister, paragraphs(rng, language)), *answered(minister), *answered(minister)]
    if shape == "interview":
        return [*answered(minister), *answered(minister), *answered(minister)]
    if shape == "briefing":
        return [Said(spokeswoman, paragraphs(rng, language, most=5)), *answered(spokeswoman)]
    if shape == "comment" and language == "en":
        return [Said("Foreign Ministry Spokeswoman Irma Velska", paragraphs(rng, language))]
    return [Said("", paragraphs(rng, language), "narration")]


def _expected(site: Site, item: Item) -> Expected:
    other = "en" if item.language == "ru" else "ru"
    twin = next((each for each in site.items if each.register == item.register and each.language == other), None)
    return Expected(
        f"mid-{item.language}-{item.number}", f"https://mid.ru{item.path}", item.title, item.language, item.kind,
        item.day.isoformat(), turns_of(item), "official" if item.language == "en" else None,
        f"mid-{other}-{twin.number}" if twin else None, {"register": item.register, "number": str(item.number)},
    )  # fmt: skip


def _page(site: Site, url: str) -> str | None:
    parts = urlsplit(url)
    for item in site.items:
        if item.path == parts.path:
            return _document(item)
    found = re.fullmatch(r"/(en|ru)/([a-z_/]+)/", parts.path)
    if found is None or found[2] not in (_NEWS, *_SECTIONS.values(), "press_service/spokesman/answers"):
        return None
    listed = [each for each in site.items if each.language == found[1] and found[2] in each.sections]
    page = int(parse_qs(parts.query).get("PAGEN_1", ["1"])[0])
    # The newest items stand in every list, so that none is empty.
    return _list(listed or [each for each in site.items if each.language == found[1]][-3:], parts.path, page)


def _list(listed: list[Item], path: str, page: int) -> str:
    pages = paged(listed, 1, size=_SIZE)[1]
    # Beyond the last page the site shows the last one again.
    shown, _ = paged(listed, min(page, pages), size=_SIZE)
    numbers = "".join(f'<a class="pagination__item" href="{path}?PAGEN_1={at}">{at}</a>' for at in range(1, pages + 1))
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Марло</title></head><body><div class="page-body">'
        f'<ul class="announce announce_articles">{"".join(map(_listed, shown))}</ul>'
        f'<div class="pagination">{numbers}</div></div></body></html>'
    )


def _listed(item: Item) -> str:
    return (
        f'<li class="announce__item"><div class="announce__meta"><span class="announce__date">{item.day:%d.%m.%Y}</span>'
        f'<span class="announce__time">{item.time}</span></div>'
        f'<a class="announce__link" href="{item.path}">{html.escape(item.title)}</a>'
        '<div class="announce__meta-tags">Гавани, Маяки</div></li>'
    )


def _document(item: Item) -> str:
    day = f"{item.day:%d.%m.%Y}" if item.language == "ru" else f"{item.day.day} {item.day:%B %Y}"
    return (
        f'<!DOCTYPE html><html lang="{item.language}"><head><meta charset="utf-8"><title>{html.escape(item.title)}</title>'
        '</head><body><nav><a href="/">Mid</a></nav><div class="page-body"><div class="photo-content">'
        f'<div class="photo-content__date">{day} {item.time}</div><h1 class="photo-content__title">'
        f'{html.escape(item.title)}</h1><p class="article-line__note article-line__note_small">{item.register}</p>'
        f'<div class="text article-content">{_body(item)}</div></div></div><footer><p>Contacts</p></footer></body></html>'
    )


def _body(item: Item) -> str:
    parts: list[str] = []
    if item.kind == "briefing":
        contents = "Содержание" if item.language == "ru" else "Contents"
        parts.append(
            f'<h2>{contents}</h2><ol><li><a href="#1">Lighthouses</a></li><li><a href="#2">Boats</a></li></ol>'
        )
    unlabelled = item.kind in ("remarks", "briefing", "statement", "press-release")
    for at, said in enumerate(item.said):
        words = [html.escape(each, quote=False) for each in said.paragraphs]
        if said.label and not (at == 0 and unlabelled):
            words[0] = f"<strong>{said.label}:</strong> {words[0]}" if at % 2 else f"<b>{said.label}: </b>{words[0]}"
        parts += [f"<p>{each}</p>" for each in words]
    if item.kind == "briefing":
        back = "Назад к оглавлению" if item.language == "ru" else "Back to contents"
        parts.append(f'<p><a href="#contents">{back}</a></p>')
    return "".join(parts)
