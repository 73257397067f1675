"""Markdown files: what a reader sees, paragraph by paragraph."""

from __future__ import annotations

from markdown_it import MarkdownIt

from corpus.read.records import Defaults
from corpus.read.text import page
from corpus.types import Document


def read_markdown(text: str, *, name: str, defaults: Defaults) -> Document:
    """A Markdown text as one document; its first heading is its title.

    >>> read_markdown("# Note\\n\\nIt was *said*.", name="n.md", defaults=Defaults()).text
    'Note\\n\\nIt was said.'
    """
    tokens = MarkdownIt("commonmark").parse(text)
    paragraphs: list[str] = []
    title = ""
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "inline":
            plain = "".join(_visible(child.type, child.content) for child in token.children or [])
            paragraphs.append(plain)
            if not title and before is not None and before.type == "heading_open":
                title = plain
        elif token.type in ("fence", "code_block"):
            paragraphs.append(token.content.rstrip())
    return page("\n\n".join(paragraphs), name=name, title=title or name, defaults=defaults)


def _visible(kind: str, content: str) -> str:
    if kind in ("text", "code_inline"):
        return content
    return "\n" if kind in ("softbreak", "hardbreak") else ""
