"""Pages as trees: what a selector finds, and the paragraphs of an element with who is named as speaking."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from corpus.connectors.connector import Page
from corpus.connectors.recipe import Selector, parted
from corpus.errors import MarkupMoved
from corpus.read import decoded
from corpus.read.transcript import Paragraph

_BLOCKS = frozenset(
    """
    address article aside blockquote body dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
    header hr li main nav ol p pre section summary table td th tr ul
    """.split()
)
_UNSEEN = frozenset("script style noscript template head iframe object svg".split())
_BOLD = frozenset(("b", "strong"))
_BREAK = "\u2028"
"""Stands for <br> while line breaks of the source are folded."""


def tree_of(page: Page) -> Any:
    """A page's tree; raises MarkupMoved for an empty page, RecordError for what is no text."""
    # Imported here because only pages need it.
    from lxml.html import HTMLParser, document_fromstring

    text = decoded(page.raw, path=page.url, html=True, charset=page.charset)
    if not text.strip():
        raise MarkupMoved("the page is empty", path=page.url)
    return document_fromstring(text.encode("utf-8"), parser=HTMLParser(encoding="utf-8", no_network=True))


def elements(root: Any, css: str) -> list[Any]:
    """The elements below (or at the top of) a tree that a CSS selector finds, in order."""
    return list(_path(css)(root))


@lru_cache(maxsize=512)
def _path(css: str) -> Any:
    from cssselect import HTMLTranslator
    from lxml.etree import XPath

    return XPath(HTMLTranslator().css_to_xpath(css, prefix="descendant-or-self::"))


def texts(root: Any, selector: Selector) -> tuple[str, ...]:
    """What the first of a selector's CSS that finds anything finds, each with spaces folded; empty ones are left out."""
    for each in selector.css:
        css, attribute = parted(each)
        at = elements(root, css) if css else [root]
        found = tuple(text for text in (_taken(element, attribute, selector.take) for element in at) if text)
        if found:
            return found
    return ()


def first(root: Any, selector: Selector | None) -> str:
    """The first thing that a selector finds; nothing where there is none."""
    return next(iter(texts(root, selector)), "") if selector is not None else ""


def _taken(element: Any, attribute: str, take: str) -> str:
    text = " ".join(str(element.get(attribute) or "" if attribute else element.text_content()).split())
    if not take:
        return text
    match = re.search(take, text)
    return match[1].strip() if match and match[1] else ""


@dataclass(slots=True)
class _Reading:
    """Paragraphs as they are put together."""

    speakers: Container[Any]
    found: list[tuple[str, Paragraph]] = field(default_factory=list)
    speaker: str = ""
    text: str = ""
    bold: str = ""
    bold_ends: bool = False

    def add(self, text: str | None, *, bold: bool) -> None:
        folded = re.sub(r"[^\S\u2028]+", " ", text or "")
        if folded.strip() and not bold:
            self.bold_ends = True
        if bold and not self.bold_ends:
            self.bold += folded
        self.text += folded

    def close(self) -> None:
        text = "\n".join(" ".join(line.split()) for line in self.text.split(_BREAK)).strip()
        if text:
            self.found.append((self.speaker, Paragraph(text, min(len(text), len(self.bold.strip())))))
        self.text, self.bold, self.bold_ends = "", "", False

    def walk(self, element: Any, *, bold: bool = False) -> None:
        if not isinstance(element.tag, str) or element.tag in _UNSEEN:
            return
        if element in self.speakers:
            self.close()
            self.speaker = " ".join(element.text_content().split()).rstrip(" :")
            return
        block = element.tag in _BLOCKS
        if block:
            self.close()
        if element.tag == "br":
            self.add(_BREAK, bold=bold)
        bold = bold or element.tag in _BOLD
        self.add(element.text, bold=bold)
        for child in element:
            self.walk(child, bold=bold)
            self.add(child.tail, bold=bold)
        if block:
            self.close()


def paragraphs(body: Any, *, speakers: Container[Any] = ()) -> tuple[tuple[str, Paragraph], ...]:
    """The paragraphs of an element with the speaker that was named last, and how much of each begins in bold.

    `speakers` are the elements that name them; their words are no text. A colon behind a name goes with it.
    """
    reading = _Reading(speakers)
    reading.walk(body)
    reading.close()
    return tuple((speaker, _without_colon(each) if speaker else each) for speaker, each in _told(reading.found))


def _told(found: list[tuple[str, Paragraph]]) -> Iterator[tuple[str, Paragraph]]:
    return ((speaker, each) for speaker, each in found if each.text.strip(" :"))


def _without_colon(paragraph: Paragraph) -> Paragraph:
    text = re.sub(r"\A\s*:\s*", "", paragraph.text)
    return Paragraph(text, max(0, paragraph.bold - (len(paragraph.text) - len(text))))


def alternates(tree: Any) -> dict[str, str]:
    """Where a page says that it stands in other languages."""
    found = elements(tree, 'link[rel="alternate"][hreflang][href]')
    return {each.get("hreflang"): each.get("href") for each in found}
