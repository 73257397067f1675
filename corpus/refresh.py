"""Looking again at the sources of documents that were fetched, and storing what changed there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from corpus.errors import FetchError, SourceGone
from corpus.read import Defaults
from corpus.store import Corpus
from corpus.types import Document

if TYPE_CHECKING:
    from corpus.fetch.documents import Arrived

Outcome = Literal["same", "changed", "gone", "failed", "no-address", "synced"]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a source says now: the version that it shows, or why none could be had."""

    document_id: str
    outcome: Outcome
    version: int
    says: str = ""


def refresh(corpus: Corpus, ids: Iterable[str], *, arrive: Callable[[str, Defaults], Arrived]) -> Iterator[Refreshed]:
    """Fetch each document's address again; a source that fails is reported and the rest goes on.

    What was said of a document when it was added is said of its new version too. Raises DocumentNotFound.
    """
    for id in ids:
        stored = corpus.document(id)
        number = stored.version.number
        if (source := corpus.history.source_of(id)) is not None:
            # Read by anything but its connector, the same page would look changed.
            says = f"it comes from the source {source}; “onrecord corpus sync {source} --recheck DAYS” looks again"
            yield Refreshed(id, "synced", number, says)
            continue
        if not stored.document.url:
            yield Refreshed(id, "no-address", number, "it has no address")
            continue
        try:
            arrived = arrive(stored.document.url, _said_of(stored.document))
        except SourceGone as error:
            corpus.history.gone(id)
            yield Refreshed(id, "gone", number, str(error))
        except FetchError as error:
            yield Refreshed(id, "failed", number, str(error))
        else:
            (added,) = corpus.add([_same(stored.document, arrived.document)])
            corpus.history.observed(id, added.version, found=arrived.capture)
            yield Refreshed(id, "same" if added.version == number else "changed", added.version)


def _said_of(held: Document) -> Defaults:
    speaker = held.speakers[0] if len(held.speakers) == 1 else None
    return Defaults(held.publisher, speaker, None, held.language, held.kind, held.licence, held.tier)


def _same(held: Document, found: Document) -> Document:
    """The new words under the id of the old ones, wherever the address leads now.

    A date belongs to words: where they are the same, so is what was said of their day when they were added, by an editor perhaps.
    """
    dates = (held.date, found.date) if found.text == held.text else (found.date, held.date)
    return replace(
        found, id=held.id, publisher=held.publisher, date=dates[0] or dates[1], url=held.url,
        translation=held.translation, speakers=found.speakers or held.speakers,
    )  # fmt: skip
