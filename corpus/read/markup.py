"""A page as a tree: what stands at a selector, and the paragraphs of a body with the words they begin in bold."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import takewhile
from typing import Any

from corpus.errors import RecordError
from corpus.read.transcript import Paragraph

_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2
    h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul""".split()
)
"""What ends a paragraph, before and behind it."""

_SILENT = frozenset("script style noscript template iframe object button select textarea svg head title".split())
"""What no reader of the page takes for its text."""

_BOLD = frozenset(["b", "strong"])
_BREAK = "\u2028"
"""Stands for <br> while line breaks of the source are folded."""


def tree_of(html: str, *, name: str = "") -> Any:
    """The page as a tree; raises RecordError for what holds no markup at all.

    >>> words_at(tree_of("<h1>A harbour <b>opens</b></h1>"), "h1")
    'A harbour opens'
    """
    # Imported here because only pages need it.
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    try:
        return document_fromstring(html.encode("utf-8"), parser=HTMLParser(encoding="utf-8", no_network=True))
    except ParserError as error:
        raise RecordError(f"this is not a page ({error})", path=name) from error


def words_of(element: Any) -> str:
    """The words of an element, or of an attribute's value, on one line."""
    text = element if isinstance(element, str) else element.text_content()
    return " ".join(text.split())


def words_at(tree: Any, *selectors: str) -> str:
    """The words of the first thing that has any, of the first CSS selector that finds one; empty where none does."""
    for selector in selectors:
        for element in tree.cssselect(selector):
            if words := words_of(element):
                return words
    return ""


def attribute_at(tree: Any, selector: str, attribute: str) -> str:
    """The first value of an attribute at a CSS selector; empty where there is none."""
    for element in tree.cssselect(selector):
        if value := (element.get(attribute) or "").strip():
            return str(value)
    return ""


def drop(tree: Any, *selectors: str) -> None:
    """Take away everything at these CSS selectors, but not the words behind it."""
    for selector in selectors:
        for element in tree.cssselect(selector):
            if element.getparent() is not None:
                element.drop_tree()


def paragraphs_in(body: Any) -> Iterator[Paragraph]:
    """The paragraphs of a body in order, and how much of each begins in bold; every word of it stands in one of them.

    >>> [each.text for each in paragraphs_in(tree_of("<div>One<p><b>Two:</b> three</p>four<br>five</div>"))]
    ['One', 'Two: three', 'four\\nfive']
    """
    return (paragraph for _, paragraph in spoken_in(body, ()))


def spoken_in(body: Any, speakers: Container[Any]) -> Iterator[tuple[str, Paragraph]]:
    """The same with the speaker that was named last: by an element of `speakers`, whose words are no text."""
    pieces: list[tuple[str, bool]] = []
    speaker = ""
    for piece in _pieces(body, speakers):
        if isinstance(piece, tuple):
            pieces.append(piece)
            continue
        yield from ((speaker, paragraph) for paragraph in _paragraph(pieces))
        pieces, speaker = [], speaker if piece is None else piece
    yield from ((speaker, paragraph) for paragraph in _paragraph(pieces))


def _pieces(body: Any, speakers: Container[Any]) -> Iterator[tuple[str, bool] | str | None]:
    """Every stretch of text, and whether it is in bold; None where a paragraph ends, a name where another one speaks."""
    from lxml.etree import iterwalk

    bold = silent = 0
    for event, element in iterwalk(body, events=("start", "end", "comment", "pi")):
        named = event in ("start", "end") and element in speakers
        if event == "start":
            if named and not silent:
                yield words_of(element).rstrip(" :")
            elif element.tag in _BLOCKS:
                yield None
            bold += element.tag in _BOLD
            silent += element.tag in _SILENT or named
            text = _BREAK if element.tag == "br" else element.text
        else:
            if event == "end":
                bold -= element.tag in _BOLD
                silent -= element.tag in _SILENT or named
                if element.tag in _BLOCKS:
                    yield None
            text = element.tail if element is not body else None
        if text and not silent:
            yield text, bold > 0


def _paragraph(pieces: Sequence[tuple[str, bool]]) -> Iterator[Paragraph]:
    text = _folded("".join(words for words, _ in pieces))
    if text:
        heading = takewhile(lambda piece: piece[1] or not piece[0].strip(), pieces)
        yield Paragraph(text, min(len(text), len(_folded("".join(words for words, _ in heading)))))


def _folded(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.split(_BREAK)).strip()
