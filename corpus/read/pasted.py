"""Texts that a reader pastes as a source."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from corpus.read.records import Defaults
from corpus.read.text import read_text
from corpus.types import Document


def read_pasted(text: str, *, defaults: Defaults, link: str | None = None) -> Document:
    """A pasted text as one document; `link` is where it is said to stand, and nobody has looked there.

    >>> read_pasted("A headline\\n\\nWhat was said.", defaults=Defaults("Harbour office")).id
    'pasted-a-headline-7350c4d6'
    """
    read = read_text(text, name="a pasted text", defaults=defaults)
    plain = re.sub(r"[^a-z0-9а-яёіїєґ]+", "-", read.title.casefold()).strip("-")[:60].rstrip("-")
    # The publisher counts too: the same words of two publishers are two documents.
    mark = hashlib.sha256(f"{read.publisher}\n{read.text}".encode()).hexdigest()[:8]
    return replace(read, id=f"pasted-{plain}-{mark}", url=link, metadata={**read.metadata, "pasted": True})
