"""Pages as trees: what a selector finds, and the paragraphs of an element with who is named as speaking."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache
from typing import Any

from corpus.connectors.connector import Page
from corpus.connectors.recipe import Selector, parted
from corpus.errors import MarkupMoved
from corpus.read import decoded, markup
from corpus.read.transcript import Paragraph


def tree_of(page: Page) -> Any:
    """A page's tree; raises MarkupMoved for an empty page, RecordError for what is no text."""
    text = decoded(page.raw, path=page.url, html=True, charset=page.charset)
    if not text.strip():
        raise MarkupMoved("the page is empty", path=page.url)
    return markup.tree_of(text, name=page.url)


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


def paragraphs(body: Any, *, speakers: Container[Any] = ()) -> tuple[tuple[str, Paragraph], ...]:
    """The paragraphs of an element with the speaker that was named last, and how much of each begins in bold.

    `speakers` are the elements that name them; their words are no text. A colon behind a name goes with it.
    """
    found = [(speaker, each) for speaker, each in markup.spoken_in(body, speakers) if each.text.strip(" :")]
    return tuple((speaker, _without_colon(each) if speaker else each) for speaker, each in found)


def _without_colon(paragraph: Paragraph) -> Paragraph:
    text = re.sub(r"\A\s*:\s*", "", paragraph.text)
    return Paragraph(text, max(0, paragraph.bold - (len(paragraph.text) - len(text))))


def alternates(tree: Any) -> dict[str, str]:
    """Where a page says that it stands in other languages."""
    found = elements(tree, 'link[rel="alternate"][hreflang][href]')
    return {each.get("hreflang"): each.get("href") for each in found}
