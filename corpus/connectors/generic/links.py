"""The addresses of a list's entries: in full, as far as the recipe wants them, and the ids that are made of them."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import unquote, urldefrag, urljoin

from corpus.connectors.recipe import Recipe

_LONGEST = 60


def absolute(base: str, link: str) -> str:
    """A link in full, without the place on the page; nothing where it is none that can be followed."""
    if not link.strip():
        return ""
    try:
        found = urldefrag(urljoin(base, link.strip())).url
    except ValueError:
        return ""
    return found if found.partition("://")[0] in ("http", "https") else ""


def wanted(link: str, recipe: Recipe) -> bool:
    """True for an address that the recipe allows."""
    lists = recipe.list
    return bool(re.search(lists.allow, link)) and not (lists.deny and re.search(lists.deny, link))


def id_of(link: str, recipe: Recipe) -> str:
    """The id of the document at an address: the publisher's own number, or made of the address.

    An address in which the recipe's pattern finds nothing is not lost: its id is made of it.
    """
    if recipe.list.id and (found := re.search(recipe.list.id, link)) and found[1]:
        own = slug(found[1])
        # Names that only their ends tell apart must not become one document.
        return f"{recipe.name}-{own}" if len(own) < _LONGEST - 1 else f"{recipe.name}-{own}-{hashed(found[1])}"
    return f"{recipe.name}-{slug(link.partition('://')[2].partition('/')[2])}-{hashed(link)}"


def slug(text: str) -> str:
    """Small letters and hyphens.

    >>> slug("news/2031/Ferry%20fares")
    'news-2031-ferry-fares'
    """
    plain = re.sub(r"[^\w]+|_+", "-", unquote(text).casefold()).strip("-")
    return plain[:_LONGEST].rstrip("-") or "page"


def hashed(text: str) -> str:
    """Eight hexadecimal digits that tell one address from another."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:8]
