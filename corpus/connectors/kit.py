"""The conformance kit: whether a connector keeps what syncing relies on, tried on saved pages, without any network.

Whoever writes a connector saves a list page or two, some pages behind it and perhaps a page of the other language, says what
they hold, and asserts that nothing is wrong:

    from corpus.connectors.kit import Promise, Sample, problems

    def test_my_connector() -> None:
        sample = Sample(lists=(...,), pages=(...,), promises={"marlo-12": Promise(speakers=("Ada Lorne",))})
        assert problems(MY_CONNECTOR, sample) == ()
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from types import MappingProxyType
from urllib.parse import urlsplit

from corpus.connectors.connector import ALWAYS, Connector, Entry, Listing, Page, Window, takes
from corpus.errors import MarkupMoved, RecordError
from corpus.types import Document

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SCHEMES = ("http", "https", "file")
_MARKUP = re.compile(r"</?(?:p|div|span|br|a|li|script)\b|&(?:nbsp|amp|quot|laquo|raquo|mdash);")

_NOTHING = MappingProxyType[str, "Promise"]({})

EMPTY = (b"", b"<html><head></head><body></body></html>")
CHECK = b"""<!doctype html><html><head><title>One moment</title></head><body><h2>We are verifying your connection</h2>
<p>This page will go on by itself as soon as your browser has been verified. Please allow up to five seconds.</p>
<script>verify(1)</script></body></html>"""
"""A check for robots that the fetcher does not know yet: the connector must not take it for a document."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What a page is known to hold; what is left empty is not looked at.

    `speakers` are the labels in the order in which they speak first, `says` are words of a speaker (whose label comes first),
    `lacks` words that belong to the page and not to the document.
    """

    date: str = ""
    title: str = ""
    kind: str = ""
    language: str = ""
    speakers: tuple[str, ...] = ()
    says: tuple[tuple[str, str], ...] = ()
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """Saved pages of a source: its lists in their order, pages behind entries, and pages of another language.

    `window` is the time of all the documents. `any_layout` is said of a connector that reads pages however they are
    built: it is not expected to notice that they were rebuilt, or that one is none of the publisher's.
    """

    lists: tuple[Page, ...]
    pages: tuple[Page, ...] = ()
    promises: Mapping[str, Promise] = field(default_factory=lambda: _NOTHING)
    foreign: tuple[Page, ...] = ()
    window: Window = ALWAYS
    any_layout: bool = False


def problems(connector: Connector, sample: Sample) -> tuple[str, ...]:
    """Everything that is wrong, in words; nothing where the connector conforms."""
    found = list(_facts(connector))
    listings, broken = _listings(connector, sample)
    found += [*_starts(connector, sample), *broken, *_lists(connector, listings, sample)]
    entries = {entry.url: entry for _, listing in listings for entry in listing.entries}
    found += [*_pages(connector, sample, entries), *_refusals(connector, sample, listings, entries)]
    return tuple(dict.fromkeys(found))


# What it says of itself, and where it begins


def _facts(connector: Connector) -> Iterator[str]:
    if not _NAME.fullmatch(connector.name):
        yield f"name: {connector.name!r} must be small letters, digits and hyphens"
    for what in ("title", "facts"):
        if not getattr(connector, what).strip():
            yield f"{what}: it is empty"


def _starts(connector: Connector, sample: Sample) -> Iterator[str]:
    for window in (ALWAYS, sample.window):
        starts = connector.starts(window)
        if not starts:
            yield f"starts: there is none for {window}"
        if len(set(starts)) < len(starts):
            yield "starts: one stands there twice"
        if starts != connector.starts(window):
            yield "starts: they differ from one call to the next"
        yield from (f"starts: {each!r} is no whole address" for each in starts if not _is_whole(each))
    places = {_place(each) for each in connector.starts(sample.window)}
    if sample.lists and _place(sample.lists[0].url) not in places:
        yield f"starts: the first saved list is at none of them ({', '.join(sorted(places))})"


def _place(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}"


def _is_whole(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in _SCHEMES and bool(parts.netloc or parts.path) and not re.search(r"\s", url)


# Lists


def _listings(connector: Connector, sample: Sample) -> tuple[list[tuple[Page, Listing]], list[str]]:
    found, broken = list[tuple[Page, Listing]](), list[str]()
    for page in sample.lists:
        try:
            listing = connector.listing(page)
        except RecordError as error:
            broken.append(f"listing: a saved list is not read: {error}")
            continue
        if listing != connector.listing(page):
            broken.append(f"listing: {page.url} is read otherwise the second time")
        found.append((page, listing))
    return found, broken


def _lists(connector: Connector, listings: list[tuple[Page, Listing]], sample: Sample) -> Iterator[str]:
    owners: dict[str, str] = {}
    for page, listing in listings:
        if not listing.entries and not listing.others:
            yield f"listing: {page.url} names nothing"
        ids = [each.id for each in listing.entries]
        yield from (
            f"listing: {id!r} stands twice on {page.url}" for id in {each for each in ids if ids.count(each) > 1}
        )
        for entry in listing.entries:
            yield from _taken(connector, entry)
            if not entry.id.strip() or entry.id != entry.id.strip():
                yield f"listing: {entry.url}: {entry.id!r} is no id"
            if not _is_whole(entry.url):
                yield f"listing: {entry.id}: {entry.url!r} is no whole address"
            if owners.setdefault(entry.id, entry.url) != entry.url:
                yield f"listing: {entry.id} stands for two addresses, {owners[entry.id]} and {entry.url}"
            if not sample.window.holds(entry.published):
                yield f"listing: {entry.id}: its day {entry.published} is not in the time of the sample"
        for link in (*listing.others, *((listing.next,) if listing.next else ())):
            if not _is_whole(link) or link == page.url:
                yield f"listing: {page.url}: {link!r} is no address of another page"
    begun = {*connector.starts(sample.window), *(other for _, listing in listings for other in listing.others)}
    for (page, listing), (later, _) in pairwise(listings):
        if later.url not in begun and listing.next != later.url:
            yield f"listing: {page.url}: the next page is {listing.next}, and the one that was saved is {later.url}"


def _taken(connector: Connector, entry: Entry) -> Iterator[str]:
    try:
        if not takes(connector, entry.url):
            yield f"takes: {entry.id} is listed, and its address {entry.url} is not taken"
    except MarkupMoved as error:
        yield f"takes: {error}"


# Pages


def _pages(connector: Connector, sample: Sample, entries: Mapping[str, Entry]) -> Iterator[str]:
    read = [each.document for each in entries.values() if each.document is not None]
    for page in sample.pages:
        entry = entries.get(page.url)
        if entry is None:
            yield f"document: {page.url} was saved, and no saved list names it"
            continue
        try:
            document = connector.document(page, entry=entry)
        except RecordError as error:
            yield f"document: a saved page is not read: {error}"
            continue
        if document != connector.document(page, entry=entry):
            yield f"document: {page.url} is read otherwise the second time"
        if document.id != entry.id:
            yield f"document: {page.url} is listed as {entry.id} and read as {document.id}"
        if entry.published and document.date and document.date.day:
            apart = abs((document.date.to_date() - entry.published).days)
            if apart > 1:  # a day more or less is the time zone
                yield f"document: {entry.id}: its list says {entry.published}, its page {document.date}"
        read.append(document)
    for document in read:
        yield from _whole(document, sample.window)
    held = {each.id: each for each in read}
    for id, promise in sample.promises.items():
        if id not in held:
            yield f"document: {id} was promised, and no saved page gives it"
        else:
            yield from (f"document: {id}: {says}" for says in _broken(promise, held[id]))


def _whole(document: Document, window: Window) -> Iterator[str]:
    for what in ("publisher", "title", "text"):
        if not getattr(document, what).strip():
            yield f"document: {document.id}: its {what} is empty"
    if document.date is None:
        yield f"document: {document.id}: it has no date"
    elif document.date.day and not window.holds(document.date.to_date()):
        yield f"document: {document.id}: its date {document.date} is not in the time of the sample"
    if not re.fullmatch(r"[a-z]{2}", document.language):
        yield f"document: {document.id}: {document.language!r} is no two-letter language"
    if markup := _MARKUP.search(document.text):
        yield f"document: {document.id}: there is markup in its text ({markup[0]})"
    at = 0
    for turn in document.turns:
        if not at <= turn.span.start < turn.span.end <= len(document.text):
            yield f"document: {document.id}: turn {turn.number} is not where the text is"
        at = turn.span.end


def _broken(promise: Promise, document: Document) -> Iterator[str]:
    spoken = tuple(dict.fromkeys(turn.speaker for turn in document.turns if turn.speaker))
    for what, promised, found in (
        ("date", promise.date, str(document.date)),
        ("title", promise.title, document.title),
        ("kind", promise.kind, document.kind),
        ("language", promise.language, document.language),
        ("speakers", promise.speakers, spoken),
    ):
        if promised and promised != found:
            yield f"its {what} is {found!r} and not {promised!r}"
    for speaker, words in promise.says:
        turns = [turn for turn in document.turns if words in turn.span.of(document.text)]
        if not turns:
            yield f"{words!r} is not in it, as words of one turn"
        elif all(turn.speaker != speaker for turn in turns):
            yield f"{words!r} is said by {turns[0].speaker or 'nobody'} and not by {speaker or 'nobody'}"
    yield from (f"{words!r} is in its text" for words in promise.lacks if words in document.text)


# What must not be read


def _refusals(
    connector: Connector, sample: Sample, listings: list[tuple[Page, Listing]], entries: Mapping[str, Entry]
) -> Iterator[str]:
    for page, _ in listings:
        yield from _refused_lists(connector, page, first=page == sample.lists[0])
    for page in sample.pages:
        if (entry := entries.get(page.url)) is not None:
            yield from _refused_pages(connector, page, entry, sample)
    for page in sample.foreign:
        entry = entries.get(page.url) or next(iter(entries.values()), Entry("sample", page.url))
        ours = _document(connector, next((each for each in sample.pages if each.url == entry.url), None), entry)
        other = _document(connector, page, entry)
        if other is not None and ours is not None and other.language == ours.language:
            yield f"document: {page.url}: a page of another language is read as one in {other.language!r}"


def _refused_lists(connector: Connector, page: Page, *, first: bool) -> Iterator[str]:
    """The first page of a list must not be read as an empty one; behind it an empty one may be the end of the list."""
    listing = connector.listing(page)
    for wrong, called in (*((replace(page, raw=raw), _called(raw)) for raw in (*EMPTY, CHECK)), *_rebuilt(page)):
        try:
            found = connector.listing(wrong)
        except RecordError:
            continue
        if found.entries != listing.entries and (first or found.entries):
            yield f"listing: {page.url}: {called} in place of the list is no error"


def _rebuilt(page: Page) -> Iterator[tuple[Page, str]]:
    if (moved := rebuilt(page)) is not None:
        yield moved, "the same with other classes and ids"


def _refused_pages(connector: Connector, page: Page, entry: Entry, sample: Sample) -> Iterator[str]:
    wrong = EMPTY if sample.any_layout else (*EMPTY, CHECK)
    for raw in wrong:
        if _document(connector, replace(page, raw=raw), entry) is not None:
            yield f"document: {page.url}: {_called(raw)} in its place is read as a document"
    moved = rebuilt(page)
    if moved is None or sample.any_layout:
        return
    read = _document(connector, page, entry)
    try:
        found = connector.document(moved, entry=entry)
    except MarkupMoved:
        return
    except RecordError as error:
        yield f"document: {page.url}: with other classes and ids it is no MarkupMoved but {error}"
        return
    if read is not None and (found.text, found.turns) != (read.text, read.turns):
        yield f"document: {page.url}: with other classes and ids it is read as something else, and no MarkupMoved"


def _document(connector: Connector, page: Page | None, entry: Entry) -> Document | None:
    try:
        return connector.document(page, entry=entry) if page is not None else None
    except RecordError:
        return None


def _called(raw: bytes) -> str:
    return "a check for robots" if raw == CHECK else "an empty page"


_HOOKS = re.compile(rb"""(\s(?:class|id|itemprop)\s*=\s*)(["'])(.*?)\2""", re.IGNORECASE | re.DOTALL)


def rebuilt(page: Page) -> Page | None:
    """A web page as its publisher may rebuild it tomorrow: the same words under other classes and ids; None for other files.

    >>> rebuilt(Page("https://marlo.example/1", b'<p class="a b">x</p>')).raw
    b'<p class="new-a new-b">x</p>'
    """
    if page.suffix != ".html" or not _HOOKS.search(page.raw):
        return None
    raw = _HOOKS.sub(
        lambda found: found[1] + found[2] + b" ".join(b"new-" + each for each in found[3].split()) + found[2], page.raw
    )
    return replace(page, raw=raw)
