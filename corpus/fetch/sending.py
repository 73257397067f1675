"""Sending something to an address that somebody named, as safely as pages are fetched: judged first, and followed nowhere."""

from __future__ import annotations

from corpus.errors import FetchError
from corpus.fetch.clock import Clock
from corpus.fetch.limits import LIMITS, Limits
from corpus.fetch.links import addressee, shown
from corpus.fetch.network import SYSTEM, Network, vetted
from corpus.fetch.policy import Policy
from corpus.fetch.transfer import Parcel, asked


def send(written: str, parcel: Parcel, policy: Policy, *, network: Network = SYSTEM, limits: Limits = LIMITS) -> int:
    """Send a parcel; gives the status that it was answered with, also that of a redirect. Raises FetchError.

    Nothing is sent to an address that the policy does not allow, and nothing of the answer's body is read.
    """
    clock = Clock(limits.seconds)
    try:
        link = addressee(written, policy)
        with asked(link, vetted(link, policy, network, clock), network, clock, limits, asking=parcel) as answer:
            return answer.status
    except FetchError as error:
        error.link = error.link or shown(written)
        raise
