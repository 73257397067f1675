"""Markdown files: what a reader sees, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.read.records import Defaults
from corpus.read.text import page
from corpus.read.transcript import Paragraph
from corpus.types import Document


def read_markdown(text: str, *, name: str, defaults: Defaults) -> Document:
    """A Markdown text as one document; its first heading is its title.

    >>> read_markdown("# Note\\n\\nIt was *said*.", name="n.md", defaults=Defaults()).text
    'Note\\n\\nIt was said.'
    """
    tokens = MarkdownIt("commonmark").parse(text)
    paragraphs: list[Paragraph] = []
    title = ""
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "inline":
            children = token.children or []
            plain = "".join(_visible(child.type, child.content) for child in children)
            paragraphs.append(Paragraph(plain, _bold(children)))
            if not title and before is not None and before.type == "heading_open":
                title = plain
        elif token.type in ("fence", "code_block"):
            paragraphs.append(Paragraph(token.content.rstrip()))
    text = "\n\n".join(each.text for each in paragraphs)
    return page(text, name=name, title=title or name, defaults=defaults, paragraphs=paragraphs)


def _bold(children: Sequence[Token]) -> int:
    """How many letters at the beginning are in bold."""
    length = depth = 0
    for child in children:
        depth += (child.type == "strong_open") - (child.type == "strong_close")
        visible = _visible(child.type, child.content)
        if visible and not depth:
            break
        length += len(visible)
    return length


def _visible(kind: str, content: str) -> str:
    if kind in ("text", "code_inline"):
        return content
    return "\n" if kind in ("softbreak", "hardbreak") else ""
