"""Pages of publishers whose layout is known: title, day, lead and paragraphs by selector, nothing else of the page.

What the general reader of pages cannot know: that a Kremlin page hides biographies beside names, that its lead stands
apart from its text, and where the same page is in another language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus.read.transcript import Paragraph

_CC_BY = "Creative Commons Attribution 4.0 International (the page's source must be named)"


@dataclass(frozen=True, slots=True)
class Site:
    """Where things stand on a publisher's pages, as XPath; `lead` and `date` may be missing there."""

    publisher: str
    hosts: tuple[str, ...]
    title: str
    date: str
    body: str
    lead: str = ""
    dropped: tuple[str, ...] = ()
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class SitePage:
    """What a page of a known site says."""

    site: Site
    title: str
    date: str
    lead: str
    paragraphs: tuple[Paragraph, ...]
    url: str | None
    language: str | None
    twins: Mapping[str, str] = field(default_factory=dict)
    """Addresses of the same page in other languages."""


def _class(name: str, tag: str = "*") -> str:
    return f"//{tag}[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"


SITES = (
    Site(
        "President of Russia (kremlin.ru)", ("kremlin.ru",),
        title=_class("entry-title", "h1"),
        date=_class("read__published", "time") + "/@datetime",
        lead=_class("read__lead"),
        body=_class("read__internal_content"),
        dropped=(_class("read__bottommeta"), _class("masha-ignore"), _class("read__tooltip"), "//figure"),
        licence=_CC_BY,
    ),
    Site(
        "President of Ukraine (president.gov.ua)", ("president.gov.ua",),
        title="//h1",
        date="//h1/following-sibling::*[1][contains(concat(' ', normalize-space(@class), ' '), ' date ')]",
        body=_class("article_content"),
    ),
)  # fmt: skip
"""From the pages that public mirrors and scrapers hold; the Russian Foreign Ministry's are read by the general reader."""


def read_site(html: str) -> SitePage | None:
    """A page of a known site; None for every other page, and for one whose text is not where it should be."""
    # Imported here because only saved pages need it.
    from lxml.html import document_fromstring

    if not html.strip():
        return None
    tree: Any = document_fromstring(html.encode("utf-8"), parser=_parser())
    url = _first(tree, "//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    for site in SITES:
        bodies = tree.xpath(site.body)
        title = _first(tree, site.title)
        named = any(host in (url or html[:20_000]) for host in site.hosts)
        if named and bodies and title:
            for dropped in site.dropped:
                for element in tree.xpath(dropped):
                    element.drop_tree()
            paragraphs = tuple(_paragraphs(bodies[0]))
            if paragraphs:
                twins = {link.get("hreflang"): link.get("href") for link in tree.xpath(_TWINS)}
                lead = _first(tree, site.lead) if site.lead else ""
                return SitePage(
                    site, title, _first(tree, site.date), lead, paragraphs, url or None, tree.get("lang"), twins
                )
    return None


_TWINS = "//link[@rel='alternate'][@hreflang][@href]"


def _parser() -> Any:
    from lxml.html import HTMLParser

    return HTMLParser(encoding="utf-8", no_network=True)


def _first(tree: Any, path: str) -> str:
    for found in tree.xpath(path):
        return " ".join((found if isinstance(found, str) else found.text_content()).split())
    return ""


def _paragraphs(body: Any) -> Iterator[Paragraph]:
    """The paragraphs of a body, and how much of each begins in bold."""
    for line_break in body.iter("br"):
        line_break.tail = _BREAK + (line_break.tail or "")
    for element in body.iter("p", "li", "h2", "h3", "h4", "blockquote"):
        if element.tag == "blockquote" and element.find(".//p") is not None:
            continue
        text = "\n".join(" ".join(line.split()) for line in element.text_content().split(_BREAK)).strip()
        if text:
            yield Paragraph(text, min(len(text), len(_bold(element))))


_BREAK = "\u2028"
"""Stands for <br> while line breaks of the source are folded."""


def _bold(element: Any) -> str:
    """The words at the beginning that are in bold."""
    if (element.text or "").strip() or not len(element) or element[0].tag not in ("b", "strong"):
        return ""
    return " ".join(element[0].text_content().split())
