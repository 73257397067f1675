"""What a site is: the documents that it serves, its answers to addresses, and how it changes between two syncs."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import urlsplit

Condition = Literal["as known", "checking for robots", "rebuilt"]


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Said:
    """Who says which paragraphs; without a label it is narration."""

    label: str
    paragraphs: tuple[str, ...]
    kind: str = "speech"
    office: str = ""
    """What stands before the name in the label, where it is introduced."""

    @property
    def speaker(self) -> str:
        """The whole label."""
        return f"{self.office} {self.label}".strip()


@dataclass(frozen=True, slots=True)
class Item:
    """One document of a site as its editors have it."""

    number: int
    language: str
    path: str
    title: str
    day: datetime.date
    time: str
    kind: str
    said: tuple[Said, ...]
    lead: str = ""
    place: str = ""
    register: str = ""
    sections: tuple[str, ...] = ()
    changed: datetime.date | None = None

    @property
    def updated(self) -> datetime.date:
        """The day of its last change."""
        return self.changed or self.day


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come of a page: turns are speaker, kind and text."""

    id: str
    url: str
    title: str
    language: str
    kind: str
    date: str
    turns: tuple[tuple[str, str, str], ...]
    translation: str | None
    twin: str | None
    metadata: Mapping[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The whole text."""
        return "\n\n".join(text for _, _, text in self.turns)


@dataclass(frozen=True, slots=True)
class Site:
    """A publisher's site: how it answers, from the items that it has; `expects` says what each must become."""

    items: tuple[Item, ...]
    hosts: tuple[str, ...]
    pages: Callable[[Site, str], str | None]
    """The page at an address, as HTML or XML; nothing where there is none."""

    expects: Callable[[Site, Item], Expected]
    robots: str = "User-agent: *\nDisallow:\n"
    condition: Condition = "as known"
    check: str = (
        "<html><head><title>Just a moment...</title></head><body><p>Checking your browser</p>"
        '<script src="/cdn-cgi/challenge-platform/h/b"></script></body></html>'
    )

    @property
    def expected(self) -> Mapping[str, Expected]:
        """Every document that the site serves, by the id that it must get."""
        found = [self.expects(self, item) for item in self.items]
        return {each.id: each for each in found}

    def answer(self, url: str) -> Answer:
        """What the server says to a GET of this address."""
        parts = urlsplit(url)
        if parts.hostname not in self.hosts:
            return _answer(404, "text/plain", "no such host")
        if parts.path == "/robots.txt":
            return _answer(200, "text/plain", self.robots)
        if self.condition == "checking for robots":
            return _answer(200, "text/html", self.check)
        page = self.pages(self, url)
        if page is None:
            return _answer(404, "text/html", "<html><body><h1>404</h1></body></html>")
        if self.condition == "rebuilt":
            page = re.sub(r'class="([^"]*)"', lambda found: f'class="{found[1].replace(" ", "-")}-x"', page)
            page = page.replace("<h1", "<h6").replace("</h1", "</h6")
        return _answer(200, "application/atom+xml" if page.startswith("<?xml") else "text/html", page)

    def edited(self, number: int) -> Site:
        """The same site after its editors changed the last words of a document, in every language, a day later."""
        return replace(self, items=tuple(_edited(each) if each.number == number else each for each in self.items))

    def without(self, number: int) -> Site:
        """The same site after a document was taken away."""
        return replace(self, items=tuple(each for each in self.items if each.number != number))

    def until(self, day: datetime.date) -> Site:
        """The site as it was at the end of a day."""
        return replace(self, items=tuple(each for each in self.items if each.day <= day))


def _edited(item: Item) -> Item:
    *others, last = item.said
    *before, words = last.paragraphs
    said = (*others, replace(last, paragraphs=(*before, f"{words} This sentence was added later.")))
    return replace(item, said=said, changed=item.updated + datetime.timedelta(days=1))


def _answer(status: int, kind: str, body: str) -> Answer:
    raw = body.encode()
    headers = {"Content-Type": f"{kind}; charset=utf-8", "ETag": f'"{hashlib.sha256(raw).hexdigest()[:16]}"'}
    return Answer(status, headers, raw)


def turns_of(item: Item) -> tuple[tuple[str, str, str], ...]:
    """The turns that a reader must find: narration with the lead before it, then who says what."""
    said = item.said
    if item.lead and said and not said[0].label:
        said = (replace(said[0], paragraphs=(item.lead, *said[0].paragraphs)), *said[1:])
    elif item.lead:
        said = (Said("", (item.lead,), "narration"), *said)
    return tuple((each.speaker, each.kind, "\n\n".join(each.paragraphs)) for each in said)


def paged(items: list[Item], page: int, *, size: int) -> tuple[list[Item], int]:
    """The items of a page of a list, the newest first, and how many pages there are."""
    ordered = sorted(items, key=lambda each: (each.day, each.time, each.number), reverse=True)
    pages = max(1, -(-len(ordered) // size))
    return ordered[(page - 1) * size : page * size], pages
