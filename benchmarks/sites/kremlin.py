"""A site built like kremlin.ru and en.kremlin.ru: lists by page and day, item pages, an Atom feed, both languages.

Structure from the pages of August 2020 that a public mirror saved; every name and sentence is invented.
"""

from __future__ import annotations

import datetime
import html
import random
import re
from urllib.parse import urlsplit

from benchmarks.sites.site import Expected, Item, Said, Site, paged, turns_of
from benchmarks.sites.words import NAMES, paragraph, paragraphs, question

_HOSTS = {"en": "en.kremlin.ru", "ru": "kremlin.ru"}
_SIZE = 20
_TRANSLATED = 0.7
"""Share of the Russian items that have an English page."""

_SHAPES = ("speech", "meeting", "press", "interview", "readout", "phone", "greeting", "statement")
_KINDS = {"meeting": "transcript", "press": "press-conference", "phone": "phone-readout"}
_TITLES = {
    "en": {
        "speech": "Opening of a shipyard in {place}",
        "meeting": "Meeting with {office} {guest}",
        "press": "News conference following talks in {place}",
        "interview": "Interview with {place} Television",
        "readout": "Trip to {place}",
        "phone": "Telephone conversation with {office} {guest}",
        "greeting": "Greetings to participants in the {place} regatta",
        "statement": "Statement on the lighthouse of {place}",
    },
    "ru": {
        "speech": "Открытие верфи в городе {place}",
        "meeting": "Встреча с гостями из города {place}",
        "press": "Пресс-конференция по итогам переговоров в городе {place}",
        "interview": "Интервью телевидению города {place}",
        "readout": "Поездка в город {place}",
        "phone": "Телефонный разговор с главой города {place}",
        "greeting": "Приветствие участникам регаты в городе {place}",
        "statement": "Заявление о маяке города {place}",
    },
}
_ROBOTS = """User-agent: *
Disallow: /search
Disallow: /subscribe
Disallow: /events/president/news/copy/
Disallow: /events/president/transcripts/copy/
"""


def kremlin_site(*, first: datetime.date = datetime.date(2025, 10, 1), days: int = 31, seed: int = 1) -> Site:
    """Two items a day and one now and then more, all of them in Russian and most of them in English."""
    rng = random.Random(seed)
    items: list[Item] = []
    number = 76_000
    for day in (first + datetime.timedelta(days=at) for at in range(days)):
        for hour in rng.sample(range(9, 21), rng.choice((2, 2, 3))):
            number += rng.randint(1, 4)
            shape = _SHAPES[len(items) % len(_SHAPES)]
            items.append(_item(rng, number, "ru", shape, day, f"{hour:02d}:15"))
            if rng.random() < _TRANSLATED:
                items.append(_item(rng, number, "en", shape, day, f"{hour:02d}:15"))
    return Site(tuple(items), tuple(_HOSTS.values()), _page, _expected, robots=_ROBOTS)


def _item(rng: random.Random, number: int, language: str, shape: str, day: datetime.date, time: str) -> Item:
    names = NAMES[language]
    place, (guest, office) = rng.choice(names.places), rng.choice(names.guests)
    title = _TITLES[language][shape].format(place=place, guest=guest, office=office)
    section = "transcripts" if shape in ("speech", "interview") and number % 5 == 0 else "news"
    return Item(
        number, language, f"/events/president/{section}/{number}", title, day, time, _KINDS.get(shape, shape),
        tuple(_said(rng, language, shape, guest, office)),
        lead=paragraph(rng, language) if shape != "statement" else "",
        place=place if shape in ("speech", "meeting", "press", "readout") else "",
        sections=("news", "transcripts") if shape in ("speech", "meeting", "press", "interview") else ("news",),
    )  # fmt: skip


def _said(rng: random.Random, language: str, shape: str, guest: str, office: str) -> list[Said]:
    names = NAMES[language]
    head = Said(names.head, paragraphs(rng, language), office=names.heads_office)
    again = Said(names.head, paragraphs(rng, language))
    intro = [Said("", paragraphs(rng, language, most=2), "narration")] if rng.random() < 0.5 else []
    if shape == "speech":
        return [*intro, head]
    if shape == "meeting":
        other = Said(guest, paragraphs(rng, language), office=office)
        return [*intro, head, other, again, Said(guest, paragraphs(rng, language))]
    if shape in ("press", "interview"):
        asked = [Said(names.question, (question(rng, language),), "question") for _ in range(2)]
        return [*intro, head, asked[0], again, asked[1], Said(names.head, paragraphs(rng, language))]
    return [Said("", paragraphs(rng, language, most=3), "narration")]


def _expected(site: Site, item: Item) -> Expected:
    other = "en" if item.language == "ru" else "ru"
    twin = any(each.number == item.number and each.language == other for each in site.items)
    said = {"time": item.time, "place": item.place, "number": str(item.number)}
    return Expected(
        f"kremlin-{item.language}-{item.number}", f"http://{_HOSTS[item.language]}{item.path}", item.title,
        item.language, item.kind, item.day.isoformat(), turns_of(item),
        "official" if item.language == "en" else None, f"kremlin-{other}-{item.number}" if twin else None,
        {key: value for key, value in said.items() if value},
    )  # fmt: skip


def _page(site: Site, url: str) -> str | None:
    parts = urlsplit(url)
    language = next(code for code, host in _HOSTS.items() if host == parts.hostname)
    held = [each for each in site.items if each.language == language]
    for item in held:
        if item.path == parts.path:
            return _document(site, item)
    feed = re.fullmatch(r"/events/president/(\w+)/feed(?:/page/(\d+))?", parts.path)
    if feed:
        return _feed([each for each in held if feed[1] in each.sections], language, feed[1], int(feed[2] or 1))
    found = re.fullmatch(r"/events/president/(\w+)(?:/page/(\d+)|/by-date/(\d\d)\.(\d\d)\.(\d{4}))?", parts.path)
    if found is None or found[1] not in ("news", "transcripts"):
        return None
    listed = [each for each in held if found[1] in each.sections]
    page = int(found[2] or 1)
    if found[3]:
        # A day's address is the page of the list that holds the day's newest item.
        day = datetime.date(int(found[5]), int(found[4]), int(found[3]))
        page = sum(1 for each in listed if each.day > day) // _SIZE + 1
    return _list(listed, language, found[1], page)


def _list(listed: list[Item], language: str, section: str, page: int) -> str | None:
    shown, pages = paged(listed, page, size=_SIZE)
    if page > pages:
        return None
    base = f"/events/president/{section}"
    later = f'<a href="{base}/page/{page + 1}" class="button more more-next" rel="next">…</a>' if page < pages else ""
    earlier = f'<a href="{base}" class="button more more-prev" rel="prev">…</a>' if page > 1 else ""
    return (
        f'<!doctype html><html lang="{language}" class="no-js"><head><meta charset="utf-8"/><title>Marlo</title></head>'
        f'<body><div class="content-view" role="main">{earlier}<div class="entry-content lister-page" role="list"'
        f' data-page="{page}" data-pages="{pages}">{"".join(map(_listed, shown))}</div>{later}</div>'
        '<div class="promoted"><a class="promoted__entry" href="/events/president/news/1">Promoted</a></div></body></html>'
    )


def _listed(item: Item) -> str:
    return (
        f'<div class="hentry h-entry hentry_event" data-id="{item.number}" role="listitem">'
        f'<h3 class="hentry__title hentry__title_special"><a href="{item.path}" rel="bookmark" itemprop="url">'
        f'<span class="entry-title p-name" itemprop="name">{html.escape(item.title)}</span> <span class="hentry__meta">'
        f'<time class="published dt-published" datetime="{item.day}">{item.day:%d.%m}, {item.time}</time>'
        f'<span class="updated hidden" hidden="hidden">{item.updated}</span></span></a></h3>'
        f'<div class="hentry__assets"><a href="{item.path}/photos" rel="bookmark"><i>5</i></a></div></div>'
    )


def _document(site: Site, item: Item) -> str:
    other = "en" if item.language == "ru" else "ru"
    twin = any(each.number == item.number and each.language == other for each in site.items)
    alternate = f'<link rel="alternate" hreflang="{other}" href="http://{_HOSTS[other]}{item.path}"/>' if twin else ""
    lead = f'<div class="read__lead entry-summary p-summary"><div><p>{item.lead}</p></div></div>' if item.lead else ""
    place = f'<div class="read__place p-location"><i></i>{item.place}</div>' if item.place else ""
    return (
        f'<!doctype html><html lang="{item.language}"><head><meta charset="utf-8"/><title>{html.escape(item.title)}</title>'
        f'<link rel="canonical" href="http://{_HOSTS[item.language]}{item.path}"/>{alternate}</head><body>'
        f'<div class="read"><article class="read__in hentry h-entry" id="event-{item.number}"><div class="read__top">'
        f'<h1 class="entry-title p-name" itemprop="name">{html.escape(item.title)}</h1>{lead}<div class="read__meta">'
        f'<time class="read__published" datetime="{item.day}">{item.day:%d.%m.%Y}</time>'
        f'<div class="read__time">{item.time}</div>{place}</div></div>'
        f'<div class="entry-content e-content read__internal_content" itemprop="articleBody">{_body(item)}'
        '<div class="read__bottommeta"><p>Topics</p><p>Harbours</p><div class="read__published-in">Publication status'
        "</div></div></div></article></div></body></html>"
    )


def _body(item: Item) -> str:
    """The paragraphs with all that stands among them: a slide show, an extract in a frame, biographies at names."""
    parts = ['<div class="slider masha-ignore"><p>A photograph of a harbour.</p></div>']
    for at, said in enumerate(item.said):
        if at == 1 and not item.said[0].label:
            parts.append("<p><b><i>* * *</i></b></p>")
        words = [html.escape(each, quote=False) for each in said.paragraphs]
        if said.label:
            words[0] = f"{_label(said, at)} {words[0]}"
        quoted = at == 1 and len(words) > 1
        parts += [f"<p>{each}</p>" for each in (words[:-1] if quoted else words)]
        parts += [f"<blockquote> <p>{words[-1]}</p> </blockquote>"] if quoted else []
        parts += ["<figure><p>Another photograph.</p></figure>"] if at == 0 else []
    return "".join(parts)


def _label(said: Said, at: int) -> str:
    """A label in one of the ways that the pages have."""
    if said.office:
        tag = (
            f'<a href="/catalog/persons/1/events" class="person_tag read__tag">{said.label}'
            f'<span class="read__tooltip hidden masha-ignore"><span class="tooltip__text">{said.label}: a life.</span></span></a>'
        )
        return f"<b>{said.office} {tag}:</b>"
    return f"<b>{said.label}:</b>" if at % 2 else f"<b>{said.label}</b>:"


def _feed(listed: list[Item], language: str, section: str, page: int) -> str | None:
    shown, pages = paged(listed, page, size=_SIZE)
    if page > pages:
        return None
    base = f"http://{_HOSTS[language]}/events/president/{section}/feed"
    links = f'<link rel="self" href="{base}/page/{page}"/>'
    links += f'<link rel="next" href="{base}/page/{page + 1}"/>' if page < pages else ""
    entries = "".join(
        f"<entry><title>{html.escape(each.title)}</title><id>http://{_HOSTS[language]}{each.path}</id>"
        f'<link rel="alternate" href="http://{_HOSTS[language]}{each.path}"/>'
        f"<published>{each.day}T{each.time}:00+03:00</published><updated>{each.updated}T{each.time}:00+03:00</updated>"
        f"<summary>{html.escape(each.lead)}</summary>"
        f'<content type="html">{html.escape(_body(each))}</content></entry>'
        for each in shown
    )
    return f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">{links}{entries}</feed>'
