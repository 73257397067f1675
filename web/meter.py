"""What the parts of the service count, whoever keeps the numbers: nobody, unless metrics are wanted (`web/metrics`).

What is counted is told in words of ours only, never in words of a draft, a name or an address, of which there is no end.
"""

from __future__ import annotations

from collections.abc import Mapping

from checker.types import Status
from web.store.jobs import Outcome
from web.store.webhooks import DeliveryState

TONE_STATUS: Mapping[str, Status] = {"verified": "verified", "paraphrased": "paraphrased"}
"""The statuses of tones; every other tone is one of *unsourced*."""


class Meter:
    """Counts nothing."""

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request was answered; `route` is the pattern of its address and `seconds` the time to the head of the answer."""

    def refused(self, why: str) -> None:
        """A request was turned away, since too many others were being worked on; `why` is one of `web.admission.Why`."""

    def waited(self, seconds: float) -> None:
        """A request was taken up after it had waited so long for its turn."""

    def found(self, status: Status, number: int = 1) -> None:
        """So many findings of a status were worked out."""

    def sent(self, state: DeliveryState) -> None:
        """An attempt to tell a webhook something: done, given up, or to be tried again (`waiting`)."""

    def ended(self, outcome: Outcome) -> None:
        """An item of a batch was checked, or could not be."""
        for tone, number in (outcome.counts or {}).items():
            self.found(TONE_STATUS.get(tone, "unsourced"), number)
