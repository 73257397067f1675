"""The counters, summed over the processes of a service.

The library keeps the numbers of each process in files of the folder that PROMETHEUS_MULTIPROC_DIR names, where `onrecord serve` has
made one; whether it does is decided when it is first imported, so this module is imported by processes that serve and
not before. Without such a folder (in tests, or where something else runs the pages) a process counts for itself.
"""

from __future__ import annotations

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.values import MutexValue, ValueClass

from checker.types import Status
from web.desk import Desk
from web.meter import Meter
from web.metrics.standing import Standing
from web.store.jobs import Outcome
from web.store.webhooks import DeliveryState

MEDIA = CONTENT_TYPE_LATEST

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Bounds of the durations: the promise for one quote is 0.25."""


class Counted(Meter):
    """Counts for Prometheus."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "onrecord_http_requests", "Answers, by the pattern of the address, method and status.",
            ("route", "method", "status"), registry=self.registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "onrecord_http_request_duration_seconds", "Time to the head of an answer; findings that come later are not in it.",
            ("route", "method"), registry=self.registry, buckets=_SECONDS,
        )  # fmt: skip
        self._refused = Counter(
            "onrecord_http_requests_refused",
            "Requests told to come again since too many others were worked on: full (too many waited), late (not one's turn in time).",
            ("why",), registry=self.registry,
        )  # fmt: skip
        self._waited = Histogram(
            "onrecord_http_request_waiting_seconds", "Time that requests waited for their turn; those that did not wait are not in it.",
            registry=self.registry, buckets=_SECONDS,
        )  # fmt: skip
        for why in ("full", "late"):
            self._refused.labels(why)
        self._findings = Counter(
            "onrecord_findings", "Findings that were worked out, by status; not those answered from memory.",
            ("status",), registry=self.registry,
        )  # fmt: skip
        self._items = Counter(
            "onrecord_batch_items", "Items of batches and articles of the API that came to an end here, by state.",
            ("state",), registry=self.registry,
        )  # fmt: skip
        self._deliveries = Counter(
            "onrecord_webhook_attempts", "Messages sent to webhooks: delivered, failed for good, or to be sent again.",
            ("outcome",), registry=self.registry,
        )  # fmt: skip
        for outcome in ("delivered", "failed", "again"):
            self._deliveries.labels(outcome)
        for state in ("done", "failed"):
            self._items.labels(state)
        for status in ("verified", "paraphrased", "unsourced"):
            self._findings.labels(status)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answer."""
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route, method).observe(seconds)

    def refused(self, why: str) -> None:
        """Count a request that was turned away."""
        self._refused.labels(why).inc()

    def waited(self, seconds: float) -> None:
        """Count a request that had to wait."""
        self._waited.observe(seconds)

    def found(self, status: Status, number: int = 1) -> None:
        """Count findings."""
        self._findings.labels(status).inc(number)

    def sent(self, state: DeliveryState) -> None:
        """Count an attempt."""
        self._deliveries.labels("again" if state == "waiting" else state).inc()

    def ended(self, outcome: Outcome) -> None:
        """Count an item with its findings."""
        self._items.labels("failed" if outcome.error else "done").inc()
        super().ended(outcome)


def exposed(desk: Desk) -> bytes:
    """Everything in the text form: what was counted, by all processes where they share a folder, and how things stand."""
    registry = CollectorRegistry()
    if ValueClass is not MutexValue:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library has no types there
    elif isinstance(desk.meter, Counted):
        registry = desk.meter.registry
    return generate_latest(registry) + generate_latest(_standing(desk))


def _standing(desk: Desk) -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(Standing(desk))
    return registry
