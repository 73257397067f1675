"""What the publishers' own connectors share: a page as a tree, the entries of a list, and the document of a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from corpus.connectors.connector import Entry, Page
from corpus.errors import MarkupMoved, RecordError
from corpus.language import language_of
from corpus.read.markup import tree_of
from corpus.read.records import Defaults
from corpus.read.sites import Site, SitePage, body_of, date_of, hour_of, read_layout, site_document
from corpus.read.text import decoded
from corpus.read.turns import is_reporter
from corpus.types import Document, PartialDate, Translation


def tree(page: Page) -> Any:
    """The page as a tree; raises RecordError for what is no text or no page."""
    return tree_of(decoded(page.raw, path=page.url, html=True, charset=page.charset), name=page.url)


def listed(page: Page, *selectors: str) -> Sequence[Any]:
    """What stands at the first selector that finds anything; raises MarkupMoved that names them when none does."""
    built = tree(page)
    for selector in selectors:
        if found := built.cssselect(selector):
            return list(found)
    raise MarkupMoved(f"this is no list as it was: {', '.join(selectors)} was looked for", path=page.url)


def followed(page: Page, link: str) -> str:
    """The whole address of a link on a page, without the place within the page; empty where it is none.

    >>> followed(Page("https://marlo.example/news/", b""), "../speeches/12/#top")
    'https://marlo.example/speeches/12/'
    """
    try:
        url = urldefrag(urljoin(page.url, link.strip()))[0]
        return url if urlsplit(url).hostname else ""
    except ValueError:
        return ""


def of_host(url: str, host: str) -> bool:
    """True for an address of this host, with or without a name before it.

    >>> of_host("https://www.marlo.example/1", "marlo.example"), of_host("https://notmarlo.example/1", "marlo.example")
    (True, False)
    """
    found = urlsplit(url).hostname or ""
    return found == host or found.endswith("." + host)


def document_at(
    page: Page, *, entry: Entry, site: Site, language: str, home: str = "",
    speaker: Callable[[str], str | None] = lambda title: None,
) -> Document:  # fmt: skip
    """The document of a page of a known site, under the entry's id and address; raises MarkupMoved and RecordError.

    `home` is the language in which the publisher writes first; its own pages in another one are official translations.
    `speaker` tells from the title who says a text that marks no turns, and who answers where only answers are marked.
    """
    return _document(read_layout(tree(page), site, name=page.url), entry, language, home, speaker)


def document_in(entry: Entry, *, content: str, lead: str, time: str, site: Site, language: str, home: str) -> Document:
    """The document of an entry whose whole text its list holds, as HTML; raises RecordError where that says nothing."""
    body = tree_of(content, name=entry.url)
    known = SitePage(
        site, entry.title, time, lead, body_of(body, site), entry.url, language, time=hour_of(time),
    )  # fmt: skip
    return _document(known, entry, language, home, lambda title: None)


def _document(
    known: SitePage, entry: Entry, language: str, home: str, speaker: Callable[[str], str | None]
) -> Document:
    given = Defaults(language=language, date=date_of(known.date) or _day(entry), speaker=speaker(known.title))
    read = site_document(known, name=entry.url, defaults=given)
    _refuse_other_language(read, (known.language or "")[:2].lower())
    translation: Translation | None = "official" if home and home != language else None
    speakers = speakers_of(read) or read.speakers
    return replace(read, id=entry.id, url=entry.url, translation=translation, speakers=speakers)


def _refuse_other_language(document: Document, declared: str) -> None:
    """Raise RecordError for the page of the other language, which sites show where one is missing."""
    told = language_of(document.text)
    if told != document.language and (declared == told or (not declared and len(document.text) >= _ENOUGH)):
        raise RecordError(
            f"it is in another language ({told}) than it should be ({document.language})", path=document.url or ""
        )


_ENOUGH = 300
"""Letters from which a text's language can be told without anything else that says it."""


def speakers_of(document: Document) -> tuple[str, ...]:
    """Who speaks, by the labels of the turns, each once; those under which questions stand are nobody's."""
    labels = (turn.speaker for turn in document.turns if turn.speaker and not is_reporter(turn.speaker))
    return tuple(dict.fromkeys(labels))


def _day(entry: Entry) -> PartialDate | None:
    day = entry.published
    return PartialDate(day.year, day.month, day.day) if day else None
