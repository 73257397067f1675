"""Asking a service that the settings name: one answer, which no redirect leads elsewhere, as carefully as pages are fetched."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.errors import FetchError
from corpus.fetch.asking import Asking
from corpus.fetch.bodies import received
from corpus.fetch.clock import Clock
from corpus.fetch.limits import Limits
from corpus.fetch.links import addressee, shown
from corpus.fetch.network import SYSTEM, Network, vetted
from corpus.fetch.policy import Policy
from corpus.fetch.transfer import Parcel, asked

PATIENCE = Limits(seconds=8, connect_seconds=3, quiet_seconds=4, wire=1_000_000, unpacked=2_000_000)
"""Somebody waits for it before a page; what services answer is a few thousand bytes."""

_DATA = Asking(lists=True)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a service answered, whatever its status."""

    status: int
    body: bytes


def ask_service(
    written: str, policy: Policy, *, parcel: Parcel | None = None, network: Network = SYSTEM, limits: Limits = PATIENCE
) -> Reply:
    """Ask for what is at an address, or send a parcel there; gives the answer, a redirect as one. Raises FetchError."""
    clock = Clock(limits.seconds)
    try:
        link = addressee(written, policy)
        with asked(
            link, vetted(link, policy, network, clock), network, clock, limits, asking=parcel or _DATA
        ) as answer:
            return Reply(answer.status, received(answer, clock, limits))
    except FetchError as error:
        error.link = error.link or shown(written)
        raise
