"""Web pages that were saved: the main text, by trafilatura; the one home of that library."""

from __future__ import annotations

from dataclasses import replace

from corpus.errors import RecordError
from corpus.read.records import Defaults
from corpus.read.text import page
from corpus.types import Document, PartialDate


def read_html(html: str, *, name: str, defaults: Defaults) -> Document:
    """The main text of a page as one document, with the title, date and address it gives.

    Raises RecordError when no main text can be told from the rest.
    """
    # Imported here because it takes a second and only saved pages need it. Duplicate removal stays off: its
    # memory is the whole process', and the fifth reading of a page would come out empty.
    from trafilatura import bare_extraction

    found = bare_extraction(html, include_comments=False, include_tables=True, deduplicate=False, with_metadata=True)
    if found is None or isinstance(found, dict) or not found.text:
        raise RecordError("no main text found in the page", path=name)
    text = _paragraphs(found.text)
    publisher, date = defaults.publisher or found.sitename or None, defaults.date or _date(found.date)
    given = replace(defaults, publisher=publisher, date=date)
    return page(text, name=name, title=found.title or name, defaults=given, url=found.url or None)


def _paragraphs(text: str) -> str:
    """The library ends a paragraph with one line break; ours stand apart by a blank line."""
    return "\n\n".join(line.strip() for line in text.split("\n") if line.strip())


def _date(text: str | None) -> PartialDate | None:
    try:
        return PartialDate.parse(text) if text else None
    except ValueError:
        return None
