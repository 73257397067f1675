"""The White House: statements, and briefings and remarks with reporters' questions.

The addresses have no number; a document's id is its section, month and name there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from corpus.connectors.connector import Entry, Listing, Page, Window
from corpus.connectors.pages import document_at, followed, listed, of_host
from corpus.connectors.titles import speaker_in
from corpus.errors import MarkupMoved
from corpus.read.markup import attribute_at, words_at
from corpus.read.sites import WHITE_HOUSE, date_of
from corpus.types import Document

_HOST = "https://www.whitehouse.gov"
_LISTS = ("/briefings-statements/", "/remarks/")
_ITEM = re.compile(r"/(?P<section>briefings-statements|remarks|releases)/(?P<month>\d{4}/\d{2})/(?P<name>[\w.%-]+)/?")
_ENTRY = ("li.wp-block-post", ".wp-block-post")
_TITLE = (".wp-block-post-title", "h2")
_KINDS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("briefing", r"\b(?:press )?(?:briefing|gaggle)\b"),
        ("joint-press-conference", r"\bjoint (?:press|news) conference"),
        ("press-conference", r"\b(?:press|news) (?:conference|availability)"),
        ("interview", r"\binterview\b"),
        ("remarks", r"\b(?:remarks|address)\b"),
        ("phone-readout", r"\bread-?out\b.*\bcall\b"),
        ("readout", r"\bread-?out\b"),
        ("letter", r"^(?:a )?(?:text of (?:a |the )?)?letter\b"),
    )
)


@dataclass(frozen=True, slots=True)
class WhiteHouse:
    """The lists of whitehouse.gov as they are since January 2025."""

    name: str = "whitehouse"
    title: str = "The White House: statements, briefings and remarks"
    facts: str = (
        "Public scrapers of 2025 and 2026; no saved page was seen, and transcripts of 2009 to 2017 for how turns are laid"
        " out. Not yet run against the live site. The sites of earlier administrations are built otherwise."
    )

    def starts(self, window: Window) -> tuple[str, ...]:
        """The newest page of every list; there is no list by day."""
        return tuple(_HOST + path for path in _LISTS)

    def listing(self, page: Page) -> Listing:
        """A page of a list: its items, newest first, and the link to the older ones; raises MarkupMoved."""
        items = listed(page, *_ENTRY)
        entries = [_entry(page, item) for item in items]
        older = attribute_at(items[0].getroottree().getroot(), "a.wp-block-query-pagination-next, a.next", "href")
        return Listing(tuple(entry for entry in entries if entry), followed(page, older) or None if older else None)

    def document(self, page: Page, *, entry: Entry) -> Document:
        """The document of an item's page; raises MarkupMoved and RecordError."""
        read = document_at(page, entry=entry, site=WHITE_HOUSE, language="en", speaker=speaker_in)
        kind = next((kind for kind, pattern in _KINDS if pattern.search(read.title)), "statement")
        return replace(read, kind=kind)


def _entry(page: Page, item: Any) -> Entry | None:
    url = followed(page, attribute_at(item, ", ".join(f"{css} a[href]" for css in _TITLE), "href"))
    if not url:
        raise MarkupMoved(f"an item has no link in {' or '.join(_TITLE)}, which was looked for", path=page.url)
    found = _ITEM.fullmatch(urlsplit(url).path)
    if found is None or not of_host(url, "whitehouse.gov"):
        return None
    day = date_of(attribute_at(item, "time[datetime]", "datetime") or words_at(item, "time", ".wp-block-post-date"))
    id = f"whitehouse-{found['section']}-{found['month'].replace('/', '-')}-{found['name'].lower()}"
    return Entry(id, url, day.to_date() if day else None, title=words_at(item, *_TITLE))


WHITEHOUSE = WhiteHouse()
