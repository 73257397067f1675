"""Web pages that were saved: those of known publishers by their layout, the main text of others by trafilatura.

The one home of that library.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Any

from corpus.errors import RecordError
from corpus.read.records import Defaults
from corpus.read.sites import read_site, site_document
from corpus.read.text import page
from corpus.read.transcript import Paragraph
from corpus.types import Document, PartialDate

# Characters that no text has: private use, and only icons are known there.
_FIRST_MARK, _MARKS = 0xF0000, 0xFFFD
_MARK = re.compile(f"[{chr(_FIRST_MARK)}-{chr(_FIRST_MARK + _MARKS)}]")


def read_html(html: str, *, name: str, defaults: Defaults) -> Document:
    """The main text of a page as one document, with the title, date and address it gives.

    Raises RecordError when no main text can be told from the rest.
    """
    known = read_site(html)
    if known is not None:
        return site_document(known, name=name, defaults=defaults)
    # Imported here because it takes a second and only saved pages need it. Duplicate removal stays off: its
    # memory is the whole process', and the fifth reading of a page would come out empty.
    from trafilatura import bare_extraction, load_html
    from trafilatura.xml import xmltotxt

    tree = load_html(html)
    if tree is not None:
        _mark_repeats(tree)
    try:
        found = bare_extraction(
            tree,
            include_comments=False,
            include_tables=True,
            include_formatting=True,
            deduplicate=False,
            with_metadata=True,
        )
    except AssertionError:  # a picture's element around everything: the library cannot take the root off
        found = None
    if found is None or isinstance(found, dict):
        raise RecordError("no main text found in the page", path=name)
    _unmark(found.body)
    text = xmltotxt(found.body, include_formatting=False)
    if not text.strip():
        raise RecordError("no main text found in the page", path=name)
    paragraphs = _paragraphs(text, _bold_beginnings(found.body))
    given = replace(
        defaults, publisher=defaults.publisher or found.sitename or None, date=defaults.date or _date(found.date)
    )
    shown = "\n\n".join(each.text for each in paragraphs)
    return page(
        shown, name=name, title=found.title or name, defaults=given, url=found.url or None, paragraphs=paragraphs
    )


def _mark_repeats(tree: Any) -> None:
    """Give a paragraph that repeats an earlier one a sign before it.

    Where a page has no element for its main part, the library keeps each paragraph once. A name that stands on a line
    of its own would be gone at its second turn, and the words after it credited to whoever spoke before.
    """
    met: Counter[str] = Counter()
    for element in tree.iter("p", "blockquote", "pre"):
        text = " ".join(element.text_content().split())
        if text and met[text]:
            element.text = chr(_FIRST_MARK + min(met[text], _MARKS)) + (element.text or "")
        met[text] += 1


def _unmark(body: Any) -> None:
    for element in body.iter("*"):
        element.text, element.tail = (each and _MARK.sub("", each) for each in (element.text, element.tail))


def _paragraphs(text: str, bold: tuple[str, ...]) -> tuple[Paragraph, ...]:
    """The library ends a paragraph with one line break; ours stand apart by a blank line."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return tuple(
        Paragraph(line, max((len(each) for each in bold if line.startswith(each)), default=0)) for line in lines
    )


def _bold_beginnings(body: Any) -> tuple[str, ...]:
    """The words in bold with which paragraphs begin, each once."""
    found = {
        " ".join("".join(element[0].itertext()).split())
        for element in body.iter("p", "item", "cell")
        if len(element)
        and not (element.text or "").strip()
        and (element[0].tag, element[0].get("rend")) == ("hi", "#b")
    }
    return tuple(sorted(found - {""}))


def _date(text: str | None) -> PartialDate | None:
    try:
        return PartialDate.parse(text) if text else None
    except ValueError:
        return None
