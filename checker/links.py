"""Articles and sources by their links, as far as the settings allow: the checker's one way to the fetcher."""

from __future__ import annotations

from checker.errors import SettingsError
from checker.settings import Settings
from checker.types import Article
from corpus.fetch import Policy, PrivateHost
from corpus.read import NO_DEFAULTS, Defaults
from corpus.types import Document


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
    return Article(id=found.url or link, text=found.text, title=found.title, date=found.date, url=found.url)


def source_at(link: str, settings: Settings, *, defaults: Defaults = NO_DEFAULTS) -> Document:
    """The document at a link, to be stored as a source; raises FetchError."""
    # Imported here because the HTTP library takes a fifth of a second, and few runs fetch anything.
    from corpus.fetch.documents import document_at

    return document_at(link, policy_of(settings), defaults=defaults)
