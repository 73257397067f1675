"""Who speaks where: the labels of turns and of whole documents, and the documents of some speakers."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection, func, select

from corpus.catalogue import Entry
from corpus.holdings import Dated
from corpus.read.turns import EXCERPT
from corpus.schema import turn
from corpus.types import PartialDate, SpeakerLabel, lies_between

Group = tuple[str, str, list[Dated]]
"""A name, its languages, and the documents held under it."""


@dataclass(frozen=True, slots=True)
class Voices:
    """Who speaks in which documents, and when those are of, for a whole corpus.

    `versions` has for every label the versions in which it stands and how often: as a turn's, and once where the publisher lists it. Those that
    are not in `held` are not held. `labels` are those under which somebody speaks, with the number of turns and pages.
    """

    versions: Mapping[str, Mapping[int, int]]
    held: Mapping[int, Entry]
    labels: tuple[SpeakerLabel, ...]

    def count(
        self, labels: Collection[str], publishers: Collection[str], first: PartialDate | None, last: PartialDate | None
    ) -> int:
        """How many documents are of these in a time, or of any where none is given."""
        dates = self._dates(labels, publishers)
        if not (first and last):
            return len(dates)
        begin, end = str(first), str(last)
        return sum(date is not None and lies_between(date, begin, end) for date in dates)

    def nearest(
        self, labels: Collection[str], publishers: Collection[str], around: PartialDate
    ) -> tuple[PartialDate, ...]:
        """The dates of the last document of these before a date and of the first one after it."""
        dates = [date for date in self._dates(labels, publishers) if date]
        before = max((date for date in dates if date <= str(around)), default=None)
        after = min((date for date in dates if date > str(around)), default=None)
        return tuple(PartialDate.parse(date) for date in (before, after) if date)

    def _dates(self, labels: Collection[str], publishers: Collection[str]) -> list[str | None]:
        """The date of each document in which one of these speaks, that lists one of them, or of one of these publishers."""
        return [self.held[id].date for id in self.held_of(labels, publishers)]

    def held_of(self, labels: Collection[str], publishers: Collection[str]) -> list[int]:
        """The versions in which one of these speaks, that list one of them, or that are of one of these publishers."""
        ids = {id for label in labels for id in self.versions.get(label, ())}
        if publishers:
            ids |= {id for id, each in self.held.items() if each.publisher in publishers}
        return sorted(id for id in ids if id in self.held)

    def of_publishers(self, name: str) -> list[Group]:
        """The documents of each publisher whose name contains this one, by language."""
        groups: dict[tuple[str, str], list[Dated]] = defaultdict(list)
        for each in self.held.values():
            if name.casefold() in each.publisher.casefold():
                groups[each.publisher, each.language].append(_dated(each))
        return [(publisher, language, held) for (publisher, language), held in groups.items()]

    def of_people(self, people: Mapping[str, Collection[str]]) -> list[Group]:
        """The documents of people, each a name with the labels under which they speak; without those of whom none is held."""
        groups = []
        for name, labels in people.items():
            ids = {id for label in labels for id in self.versions.get(label, ()) if id in self.held}
            languages = " ".join(sorted({self.held[id].language for id in ids}))
            groups.append((name, languages, [_dated(self.held[id]) for id in ids]))
        return [group for group in groups if group[2]]


def _dated(entry: Entry) -> Dated:
    return Dated(entry.publisher, entry.language, entry.date, entry.kind == EXCERPT, entry.number)


def read_voices(connection: Connection, held: Sequence[Entry]) -> Voices:
    """Who speaks in the versions that are held."""
    versions: dict[str, dict[int, int]] = defaultdict(dict)
    spoken = (
        select(turn.c.speaker, turn.c.version_id, func.count())
        .where(turn.c.speaker != "")
        .group_by(turn.c.speaker, turn.c.version_id)
        .order_by(turn.c.speaker)
    )
    for label, id, number in connection.execute(spoken).all():
        versions[label][id] = number
    for each in sorted(held, key=lambda entry: entry.speakers):
        for label in filter(None, json.loads(each.speakers)) if each.speakers != "[]" else ():
            versions[label][each.number] = versions[label].get(each.number, 0) + 1
    by_number = {each.number: each for each in held}
    parse = cache(PartialDate.parse)  # thousands of labels share their days
    labels = (_label(label, numbers, by_number, parse) for label, numbers in versions.items())
    return Voices(dict(versions), by_number, tuple(each for each in labels if each.statements))


def _label(
    label: str, numbers: Mapping[int, int], held: Mapping[int, Entry], parse: Callable[[str], PartialDate]
) -> SpeakerLabel:
    current = [id for id in numbers if id in held]
    dates = [date for id in current if (date := held[id].date)]
    first, last = (parse(pick(dates)) if dates else None for pick in (min, max))
    return SpeakerLabel(label, sum(numbers[id] for id in current), first, last)
