"""A site built like whitehouse.gov since 2025: lists of two sections, item pages, briefings with reporters' questions.

Structure from scrapers of 2025 and 2026, and transcripts of 2009 to 2017 for how turns are laid out; every name and sentence
is invented.
"""

from __future__ import annotations

import datetime
import html
import random
import re
from urllib.parse import urlsplit

from benchmarks.sites.site import Expected, Item, Said, Site, paged, turns_of
from benchmarks.sites.words import NAMES, paragraphs, question

_HOST = "www.whitehouse.gov"
_SIZE = 10
_SHAPES = ("briefing", "statement", "remarks", "address", "readout")
_KINDS = {"address": "remarks", "readout": "phone-readout"}
_TITLES = {
    "briefing": "Press Briefing by Press Secretary Nora Veil",
    "statement": "Marlo Lights the Lamps of {place} Again",
    "remarks": "Remarks by President Lorne in {place}",
    "address": "Remarks by President Ada Lorne at the Opening of a Shipyard in {place}",
    "readout": "Readout of President Lorne’s Call with the Mayor of {place}",
}


def whitehouse_site(*, first: datetime.date = datetime.date(2025, 10, 1), days: int = 31, seed: int = 4) -> Site:
    """Two or three items a day, in English."""
    rng = random.Random(seed)
    items: list[Item] = []
    for day in (first + datetime.timedelta(days=at) for at in range(days)):
        for hour in rng.sample(range(9, 21), rng.choice((2, 2, 3))):
            number = len(items) + 1
            items.append(_item(rng, number, _SHAPES[number % len(_SHAPES)], day, f"{hour:02d}:15"))
    return Site(tuple(items), (_HOST,), _page, _expected)


def _item(rng: random.Random, number: int, shape: str, day: datetime.date, time: str) -> Item:
    title = _TITLES[shape].format(place=rng.choice(NAMES["en"].places))
    section = "remarks" if shape in ("remarks", "address") else "briefings-statements"
    name = re.sub(r"[^a-z]+", "-", title.lower()).strip("-")
    return Item(
        number, "en", f"/{section}/{day:%Y/%m}/{name}-{number}/", title, day, time, _KINDS.get(shape, shape),
        tuple(_said(rng, shape)), sections=(section,),
    )  # fmt: skip


def _said(rng: random.Random, shape: str) -> list[Said]:
    def asked() -> Said:
        return Said("Q", (question(rng, "en"),), "question")

    if shape == "briefing":
        head = Said("", ("James S. Brady Press Briefing Room", "1:05 P.M. EDT"), "narration")
        answers = [part for _ in range(3) for part in (asked(), Said("MS. VEIL", paragraphs(rng, "en")))]
        return [head, Said("MS. VEIL", paragraphs(rng, "en")), *answers]
    if shape == "remarks":
        return [Said("THE PRESIDENT", paragraphs(rng, "en")), asked(), Said("THE PRESIDENT", paragraphs(rng, "en"))]
    if shape == "address":
        return [Said("President Ada Lorne", paragraphs(rng, "en", most=5))]
    return [Said("", paragraphs(rng, "en"), "narration")]


def _expected(site: Site, item: Item) -> Expected:
    section, year, month, name = item.path.strip("/").split("/")
    return Expected(
        f"whitehouse-{section}-{year}-{month}-{name}", f"https://{_HOST}{item.path}", item.title, "en", item.kind,
        item.day.isoformat(), turns_of(item), None, None,
    )  # fmt: skip


def _page(site: Site, url: str) -> str | None:
    parts = urlsplit(url)
    for item in site.items:
        if item.path == parts.path:
            return _document(item)
    found = re.fullmatch(r"/(briefings-statements|remarks)/(?:page/(\d+)/)?", parts.path)
    if found is None:
        return None
    page = int(found[2] or 1)
    shown, pages = paged([each for each in site.items if found[1] in each.sections], page, size=_SIZE)
    if page > pages:
        return None
    older = f'<a class="wp-block-query-pagination-next" href="https://{_HOST}/{found[1]}/page/{page + 1}/">Next</a>'
    return (
        '<!doctype html><html lang="en-US"><head><meta charset="UTF-8"><title>Marlo</title></head><body><main>'
        f'<ul class="wp-block-post-template">{"".join(map(_listed, shown))}</ul>'
        f'<nav class="wp-block-query-pagination">{older if page < pages else ""}</nav></main></body></html>'
    )


def _when(item: Item) -> str:
    return f'<time datetime="{item.day}T{item.time}:00-04:00">{item.day:%B} {item.day.day}, {item.day.year}</time>'


def _listed(item: Item) -> str:
    return (
        '<li class="wp-block-post post type-post"><h2 class="wp-block-post-title has-heading-4-font-size">'
        f'<a href="https://{_HOST}{item.path}" target="_self">{html.escape(item.title)}</a></h2>'
        '<div class="taxonomy-category wp-block-post-terms"><a href="/remarks/" rel="tag">Remarks</a></div>'
        f'<div class="wp-block-post-date">{_when(item)}</div></li>'
    )


def _document(item: Item) -> str:
    return (
        f'<!doctype html><html lang="en-US"><head><meta charset="UTF-8"><title>{html.escape(item.title)}</title>'
        f'<link rel="canonical" href="https://{_HOST}{item.path}"/></head><body><main><div class="entry-content">'
        '<div class="wp-block-whitehouse-topper"><h1 class="wp-block-whitehouse-topper__headline">'
        f'{html.escape(item.title)}</h1><div class="wp-block-post-date">{_when(item)}</div></div>'
        f"{_body(item)}</div></main><footer><p>The Marlo House</p></footer></body></html>"
    )


def _body(item: Item) -> str:
    parts: list[str] = []
    for said in item.said:
        words = [html.escape(each, quote=False) for each in said.paragraphs]
        if said.label == "Q":
            words[0] = f"Q&nbsp; &nbsp;{words[0]}"
        elif said.label.isupper():
            words[0] = f"{said.label}:&nbsp; {words[0]}"
        parts += [f"<p>{each}</p>" for each in words]
    return "".join(parts)
