"""Who tells webhooks what is to be told: threads that take one message after another and send it, signed.

Messages are signed as Standard Webhooks says, so that whoever gets one can tell that it is ours, new and whole. Where they are sent
is judged each time, as links are that readers paste: a name that was public may lead to a machine of our own tomorrow.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from threading import Event, Thread

from standardwebhooks.webhooks import Webhook

from checker.links import policy_of
from corpus.errors import FetchError
from corpus.fetch.network import SYSTEM, Network
from corpus.fetch.sending import send
from corpus.fetch.transfer import Parcel
from web.desk import Desk
from web.store import webhooks
from web.store.errors import StoreUnavailable
from web.store.webhooks import Due

_LOG = logging.getLogger(__name__)

_PAUSE = 1.0
"""Seconds between two looks for something to tell."""

_TROUBLE = 30.0
"""Seconds that it waits when the desk cannot be asked."""

_AT_ONCE = 3
"""Threads: whoever answers slowly keeps one of them for a quarter of a minute."""


class Teller:
    """Sends what is due until it is stopped."""

    def __init__(self, desk: Desk, *, network: Network = SYSTEM) -> None:
        self._desk = desk
        self._network = network
        self._stopped = Event()
        self._threads = [Thread(target=self._run, name=f"webhooks-{number}", daemon=True) for number in range(_AT_ONCE)]

    def start(self) -> None:
        """Begin, in the background."""
        for each in self._threads:
            each.start()

    def stop(self) -> None:
        """End after what is being sent; what is not finished by then is sent again by the next one who starts."""
        self._stopped.set()
        for each in self._threads:
            if each.is_alive():
                each.join(timeout=5)

    @property
    def works(self) -> bool:
        """Whether it sends: it was started, was not stopped, and no thread of it has died."""
        return all(each.is_alive() for each in self._threads) and not self._stopped.is_set()

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                wait = 0.0 if self.once() else _PAUSE
            except StoreUnavailable as error:
                _LOG.error("webhooks wait: %s", error)
                wait = _TROUBLE
            except Exception:  # noqa: BLE001  # nobody would notice that this thread has ended
                _LOG.exception("webhooks wait")
                wait = _TROUBLE
            self._stopped.wait(wait)

    def once(self) -> bool:
        """Send one message, if one is due; raises StoreUnavailable."""
        store = self._desk.store
        with store.reading() as connection:
            if not webhooks.is_due(connection):
                return False  # nobody else waits for a lock while there is nothing to do
        with store.writing() as connection:
            due = webhooks.claim(connection)
        if due is None:
            return False
        status, error = self._sent(due)
        with store.writing() as connection:
            state = webhooks.settle(connection, due, status=status, error=error)
        if state is not None:
            self._desk.meter.sent(state)
        return True

    def _sent(self, due: Due) -> tuple[int | None, str | None]:
        """The status that came back, and what is wrong, if anything."""
        try:
            status = send(due.url, signed(due), policy_of(self._desk.settings), network=self._network)
        except FetchError as error:
            return None, str(error.args[0])
        return status, None if 200 <= status < 300 else f"It was answered with {status}."


def signed(due: Due) -> Parcel:
    """A message as it is sent at this moment."""
    id, moment = due.delivery.message_id, datetime.now(tz=UTC)
    headers = (
        ("User-Agent", "OnRecord (webhooks)"),
        ("Content-Type", "application/json"),
        ("webhook-id", id),
        ("webhook-timestamp", str(int(moment.timestamp()))),
        ("webhook-signature", Webhook(due.secret).sign(id, moment, due.delivery.body)),
    )
    return Parcel(due.delivery.body.encode(), headers)
