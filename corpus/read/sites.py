"""Pages of publishers whose layout is known: title, day, lead and paragraphs by selector, nothing else of the page.

What the general reader of pages cannot know: that a Kremlin page hides biographies beside names, that its lead stands
apart from its text, which number the Foreign Ministry gave a text, and where the same page is in another language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from corpus.errors import MarkupMoved
from corpus.read.dates import date_in
from corpus.read.markup import drop, paragraphs_in, tree_of, words_at, words_of
from corpus.read.records import Defaults
from corpus.read.text import page
from corpus.read.transcript import Paragraph
from corpus.types import Document, PartialDate

_CC_BY = "Creative Commons Attribution 4.0 International (the page's source must be named)"
_FEDERAL = "US federal government work: public domain in the United States"


@dataclass(frozen=True, slots=True)
class Site:
    """Where things stand on a publisher's pages, as CSS selectors of which the first that finds words counts."""

    publisher: str
    hosts: tuple[str, ...]
    title: tuple[str, ...]
    date: tuple[str, ...]
    body: tuple[str, ...]
    lead: tuple[str, ...] = ()
    time: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    register: tuple[str, ...] = ()
    """The number under which the publisher keeps a text."""

    dropped: tuple[str, ...] = ()
    passed_over: str = ""
    """A pattern of whole paragraphs that lead through a page and tell nothing."""

    licence: str | None = None


@dataclass(frozen=True, slots=True)
class SitePage:
    """What a page of a known site says; what it does not say is empty."""

    site: Site
    title: str
    date: str
    lead: str
    paragraphs: tuple[Paragraph, ...]
    url: str | None
    language: str | None
    time: str = ""
    place: str = ""
    register: str = ""
    twins: Mapping[str, str] = field(default_factory=dict)
    """Addresses of the same page in other languages."""


KREMLIN = Site(
    "President of Russia (kremlin.ru)",
    ("kremlin.ru",),
    title=("h1.entry-title",),
    date=("time.read__published",),
    time=(".read__time",),
    place=(".read__place",),
    lead=(".read__lead",),
    body=(".read__internal_content",),
    dropped=(".read__bottommeta", ".masha-ignore", ".read__tooltip", "figure"),
    licence=_CC_BY,
)
"""From the 7,235 pages that a public mirror saved in August 2020, and the selectors of scrapers up to 2025."""

MID = Site(
    "Russian Foreign Ministry (mid.ru)",
    ("mid.ru",),
    title=("h1.photo-content__title", "h3.announcement__title", "p.anons-title", "h1"),
    date=(".photo-content__date", ".announcement__date", ".anons-status-line i", ".article-status-line"),
    body=("div.article-content", ".announcement__text", ".anons-text"),
    register=(".article-line__note_small", ".announcement__doc-num", ".doc-number", ".article-note .nowrap"),
    dropped=("a[href^='#']", "figure"),
    passed_over=(
        r"(?:table of )?contents|back to (?:the )?(?:table of )?contents|содержание|оглавление"
        r"|(?:назад|вернуться) к оглавлению|\d{1,5}-\d{2}-\d{2}-\d{4}"
    ),
)
"""From scrapers of 2024 to 2026, and one of 2021 for the layout that archive.mid.ru still has."""

PRESIDENT_UA = Site(
    "President of Ukraine (president.gov.ua)",
    ("president.gov.ua",),
    title=("h1",),
    date=("h1 + .date", ".article p.date"),
    body=(".article_content",),
)
"""From scrapers of 2022 to 2025."""

WHITE_HOUSE = Site(
    "The White House (whitehouse.gov)",
    ("whitehouse.gov",),
    title=(".wp-block-whitehouse-topper__headline", "h1"),
    date=(".wp-block-post-date time", "time[datetime]"),
    body=(".entry-content", ".wp-block-post-content"),
    dropped=("h1", "[class*='whitehouse-topper']", ".wp-block-post-date", "nav", "figcaption"),
    licence=_FEDERAL,
)
"""From scrapers of 2025 and 2026."""

SITES = (KREMLIN, MID, PRESIDENT_UA, WHITE_HOUSE)


def read_site(html: str) -> SitePage | None:
    """A page of a known site; None for every other page, and for one whose text is not where it should be."""
    if not html.strip():
        return None
    tree = tree_of(html)
    url = _address(tree)
    for site in SITES:
        if any(host in (url or html[:20_000]) for host in site.hosts):
            try:
                return read_layout(tree, site)
            except MarkupMoved:
                pass
    return None


def read_layout(tree: Any, site: Site, *, name: str = "") -> SitePage:
    """What a page of this site says; raises MarkupMoved where it has no title or no place for its text.

    The tree loses what is no part of the text.
    """
    title = words_at(tree, *site.title)
    body = next((found[0] for css in site.body if (found := tree.cssselect(css))), None)
    if not title or body is None:
        missing = f"a title ({', '.join(site.title)})" if not title else f"its text ({', '.join(site.body)})"
        raise MarkupMoved(f"this page of {site.publisher} is not built as it was: {missing} was looked for", path=name)
    read = SitePage(
        site, title, _when(tree, *site.date), words_at(tree, *site.lead), (), _address(tree), tree.get("lang"),
        time=hour_of(words_at(tree, *site.time, *site.date)), place=words_at(tree, *site.place),
        register=_register(words_at(tree, *site.register)), twins=_twins(tree),
    )  # fmt: skip
    paragraphs = body_of(body, site)
    if not (paragraphs or read.lead):
        raise MarkupMoved(f"there is no text where it was ({', '.join(site.body)})", path=name)
    return replace(read, paragraphs=paragraphs, register=read.register or _numbered(body))


def body_of(body: Any, site: Site) -> tuple[Paragraph, ...]:
    """The paragraphs of a body, which loses what is no part of the text."""
    drop(body, *site.dropped)
    passed_over = re.compile(site.passed_over, re.IGNORECASE)
    return tuple(each for each in paragraphs_in(body) if not passed_over.fullmatch(each.text))


def site_document(known: SitePage, *, name: str, defaults: Defaults) -> Document:
    """The document of a page of a known site; raises RecordError when its text says nothing or is garbled."""
    site = known.site
    given = replace(
        defaults,
        publisher=defaults.publisher or site.publisher,
        date=defaults.date or date_of(known.date),
        licence=defaults.licence or site.licence,
        language=defaults.language or (known.language or "")[:2] or None,
    )
    repeated = not known.lead or (known.paragraphs and known.paragraphs[0].text.startswith(known.lead))
    paragraphs = known.paragraphs if repeated else (Paragraph(known.lead), *known.paragraphs)
    text = "\n\n".join(each.text for each in paragraphs)
    read = page(text, name=name, title=known.title, defaults=given, url=known.url, paragraphs=paragraphs)
    said = {"time": known.time, "place": known.place, "register": known.register, "alternate": dict(known.twins)}
    return replace(read, metadata={**read.metadata, **{key: value for key, value in said.items() if value}})


def date_of(text: str) -> PartialDate | None:
    """The day of a date as a page gives it: as machines write it, or in words.

    >>> str(date_of("2031-04-15T10:00:00+03:00")), str(date_of("15 April 2031, 10:00"))
    ('2031-04-15', '2031-04-15')
    """
    return date_in(text, "") if text else None


def _when(tree: Any, *selectors: str) -> str:
    """When something was, as an element's attribute says it to machines, else in its words."""
    for selector in selectors:
        for element in tree.cssselect(selector):
            if found := (element.get("datetime") or "").strip() or words_of(element):
                return str(found)
    return ""


def hour_of(text: str) -> str:
    """The time of day in a text; empty where it has none."""
    found = re.search(r"(?<!\d)([01]?\d|2[0-3]):[0-5]\d(?!\d)", text)
    return found[0] if found else ""


def _numbered(body: Any) -> str:
    """The register number with which a text begins, where it is not set apart."""
    return _register(words_of(body))


def _register(text: str) -> str:
    """A register number (“867-05-05-2023”) at the beginning of a text."""
    found = re.match(r"\W*(\d{1,5}-\d{2}-\d{2}-\d{4})(?!\d)", text)
    return found[1] if found else ""


def _address(tree: Any) -> str | None:
    found = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    return str(found[0]).strip() or None if found else None


def _twins(tree: Any) -> dict[str, str]:
    links = tree.xpath("//link[@rel='alternate'][@hreflang][@href]")
    return {link.get("hreflang"): link.get("href") for link in links}
