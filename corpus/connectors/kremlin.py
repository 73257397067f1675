"""The President of Russia, in English and in Russian: news, transcripts and read-outs, and the feed of the same.

An item has one number in both languages and in every list; only the paths that robots.txt allows are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from corpus.connectors.connector import Entry, Listing, Page, Window
from corpus.connectors.generic.feeds import FeedEntry, read_feed
from corpus.connectors.pages import document_at, document_in, followed, listed, speakers_of
from corpus.errors import MarkupMoved, RecordError
from corpus.read.markup import attribute_at, tree_of, words_at, words_of
from corpus.read.sites import KREMLIN, date_of
from corpus.types import Document

_HOSTS: Mapping[str, str] = MappingProxyType({"en": "http://en.kremlin.ru", "ru": "http://kremlin.ru"})
_LANGUAGES: Mapping[str, str] = MappingProxyType({"en": "English", "ru": "Russian"})
_LISTS = ("/events/president/news", "/events/president/transcripts")
_ITEM = re.compile(r"/events/president/(?:news|letters|transcripts(?:/[a-z-]+)*)/(\d+)/?")
"""Not `…/copy/17158`: robots.txt forbids it."""

_KINDS = (
    ("phone-readout", r"\b(?:tele)?phone (?:conversation|call)|\bby (?:tele)?phone\b|телефонн\w+ разговор"),
    ("greeting", r"^(?:greetings?|congratulations|condolences)\b|^(?:поздравлени|приветстви|соболезновани)"),
    ("letter", r"^(?:open )?letters? (?:of|to|from)\b|^(?:открытое )?письм"),
)
_SPOKEN = (
    ("joint-press-conference", r"joint (?:news|press) conference|совместн\w+ пресс-конференци"),
    ("press-conference", r"(?:news|press) conference|answer\w* .{0,40}questions|пресс-конференци|ответ\w* на вопросы"),
    ("interview", r"\binterview|интервью"),
    ("address", r"\baddress(?:ed)?\b|^обращени|послани\w+ .{0,20}собрани|^послани"),
)


@dataclass(frozen=True, slots=True)
class Kremlin:
    """The lists of kremlin.ru in one language, or its feed, which gives whole texts and the time of their last change."""

    language: str
    feed: bool = False

    @property
    def name(self) -> str:
        """`kremlin-en`, `kremlin-ru`, and the same with `-feed`."""
        return f"kremlin-{self.language}{'-feed' if self.feed else ''}"

    @property
    def title(self) -> str:
        """The publisher, the documents and the language."""
        by = ", by its feed" if self.feed else ""
        return f"President of Russia: news, transcripts and read-outs, in {_LANGUAGES[self.language]}{by}"

    @property
    def facts(self) -> str:
        """Where the markup is known from."""
        return (
            "7,235 pages and 2,200 lists that a public mirror saved in August 2020, and the selectors of public scrapers"
            " up to 2025. Not yet run against the live site. It refuses quick successions and many data centres."
        )

    def starts(self, window: Window) -> tuple[str, ...]:
        """The newest pages of the lists, or those that hold the window's last day; older ones follow from there."""
        if self.feed:
            return tuple(f"{_HOSTS[self.language]}{path}/feed" for path in _LISTS)
        until = f"/by-date/{window.until:%d.%m.%Y}" if window.until else ""
        return tuple(f"{_HOSTS[self.language]}{path}{until}" for path in _LISTS)

    def listing(self, page: Page) -> Listing:
        """A page of a list: its items, newest first, and the link to the older ones; raises MarkupMoved."""
        if self.feed:
            return self._fed(page)
        (pager, *_) = listed(page, ".lister-page")
        items = pager.cssselect(".hentry")
        if not items and len(pager):
            raise MarkupMoved("the list holds something, but no .hentry, which was looked for", path=page.url)
        days = [attribute_at(item, "time.published", "datetime") for item in items]
        entries = [self._entry(page, item, day=day, newest=max(days)) for item, day in zip(items, days, strict=True)]
        return Listing(tuple(entry for entry in entries if entry), _next(page, pager))

    def document(self, page: Page, *, entry: Entry) -> Document:
        """The document of an item's page; raises MarkupMoved and RecordError."""
        return _settled(document_at(page, entry=entry, site=KREMLIN, language=self.language, home="ru"))

    def _fed(self, page: Page) -> Listing:
        """A page of a feed, whose entries hold the whole text; the time of a change is their mark."""
        found = read_feed(page)
        entries, problems = [], []
        for each in found.entries:
            id = self._id(each.link)
            if id is None:
                continue
            day = date_of(each.published)
            entry = Entry(id, each.link, day.to_date() if day else None, each.updated, each.title)
            try:
                entries.append(replace(entry, document=self._read(entry, each)))
            except RecordError as error:
                problems.append(str(error))
        return Listing(tuple(entries), found.next, problems=tuple(problems))

    def _read(self, entry: Entry, each: FeedEntry) -> Document:
        lead = words_of(tree_of(each.summary, name=entry.url)) if each.summary.strip() else ""
        read = document_in(
            entry, content=each.content or f"<p>{each.summary}</p>", lead=lead, time=each.published, site=KREMLIN,
            language=self.language, home="ru",
        )  # fmt: skip
        return _settled(read)

    def _id(self, url: str) -> str | None:
        """The id of the document at an address; None for a page that is none, or is on another host."""
        number = _ITEM.fullmatch(urlsplit(url).path)
        if number is None or urlsplit(url).hostname != urlsplit(_HOSTS[self.language]).hostname:
            return None
        return f"kremlin-{self.language}-{number[1]}"

    def _entry(self, page: Page, item: Any, *, day: str, newest: str) -> Entry | None:
        url = followed(page, attribute_at(item, "h3.hentry__title a[rel=bookmark]", "href"))
        if not url:
            raise MarkupMoved("an item has no h3.hentry__title a[rel=bookmark], which was looked for", path=page.url)
        id = self._id(url)
        if id is None:
            return None
        published = date_of(day)
        changed = words_at(item, ".updated")
        return Entry(
            id=id,
            url=url,
            published=published.to_date() if published else None,
            # A list gives only the day of a change. While that day lasts, another change would have the same mark.
            updated=changed if changed < newest else "",
            title=words_at(item, ".entry-title"),
        )


def _next(page: Page, pager: Any) -> str | None:
    link = attribute_at(pager.getroottree().getroot(), "a[rel=next], link[rel=next]", "href")
    return followed(page, link) or None if link else None


def _settled(document: Document) -> Document:
    """The same with what its kind and number are, told from its title and turns."""
    metadata = dict(document.metadata)
    greeting = not speakers_of(document) and _KIND["greeting"].search(str(metadata.get("place", "")))
    if greeting:
        del metadata["place"]  # on pages under /letters the place says what they are
    kind = "greeting" if greeting else _kind(document)
    return replace(document, kind=kind, metadata={**metadata, "number": document.id.rpartition("-")[2]})


_KIND = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in (*_KINDS, *_SPOKEN)}


def _kind(document: Document) -> str:
    speakers = speakers_of(document)
    for kind, _ in _SPOKEN if speakers else _KINDS:
        if _KIND[kind].search(document.title):
            return kind
    if speakers:
        asked = any(turn.kind == "question" for turn in document.turns)
        return "speech" if len(speakers) == 1 and not asked else "transcript"
    return (
        "statement"
        if re.match(r"(?:joint )?statement|(?:совместное )?заявлени", document.title, re.IGNORECASE)
        else "readout"
    )


KREMLIN_EN = Kremlin("en")
KREMLIN_RU = Kremlin("ru")
KREMLIN_EN_FEED = Kremlin("en", feed=True)
KREMLIN_RU_FEED = Kremlin("ru", feed=True)
