"""Who speaks where: the labels of turns and of whole documents, and the documents of some speakers."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import ColumnElement, Connection, func, select

from corpus.holdings import Dated
from corpus.schema import turn, version
from corpus.types import PartialDate, SpeakerLabel

Speaking = Mapping[str, Mapping[int, int]]
"""For every label the versions in which it stands, and how often: as a turn's, and once where the publisher lists it."""


def read_speaking(connection: Connection, *, held: ColumnElement[bool] = version.c.current) -> Speaking:
    """Every label with its versions: of those that are held, and where a turn has it of superseded ones too."""
    found: dict[str, dict[int, int]] = defaultdict(dict)
    spoken = (
        select(turn.c.speaker, turn.c.version_id, func.count())
        .where(turn.c.speaker != "")
        .group_by(turn.c.speaker, turn.c.version_id)
        .order_by(turn.c.speaker)
    )
    for label, id, number in connection.execute(spoken):
        found[label][id] = number
    listed = select(version.c.speakers, version.c.id).where(held).order_by(version.c.speakers)
    for speakers, id in connection.execute(listed):
        for label in filter(None, json.loads(speakers)):
            found[label][id] = found[label].get(id, 0) + 1
    return dict(found)


def speaker_labels(speaking: Speaking, dated: Mapping[int, Dated]) -> Iterator[SpeakerLabel]:
    """Every label under which somebody speaks now, with the number of turns and pages and their first and last date."""
    for label, versions in speaking.items():
        current = [id for id in versions if id in dated]
        dates = [date for id in current if (date := dated[id].date)]
        first, last = (PartialDate.parse(pick(dates)) if dates else None for pick in (min, max))
        if current:
            yield SpeakerLabel(label, sum(versions[id] for id in current), first, last)


def dates_of(
    speaking: Speaking, dated: Mapping[int, Dated], *, labels: Collection[str], publishers: Collection[str]
) -> list[str | None]:
    """The date of each current document in which one of these speaks, that lists one of them, or of one of these publishers."""
    ids = {id for label in labels for id in speaking.get(label, ())}
    if publishers:
        ids |= {id for id, each in dated.items() if each.publisher in publishers}
    return [dated[id].date for id in ids if id in dated]


def count_within(dates: Collection[str | None], first: PartialDate | None, last: PartialDate | None) -> int:
    """How many of these lie in a time, all where none is given; dates compare at the coarser precision."""
    if not (first and last):
        return len(dates)
    low, high = str(first), f"{last}~~~~~~"
    return sum(date is not None and low[: len(date)] <= date <= high[: len(date)] for date in dates)


def nearest_dates(dates: Collection[str | None], around: PartialDate) -> tuple[PartialDate, ...]:
    """The last of these before a date and the first one after it."""
    before = max((date for date in dates if date and date <= str(around)), default=None)
    after = min((date for date in dates if date and date > str(around)), default=None)
    return tuple(PartialDate.parse(date) for date in (before, after) if date)
