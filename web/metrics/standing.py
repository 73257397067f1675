"""How the record and the desk stand at this moment: how much there is, how old it is, and when its sources were last looked at.

Moments are given in seconds since 1970, as Prometheus wants them, so that an age is right when it is asked for and not when it was
fetched: `time() - onrecord_source_last_good_sync_timestamp_seconds`. What cannot be asked now is left out, and said to be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from importlib.metadata import version
from typing import get_args

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select

from corpus.errors import CorpusError
from corpus.sync.freshness import AlarmKind, Freshness, sources
from corpus.types import Coverage
from web.desk import Desk
from web.store.errors import StoreUnavailable
from web.store.schema import delivery, item

_GAVE_UP = "gave-up"


class Standing(Collector):
    """Asked at each reading."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def collect(self) -> Iterator[Metric]:
        """The gauges; those of a database that cannot be asked are missing, beside a 0 of its own."""
        about = GaugeMetricFamily("onrecord_build_info", "The version of the program.", labels=("version",))
        about.add_metric((version("onrecord"),), 1)
        yield about
        yield from self._corpus()
        yield from self._waiting()

    def _corpus(self) -> Iterator[Metric]:
        today = datetime.now(tz=UTC).date()
        try:
            coverage = self._desk.corpus.coverage()
            held = self._desk.corpus.look_up(lambda connection: sources(connection, today=today))
        except CorpusError:
            yield GaugeMetricFamily("onrecord_corpus_up", "Whether the corpus can be asked.", 0)
            return
        yield GaugeMetricFamily("onrecord_corpus_up", "Whether the corpus can be asked.", 1)
        yield from _held(coverage)
        yield from _sources(held)

    def _waiting(self) -> Iterator[Metric]:
        open_items = select(func.count()).select_from(item).where(item.c.state.in_(("waiting", "leased")))
        unsent, untold = (
            select(func.count()).select_from(delivery).where(delivery.c.state == state)
            for state in ("waiting", "failed")
        )
        failed = select(item.c.error_code, func.count()).where(item.c.state == "failed").group_by(item.c.error_code)
        try:
            with self._desk.store.reading() as connection:
                counts = (connection.execute(query).scalar_one() for query in (open_items, unsent, untold))
                items, messages, given_up = counts
                codes = connection.execute(failed).all()
        except StoreUnavailable:
            yield GaugeMetricFamily("onrecord_desk_up", "Whether the desk's database can be asked.", 0)
            return
        yield GaugeMetricFamily("onrecord_desk_up", "Whether the desk's database can be asked.", 1)
        yield GaugeMetricFamily("onrecord_batch_items_open", "Items of batches that are still to be checked.", items)
        yield _failed(((code or "error", number) for code, number in codes))
        yield GaugeMetricFamily("onrecord_webhook_messages_waiting", "Messages that are still to be sent.", messages)
        yield GaugeMetricFamily(
            "onrecord_webhook_messages_given_up", "Messages of the last 30 days that nobody is told any more.", given_up
        )


def _failed(codes: Iterable[tuple[str, int]]) -> Metric:
    """By codes of ours, of which there are a dozen; one for what was given up is always there, so that an alarm can be set on it."""
    failed = GaugeMetricFamily(
        "onrecord_batch_items_failed", "Items of batches that could not be checked and were not taken up again, by what was wrong.",
        labels=("code",),
    )  # fmt: skip
    for code, number in ({_GAVE_UP: 0} | dict(codes)).items():
        failed.add_metric((code,), number)
    return failed


def _held(coverage: Coverage) -> Iterator[Metric]:
    yield GaugeMetricFamily("onrecord_corpus_documents", "Documents held.", coverage.documents)
    yield GaugeMetricFamily("onrecord_corpus_passages", "Passages held.", coverage.passages)
    yield GaugeMetricFamily(
        "onrecord_corpus_encoded_ratio", "Share of the passages that have a vector, 0 to 1.", coverage.encoded_share
    )
    if coverage.last is not None:
        newest = coverage.last.to_date()
        yield GaugeMetricFamily(
            "onrecord_corpus_newest_document_timestamp_seconds", "The day of the newest document.", _seconds(newest)
        )


def _sources(held: tuple[Freshness, ...]) -> Iterator[Metric]:
    """One line for each source that was ever synced, by the name of its connector."""
    documents = GaugeMetricFamily("onrecord_source_documents", "Documents held of a source.", labels=("source",))
    newest = GaugeMetricFamily(
        "onrecord_source_newest_document_timestamp_seconds", "The day of its newest document.", labels=("source",)
    )
    good = GaugeMetricFamily(
        "onrecord_source_last_good_sync_timestamp_seconds", "When a run of it last went well.", labels=("source",)
    )
    failing = GaugeMetricFamily("onrecord_source_failing_entries", "Pages that cannot be had.", labels=("source",))
    alarms = GaugeMetricFamily(
        "onrecord_source_alarm", "1 where “corpus connectors --alarm” would say so.", labels=("source", "kind")
    )
    for each in held:
        documents.add_metric((each.source,), each.documents)
        failing.add_metric((each.source,), each.failing)
        if each.newest is not None:
            newest.add_metric((each.source,), _seconds(each.newest))
        if each.last_good is not None:
            good.add_metric((each.source,), datetime.fromisoformat(each.last_good.started_at).timestamp())
        for kind in get_args(AlarmKind):
            alarms.add_metric((each.source, kind), any(alarm.kind == kind for alarm in each.alarms))
    yield from (documents, newest, good, failing, alarms)


def _seconds(day: date) -> float:
    return datetime.combine(day, time(), tzinfo=UTC).timestamp()
