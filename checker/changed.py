"""What became of the words that a finding rests on: changed since at the source, in an earlier version only, or gone."""

from __future__ import annotations

from dataclasses import replace

from checker.tongue import Message, worded
from checker.types import Evidence, Warning
from corpus.collections import Searchable
from corpus.differences import Difference, touched
from corpus.history import Edition
from corpus.store import Corpus

CHANGED, GONE, EMBARGO = "source-changed", "source-gone", "embargo"

_SHOWN = 160
"""Characters of the other wording in a warning; the page of versions has it all."""


def with_changes(place: Evidence, corpus: Searchable) -> Evidence:
    """The place with a warning where its words read otherwise in another version, and where its source is gone."""
    held = corpus.within(place.collection)
    found = [*_changes(place, held), *_gone(place, held)]
    return replace(place, warnings=(*place.warnings, *found)) if found else place


def with_embargo(place: Evidence, corpus: Searchable) -> Evidence:
    """The place with a warning where it lies in a private collection under embargo."""
    if place.collection is None:
        return place
    until = corpus.within(place.collection).terms().embargo_until
    if until is None:
        return place
    says = worded(
        "This source lies in the private collection “%(collection)s”, under embargo until %(day)s.",
        collection=place.collection,
        day=until.isoformat(),
    )
    return replace(place, warnings=(*place.warnings, Warning(EMBARGO, says)))


def reads_otherwise(place: Evidence) -> bool:
    """True for a place that was found to read otherwise in another version."""
    return any(warning.code == CHANGED for warning in place.warnings)


def _changes(place: Evidence, corpus: Corpus) -> list[Warning]:
    id, number = place.document.id, place.version.number
    editions = corpus.history.editions(id)
    if len(editions) < 2:
        return []
    current = next(each for each in editions if each.current)
    if number != current.number:
        return _as_it_was(place, current, corpus)
    for other in reversed(editions):
        if other.number != number and (found := touched(place.span, corpus.history.between(id, other.number, number))):
            return [_as_it_is(place, other, found, corpus)]
    return []


def _as_it_was(place: Evidence, current: Edition, corpus: Corpus) -> list[Warning]:
    id, number = place.document.id, place.version.number
    found = touched(place.span, corpus.history.between(id, current.number, number))
    if not found:
        return []
    says = worded(
        "These words stand only in version %(number)s of %(document)s, stored %(stored)s; "
        "since %(day)s it reads otherwise: %(other)s.",
        number=str(number),
        document=_named(place),
        stored=place.version.added_at[:10],
        day=_noticed(id, number, current, corpus),
        other=_other(found, corpus.document(id, version=current.number).document.text),
    )
    return [Warning(CHANGED, says)]


def _as_it_is(place: Evidence, other: Edition, found: tuple[Difference, ...], corpus: Corpus) -> Warning:
    id = place.document.id
    changed = _noticed(id, other.number, Edition(place.version.number, "", place.version.added_at, True, None), corpus)
    before = _other(found, corpus.document(id, version=other.number).document.text)
    says = worded(
        "%(document)s was changed here, noticed %(day)s: version %(number)s, stored %(stored)s, has %(other)s.",
        document=_named(place),
        day=changed,
        number=str(other.number),
        stored=other.added_at[:10],
        other=before,
    )
    return Warning(CHANGED, says)


def _named(place: Evidence) -> str:
    """The document of which it is true: a finding shows several, and its notes stand together."""
    return f"“{place.document.title}” ({place.document.id})" if place.document.title else place.document.id


def _noticed(id: str, before: int, after: Edition, corpus: Corpus) -> str:
    """The day on which it was first seen that a version had given way; versions of before there were events have none."""
    days = [
        each.noticed_at[:10]
        for each in corpus.history.events(document_id=id)
        if each.kind == "changed" and each.from_version == before
    ]
    return days[0] if days else after.added_at[:10]


def _other(found: tuple[Difference, ...], text: str) -> Message:
    """What the other wording has instead of the words that differ."""
    pieces = [each.before.of(text) if len(each.before) else "" for each in found]
    words = " … ".join(piece for piece in pieces if piece)
    if not words:
        return worded("nothing in the place of them")
    return worded("“%(words)s”", words=f"{words[:_SHOWN].rstrip()}{'…' if len(words) > _SHOWN else ''}")


def _gone(place: Evidence, corpus: Corpus) -> list[Warning]:
    since = corpus.history.is_gone(place.document.id)
    if since is None:
        return []
    says = worded(
        "The source shows this document no more (noticed %(day)s); it is kept here as it was.", day=since[:10]
    )
    return [Warning(GONE, says)]
