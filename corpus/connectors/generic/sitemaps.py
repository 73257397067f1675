"""Sitemaps (sitemaps.org) and their indexes, packed or not; the time of a page's last change is its mark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from corpus.connectors.connector import Entry, Listing, Page
from corpus.connectors.generic.days import day_of
from corpus.connectors.generic.links import absolute, id_of, wanted
from corpus.connectors.generic.lists import moved
from corpus.connectors.generic.packed import unpacked
from corpus.connectors.recipe import Dates, Recipe

MOST = 50_000
"""Addresses of one sitemap, as its standard says."""


def sitemap_listing(page: Page, recipe: Recipe) -> Listing:
    """The pages that a sitemap names, last changed first, or the sitemaps that an index names; raises MarkupMoved."""
    from lxml.etree import XMLParser, XMLSyntaxError, fromstring

    # No entity is read and nothing is loaded: a sitemap needs neither.
    parser = XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True)
    try:
        root = fromstring(unpacked(page), parser)
    except (XMLSyntaxError, ValueError) as error:
        raise moved(page, recipe, f"this is no sitemap ({error})") from error
    kind = _local(root)
    if kind == "sitemapindex":
        return Listing((), others=tuple(link for link, _, _ in _named(root, page)))
    if kind != "urlset":
        raise moved(page, recipe, f"this is no sitemap but “{kind}”")
    entries: dict[str, Entry] = {}
    for link, changed, element in _named(root, page):
        if wanted(link, recipe):
            published = _in_address(link, recipe) or day_of(_text(element, "publication_date"), Dates())
            entry = Entry(id_of(link, recipe), link, published, changed, _text(element, "title"))
            entries.setdefault(entry.id, entry)
    return Listing(tuple(entries.values()))


def _in_address(link: str, recipe: Recipe) -> date | None:
    """The day that an address holds, where the recipe says how."""
    pattern = recipe.list.date.take if recipe.list.date is not None else ""
    found = re.search(pattern, link) if pattern else None
    return day_of(found[1], recipe.dates) if found and found[1] else None


def _named(root: Any, page: Page) -> list[tuple[str, str, Any]]:
    """Address, time of the last change and element of each; what was changed last comes first."""
    found = [(absolute(page.url, _text(each, "loc")), _text(each, "lastmod"), each) for each in list(root)[:MOST]]
    return sorted((each for each in found if each[0]), key=lambda each: each[1], reverse=True)


def _text(element: Any, name: str) -> str:
    return next((" ".join((each.text or "").split()) for each in _below(element) if _local(each) == name), "")


def _below(element: Any) -> Iterator[Any]:
    return (each for each in element.iter() if isinstance(each.tag, str))


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
