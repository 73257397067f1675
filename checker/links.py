"""Articles and sources by their links, as far as the settings allow: the checker's one way to the fetcher."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.errors import SettingsError
from checker.settings import Settings
from checker.types import Article
from corpus.fetch import Policy, PrivateHost
from corpus.read import NO_DEFAULTS, Defaults
from corpus.types import Document

if TYPE_CHECKING:
    from corpus.fetch.documents import Arrived


def policy_of(settings: Settings) -> Policy:
    """What the settings allow to be fetched; raises SettingsError for a private host that is none.

    >>> policy_of(Settings(egress="off")).egress
    False
    """
    hosts = [each.strip() for each in settings.private_hosts.split(",") if each.strip()]
    try:
        return Policy(settings.egress == "on", tuple(PrivateHost.parse(each) for each in hosts))
    except ValueError as error:
        raise SettingsError(
            f"ONRECORD_PRIVATE_HOSTS: {error}; write hosts as wiki.paper.example or wiki:8080"
        ) from error


def article_at(link: str, settings: Settings) -> Article:
    """The article at a link, with the title and date that its page gives; raises FetchError."""
    found = source_at(link, settings)
    return article_of(found, id=found.url or link)


def article_of(document: Document, *, id: str) -> Article:
    """A document that was read as the article it is: with the labels that it prints.

    A date that was read out of the text is left to the checker's own, stricter rule: no statement can be later than it.
    """
    date = None if "date_from" in document.metadata else document.date
    return Article(id=id, text=document.printed, title=document.title, date=date, url=document.url)


def source_at(link: str, settings: Settings, *, defaults: Defaults = NO_DEFAULTS) -> Document:
    """The document at a link, without its bytes; raises FetchError."""
    return arrived_at(link, settings, defaults=defaults).document


def arrived_at(link: str, settings: Settings, *, defaults: Defaults = NO_DEFAULTS) -> Arrived:
    """The document at a link with its bytes, to be stored as a source; raises FetchError."""
    # Imported here because the HTTP library takes a fifth of a second, and few runs fetch anything.
    from corpus.fetch import documents

    return documents.arrived_at(link, policy_of(settings), defaults=defaults)
