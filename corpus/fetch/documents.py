"""What was fetched, as a document of where it was fetched from."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from urllib.parse import unquote

from corpus.captures import Capture
from corpus.errors import FetchFailed, RecordError
from corpus.fetch.fetching import Fetched, fetch
from corpus.fetch.limits import LIMITS, Limits
from corpus.fetch.network import SYSTEM, Network
from corpus.fetch.policy import Policy
from corpus.read import NO_DEFAULTS, Defaults, read_bytes
from corpus.types import Document


@dataclass(frozen=True, slots=True)
class Arrived:
    """A document with the bytes that it was read from."""

    document: Document
    capture: Capture


def document_at(
    written: str,
    policy: Policy,
    *,
    defaults: Defaults = NO_DEFAULTS,
    network: Network = SYSTEM,
    limits: Limits = LIMITS,
) -> Document:
    """The document at a link, without its bytes; raises FetchError that names it."""
    return arrived_at(written, policy, defaults=defaults, network=network, limits=limits).document


def arrived_at(
    written: str,
    policy: Policy,
    *,
    defaults: Defaults = NO_DEFAULTS,
    network: Network = SYSTEM,
    limits: Limits = LIMITS,
) -> Arrived:
    """Fetch a link and read it with the reader of its kind; raises FetchError that names it."""
    found = fetch(written, policy, network=network, limits=limits)
    if found.content.suffix == ".html" and found.raw.count(b"<") > limits.tags:
        raise FetchFailed(
            "the page is too large to tell its text from the rest; give the text that you need", link=found.link
        )
    try:
        read = read_bytes(
            found.raw, found.content.suffix, name=found.link, defaults=defaults, charset=found.content.charset
        )
    except RecordError as error:
        raise FetchFailed(
            f"{error.args[0]}; save what you see and give the file or the text", link=found.link
        ) from error
    document = replace(
        read,
        id=_id(found.link),
        publisher=defaults.publisher or _publisher(read, found.host),
        title=read.title if read.title != found.link else _name(found.link),
        url=found.link,
        metadata=_provenance(found, read),
    )
    return Arrived(document, Capture(found.link, "response", found.raw, found.fetched_at, found.headers))


def _publisher(read: Document, host: str) -> str:
    """The name that the page gives itself with the host that it came from: anybody can give themselves a name.

    >>> from corpus.read.text import page
    >>> _publisher(page("Text.", name="n", title="t", defaults=Defaults("Harbour News")), "news.example")
    'Harbour News (news.example)'
    """
    host = host.removeprefix("www.")
    named = "" if read.publisher == "added by hand" else read.publisher
    return named if host in named.lower() else f"{named} ({host})" if named else host


def _id(link: str) -> str:
    """From the link alone: the same page with other words is a new version, and another page is not."""
    plain = re.sub(r"[^a-z0-9а-яёіїєґ]+", "-", unquote(link.partition("://")[2]).casefold()).strip("-")
    return f"link-{plain[:80].rstrip('-')}-{hashlib.sha256(link.encode()).hexdigest()[:8]}"


def _name(link: str) -> str:
    """The last part of a link, for what has no title."""
    return unquote(link.partition("?")[0].rstrip("/").rpartition("/")[2]) or link


def _provenance(found: Fetched, read: Document) -> dict[str, object]:
    kept: dict[str, object] = {"fetched_at": found.fetched_at, "fetched_sha256": found.sha256}
    if found.asked != found.link:
        kept["asked_for"] = found.asked
    if read.url and read.url != found.link:
        kept["canonical_url"] = read.url  # what the page says of itself, which need not be so
    return kept
