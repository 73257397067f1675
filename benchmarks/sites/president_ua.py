"""A site built like president.gov.ua: a list of all news between two days, item pages, one path for both languages.

Structure from scrapers of 2022 to 2025; every name and sentence is invented.
"""

from __future__ import annotations

import datetime
import html
import random
from urllib.parse import parse_qs, urlsplit

from benchmarks.sites.site import Expected, Item, Said, Site, paged, turns_of
from benchmarks.sites.words import NAMES, paragraphs

_HOST = "www.president.gov.ua"
_SIZE = 12
_TRANSLATED = 0.8
_SHAPES = ("news", "address", "speech", "news")
_TITLES = {
    "en": {
        "news": "A new ferry begins to sail from {place}",
        "address": "The lamps of {place} will be lit again - address by the President of Marlo",
        "speech": "Speech by President of Marlo Ada Lorne in the town hall of {place}",
    },
    "uk": {
        "news": "З міста {place} почне ходити новий пором",
        "address": "Ліхтарі міста {place} засвітяться знову – звернення Президента України",
        "speech": "Виступ Президента України у ратуші міста {place}",
    },
}
_SPEAKERS = {
    ("en", "address"): "President of Marlo",
    ("en", "speech"): "President of Marlo Ada Lorne",
    ("uk", "address"): "Президент України",
    ("uk", "speech"): "Президент України",
}
_MONTHS = "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня".split()


def president_ua_site(*, first: datetime.date = datetime.date(2025, 10, 1), days: int = 31, seed: int = 3) -> Site:
    """Two or three Ukrainian items a day, and English pages of most."""
    rng = random.Random(seed)
    items: list[Item] = []
    number = 98_000
    for day in (first + datetime.timedelta(days=at) for at in range(days)):
        for hour in rng.sample(range(9, 21), rng.choice((2, 2, 3))):
            number += rng.randint(4, 30)
            shape = _SHAPES[number % len(_SHAPES)]
            items.append(_item(rng, number, "uk", shape, day, f"{hour:02d}:05"))
            if rng.random() < _TRANSLATED:
                items.append(_item(rng, number, "en", shape, day, f"{hour:02d}:30"))
    return Site(tuple(items), (_HOST,), _page, _expected)


def _item(rng: random.Random, number: int, language: str, shape: str, day: datetime.date, time: str) -> Item:
    title = _TITLES[language][shape].format(place=rng.choice(NAMES[language].places))
    speaker = _SPEAKERS.get((language, shape), "")
    said = Said(speaker, paragraphs(rng, language, most=5), "speech" if speaker else "narration")
    path = f"{'/en' if language == 'en' else ''}/news/lihtari-novini-mista-{number}"
    return Item(number, language, path, title, day, time, "speech" if speaker else "news-release", (said,))


def _expected(site: Site, item: Item) -> Expected:
    other = "en" if item.language == "uk" else "uk"
    twin = any(each.number == item.number and each.language == other for each in site.items)
    return Expected(
        f"president-ua-{item.language}-{item.number}", f"https://{_HOST}{item.path}", item.title, item.language,
        item.kind, item.day.isoformat(), turns_of(item), "official" if item.language == "en" else None,
        f"president-ua-{other}-{item.number}" if twin else None, {"time": item.time, "number": str(item.number)},
    )  # fmt: skip


def _page(site: Site, url: str) -> str | None:
    parts = urlsplit(url)
    for item in site.items:
        if item.path == parts.path:
            return _document(item)
    language = {"/en/news/all": "en", "/news/all": "uk"}.get(parts.path)
    if language is None:
        return None
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    since, until = (_day(query[name]) if name in query else None for name in ("date-from", "date-to"))
    listed = [
        each for each in site.items
        if each.language == language and (since or each.day) <= each.day <= (until or each.day)
    ]  # fmt: skip
    shown, _ = paged(listed, int(query.get("page", "1")), size=_SIZE)
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>Marlo</title></head><body>'
        f'<div class="catalog_container"><div class="cat_list">{"".join(map(_listed, shown))}</div>'
        '<div class="pagination"><ul><li><a class="pag act" href="javascript:void(0);">1</a></li></ul></div></div></body></html>'
    )


def _day(text: str) -> datetime.date:
    day, month, year = map(int, text.split("-"))
    return datetime.date(year, month, day)


def _written(item: Item) -> str:
    month = f"{item.day:%B}" if item.language == "en" else _MONTHS[item.day.month - 1]
    return f"{item.day.day} {month} {item.day.year}{' року' if item.language == 'uk' else ''} - {item.time}"


def _listed(item: Item) -> str:
    return (
        '<div class="item_stat cat_stat"><div class="row"><a href="/videos/1">Video</a></div>'
        f'<div class="item_stat_headline"><h3><a href="https://{_HOST}{item.path}">{html.escape(item.title)}</a></h3>'
        f'<p class="date">{_written(item)}</p></div></div>'
    )


def _document(item: Item) -> str:
    text = "".join(f"<p>{html.escape(each, quote=False)}</p>" for said in item.said for each in said.paragraphs)
    return (
        f'<!DOCTYPE html><html lang="{item.language}"><head><meta charset="utf-8"><title>Marlo</title></head><body>'
        f'<div class="left_part"><div class="article"><h1 itemprop="name">{html.escape(item.title)}</h1>'
        f'<p class="date">{_written(item)}</p><div class="article_content">{text}</div></div></div>'
        '<div class="right_part"><p>Other news</p></div></body></html>'
    )
