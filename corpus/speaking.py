"""Who speaks where: the labels of turns and of whole documents, and the documents of some speakers."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from corpus.schema import turn, version
from corpus.types import PartialDate, SpeakerLabel

_LISTED = 50
"""So many labels are looked for in the lists of speakers; the rest stand in turns, or nowhere."""


def read_speaker_labels(
    connection: Connection, *, held: ColumnElement[bool] = version.c.current
) -> tuple[SpeakerLabel, ...]:
    """Every label under which somebody speaks, with the number of turns and pages and their first and last date.

    Of the current versions, or of others.
    """
    counted = (func.count(), func.min(version.c.date), func.max(version.c.date))
    spoken = (
        select(turn.c.speaker, *counted)
        .join(version, version.c.id == turn.c.version_id)
        .where(held, turn.c.speaker != "")
        .group_by(turn.c.speaker)
        .order_by(turn.c.speaker)
    )
    listed = select(version.c.speakers, *counted).where(held)
    listed = listed.group_by(version.c.speakers).order_by(version.c.speakers)
    found = [tuple(row) for row in connection.execute(spoken)]
    for speakers, *rest in connection.execute(listed):
        found += [(label, *rest) for label in json.loads(speakers) if label]
    grouped: dict[str, list[tuple[int, str | None, str | None]]] = defaultdict(list)
    for label, *rest in found:
        grouped[label].append(tuple(rest))
    return tuple(_label(label, uses) for label, uses in grouped.items())


def _label(label: str, uses: Sequence[tuple[int, str | None, str | None]]) -> SpeakerLabel:
    first = min((date for _, date, _ in uses if date), default=None)
    last = max((date for _, _, date in uses if date), default=None)
    dates = (PartialDate.parse(date) if date else None for date in (first, last))
    return SpeakerLabel(label, sum(count for count, _, _ in uses), *dates)


def read_speaking(connection: Connection) -> dict[str, frozenset[int]]:
    """For every label, the versions in which it stands, as a turn's or as one that the publisher lists."""
    found: dict[str, set[int]] = defaultdict(set)
    spoken = select(turn.c.speaker, turn.c.version_id).where(turn.c.speaker != "").distinct()
    for label, id in connection.execute(spoken):
        found[label].add(id)
    for speakers, id in connection.execute(select(version.c.speakers, version.c.id).where(version.c.current)):
        for label in json.loads(speakers):
            found[label].add(id)
    return {label: frozenset(ids) for label, ids in found.items() if label}


def of_speakers(labels: Collection[str], publishers: Collection[str]) -> ColumnElement[bool]:
    """Documents in which one of these speaks, that list one of them, or of one of these publishers."""
    spoken = select(turn.c.version_id).where(turn.c.speaker.in_(labels))
    named = [json.dumps(label, ensure_ascii=False) for label in labels][:_LISTED]
    # Not LIKE, which tells cases apart in one database and not in another.
    listed = [func.replace(version.c.speakers, name, "") != version.c.speakers for name in named]
    return or_(version.c.id.in_(spoken), *listed, version.c.publisher.in_(publishers))


def count_documents(
    connection: Connection, wanted: ColumnElement[bool], first: PartialDate | None, last: PartialDate | None
) -> int:
    """How many current documents are wanted, in a time where one is given; dates compare at the coarser precision."""
    counted = select(func.count()).where(version.c.current, wanted)
    if first and last:
        length = func.length(version.c.date)
        counted = counted.where(
            version.c.date.is_not(None),
            func.substr(str(first), 1, length) <= version.c.date,
            version.c.date <= func.substr(str(last) + "~~~~~~", 1, length),
        )
    return connection.execute(counted).scalar_one()


def nearest_dates(connection: Connection, wanted: ColumnElement[bool], around: PartialDate) -> tuple[PartialDate, ...]:
    """The dates of the last wanted document before a date and of the first one after it."""
    mine = and_(version.c.current, wanted)
    ends = (
        select(func.max(version.c.date)).where(mine, version.c.date <= str(around)),
        select(func.min(version.c.date)).where(mine, version.c.date > str(around)),
    )
    found = [connection.execute(each).scalar() for each in ends]
    return tuple(PartialDate.parse(date) for date in found if date)
