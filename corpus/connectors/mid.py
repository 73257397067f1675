"""The Russian Foreign Ministry, in Russian and in English: news, the minister's speeches, the spokeswoman's briefings.

Every text has a register number that is the same in both languages (“867-05-05-2023”) while the numbers of the pages need
not be; so a page's number is its id, and the register number pairs the languages and gives a second date.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from corpus.connectors.connector import Entry, Listing, Page, Window
from corpus.connectors.pages import document_at, followed, listed, of_host
from corpus.connectors.titles import begun_by, speaker_in
from corpus.errors import MarkupMoved
from corpus.read.dates import date_in
from corpus.read.markup import attribute_at, words_at
from corpus.read.sites import MID, date_of
from corpus.types import Document, PartialDate

_HOST = "https://mid.ru"
_LANGUAGES: Mapping[str, str] = MappingProxyType({"en": "English", "ru": "Russian"})
_LISTS = (
    "foreign_policy/news",
    "press_service/minister_speeches",
    "press_service/spokesman/briefings",
    "press_service/spokesman/answers",
)
_ITEM = re.compile(r"/(en|ru)/(?:[a-z_-]+/)+(\d{6,8})/?")
_OLD = re.compile(r"/(en|ru)/.*/-/asset_publisher/\w+/content/id/(\d+)/?")
"""Addresses of before 2021, which archive.mid.ru still has; the numbers there are others."""

_ROBOT = re.compile(rb"bobcmn|Data processing\.\.\. ?Please, ?wait", re.IGNORECASE)
_SMALL = 60_000
"""Bytes up to which a page can be nothing but a check of who reads it."""

_KINDS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("interview", r"интервью|\binterview"),
        ("article", r"^стать[яи]\b|^article\b"),
        ("briefing", r"брифинг|\bbriefing"),
        ("joint-press-conference", r"совместн\w+ пресс-конференци|joint (?:news|press) conference"),
        ("press-conference", r"пресс-конференци|(?:news|press) conference"),
        ("remarks", r"выступлени|вступительн\w+ слов|ответ\w* на вопрос|remarks|\bspeech|repl(?:y|ies) to|answers?\b"),
        ("statement", r"^(?:совместн\w+ )?заявлени|^комментари|^(?:joint )?statement|statement by|^comment"),
    )
)


@dataclass(frozen=True, slots=True)
class Mid:
    """The lists of mid.ru in one language."""

    language: str

    @property
    def name(self) -> str:
        """`mid-en` or `mid-ru`."""
        return f"mid-{self.language}"

    @property
    def title(self) -> str:
        """The publisher, the documents and the language."""
        return f"Russian Foreign Ministry: news, speeches and briefings, in {_LANGUAGES[self.language]}"

    @property
    def facts(self) -> str:
        """Where the markup is known from."""
        return (
            "Public scrapers of 2021 and of 2024 to 2026; no saved page was seen. Not yet run against the live site. It may"
            " show a check that needs JavaScript, and one scraper read that robots.txt forbids the older pages of lists."
        )

    def starts(self, window: Window) -> tuple[str, ...]:
        """The newest page of every list; there is no list by day."""
        return tuple(f"{_HOST}/{self.language}/{path}/" for path in _LISTS)

    def listing(self, page: Page) -> Listing:
        """A page of a list: its items, and the next page where the list names a later one; raises MarkupMoved."""
        _refuse_check(page)
        (announced, *_) = listed(page, ".announce_articles", ".announce")
        items = announced.cssselect(".announce__item")
        if not items:
            raise MarkupMoved("the list has no .announce__item, which was looked for", path=page.url)
        entries = [self._entry(page, item) for item in items]
        return Listing(tuple(entry for entry in entries if entry), _next(page))

    def document(self, page: Page, *, entry: Entry) -> Document:
        """The document of an item's page; raises MarkupMoved and RecordError."""
        _refuse_check(page)
        read = document_at(page, entry=entry, site=MID, language=self.language, home="ru", speaker=speaker_in)
        return _settled(read, entry)

    def _entry(self, page: Page, item: Any) -> Entry | None:
        url = followed(page, attribute_at(item, "a.announce__link", "href"))
        if not url:
            raise MarkupMoved("an item has no a.announce__link, which was looked for", path=page.url)
        id = self.id_of(url)
        day = date_of(words_at(item, ".announce__date"))
        if id is None:
            return None
        return Entry(id, url, day.to_date() if day else None, title=words_at(item, "a.announce__link"))

    def id_of(self, url: str) -> str | None:
        """The id of the document at an address, of today or of before 2021; None for what is none in this language.

        >>> Mid("en").id_of("https://mid.ru/en/press_service/minister_speeches/2012239/")
        'mid-en-2012239'
        """
        parts = urlsplit(url)
        old = _OLD.fullmatch(parts.path)
        found = old or _ITEM.fullmatch(parts.path)
        if found is None or found[1] != self.language or not of_host(url, "mid.ru"):
            return None
        return f"mid-archive-{found[1]}-{found[2]}" if old else f"mid-{found[1]}-{found[2]}"


def _refuse_check(page: Page) -> None:
    """Raise MarkupMoved for the page that stands in front of every page while it checks for robots."""
    if len(page.raw) <= _SMALL and _ROBOT.search(page.raw):
        raise MarkupMoved(
            "it shows a check for robots instead of the page; try later, or save it in a browser", path=page.url
        )


def _next(page: Page) -> str | None:
    """The next page of a list: the pages are numbered, and a list names others than itself."""
    parts = urlsplit(page.url)
    query = dict(parse_qsl(parts.query))
    here = int(query["PAGEN_1"]) if query.get("PAGEN_1", "").isdecimal() else 1
    if not any(int(number) > here for number in re.findall(rb"PAGEN_1=(\d{1,6})", page.raw)):
        return None
    return urlunsplit(parts._replace(query=urlencode({**query, "PAGEN_1": here + 1}), fragment=""))


def _settled(document: Document, entry: Entry) -> Document:
    """The same with what its title and register number say of it."""
    kind = next((kind for kind, pattern in _KINDS if pattern.search(document.title)), "press-release")
    begun = begun_by(document) if kind in ("remarks", "briefing") else document
    register = str(document.metadata.get("register", ""))
    registered = _registered(register)
    metadata = {**document.metadata, "number": entry.id.rpartition("-")[2]}
    if registered and registered != document.date:
        metadata["registered"] = str(registered)
    unofficial = document.translation and _UNOFFICIAL.search(document.text[:_HEAD])
    return replace(
        begun,
        kind=kind,
        date=document.date or registered,
        translation="unofficial" if unofficial else document.translation,
        metadata=metadata,
    )


_UNOFFICIAL = re.compile(r"\bunofficial translation\b", re.IGNORECASE)
_HEAD = 600


def _registered(register: str) -> PartialDate | None:
    """The day in a register number (“867-05-05-2023”)."""
    return date_in("", register) if register else None


MID_EN = Mid("en")
MID_RU = Mid("ru")
