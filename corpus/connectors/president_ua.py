"""The President of Ukraine, in Ukrainian and in English: the list of all news, which takes a first and a last day.

A page has one path and number in both languages; Ukrainian stands at it without a language, English behind `/en`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from corpus.connectors.connector import Entry, Listing, Page, Window
from corpus.connectors.pages import document_at, followed, listed, of_host, speakers_of, tree
from corpus.connectors.titles import speaker_in
from corpus.read.markup import attribute_at, words_at
from corpus.read.sites import PRESIDENT_UA, date_of
from corpus.types import Document

_HOST = "https://www.president.gov.ua"
_LANGUAGES: Mapping[str, str] = MappingProxyType({"en": "English", "uk": "Ukrainian"})
_PATHS: Mapping[str, str] = MappingProxyType({"en": "/en", "uk": ""})
_ITEM = re.compile(r"(/en|)/news/[^/]*?(\d{2,})/?")
_FIRST = datetime.date(2014, 6, 1)
"""The list takes two days; before this one there is nothing that a search would be for."""

_SPEECH = re.compile(r"\b(?:speech|address(?!ed)|remarks)\b|звернення|\b(?:виступ|промова)\b", re.IGNORECASE)
_UKRAINIAN = re.compile(r"\b(?:звернення|виступ|промова|слово)\s+(президента(?:\s+україни)?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PresidentUa:
    """The news of president.gov.ua in one language."""

    language: str

    @property
    def name(self) -> str:
        """`president-ua-en` or `president-ua-uk`."""
        return f"president-ua-{self.language}"

    @property
    def title(self) -> str:
        """The publisher, the documents and the language."""
        return f"President of Ukraine: news and addresses, in {_LANGUAGES[self.language]}"

    @property
    def facts(self) -> str:
        """Where the markup is known from."""
        return "Public scrapers of 2022 to 2025; no saved page was seen. Not yet run against the live site."

    def starts(self, window: Window) -> tuple[str, ...]:
        """The first page of the list, of the window's days where it has a last one."""
        query = {"page": "1"}
        if window.until:
            since = window.since or _FIRST
            query = {"date-from": f"{since:%d-%m-%Y}", "date-to": f"{window.until:%d-%m-%Y}", **query}
        return (f"{_HOST}{_PATHS[self.language]}/news/all?{urlencode(query)}",)

    def listing(self, page: Page) -> Listing:
        """A page of the list; one beyond the last is empty. Raises MarkupMoved where the first page has no items."""
        number = _number(page.url)
        built = tree(page)
        items = built.cssselect(".item_stat_headline")
        if not items and number == 1:
            listed(page, ".item_stat_headline")
        entries = [self._entry(page, item) for item in items]
        return Listing(tuple(entry for entry in entries if entry), _numbered(page.url, number + 1) if items else None)

    def document(self, page: Page, *, entry: Entry) -> Document:
        """The document of a page; raises MarkupMoved and RecordError."""
        read = document_at(page, entry=entry, site=PRESIDENT_UA, language=self.language, home="uk", speaker=_speaker)
        spoken = speakers_of(read) or read.speakers
        kind = "speech" if _SPEECH.search(read.title) and spoken else "news-release"
        return replace(read, kind=kind, metadata={**read.metadata, "number": entry.id.rpartition("-")[2]})

    def _entry(self, page: Page, item: Any) -> Entry | None:
        url = followed(page, attribute_at(item, "a[href]", "href"))
        found = _ITEM.fullmatch(urlsplit(url).path) if url else None
        if found is None or found[1] != _PATHS[self.language] or not of_host(url, "president.gov.ua"):
            return None
        day = date_of(words_at(item, "p, .date, time"))
        return Entry(
            f"president-ua-{self.language}-{found[2]}", url, day.to_date() if day else None,
            title=words_at(item, "h3", "a"),
        )  # fmt: skip


def _speaker(title: str) -> str | None:
    """Who says an address by its title; a Ukrainian one has the office in the genitive, and it is put back."""
    if _UKRAINIAN.search(title):
        return "Президент України"
    return speaker_in(title)


def _number(url: str) -> int:
    page = dict(parse_qsl(urlsplit(url).query)).get("page", "")
    return int(page) if page.isdecimal() else 1


def _numbered(url: str, number: int) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(query=urlencode({**dict(parse_qsl(parts.query)), "page": number}), fragment=""))


PRESIDENT_UA_EN = PresidentUa("en")
PRESIDENT_UA_UK = PresidentUa("uk")
