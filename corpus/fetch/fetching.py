"""The way from a link to bytes: read, vet, ask, and all of it again for every redirect."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass

from corpus.errors import EgressOff, FetchError, FetchFailed, SourceGone
from corpus.fetch.bodies import received
from corpus.fetch.clock import Clock
from corpus.fetch.content import Content, content_of, refuse_interstitial
from corpus.fetch.limits import LIMITS, Limits
from corpus.fetch.links import Link, follow, read_link, shown
from corpus.fetch.network import Network, vetted
from corpus.fetch.policy import Policy
from corpus.fetch.transfer import Answer, asked

_REDIRECTS = (301, 302, 303, 307, 308)
_GONE = (404, 410)
_SAYS = {
    401: "it asks for a password", 402: "it asks to be paid", 403: "it refuses programs, or readers who are not logged in",
    404: "there is nothing at this address", 410: "what was there is gone", 429: "it has been asked too often",
    451: "it may not be shown for legal reasons",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was at a link: `link` is where it was in the end, `asked` what was asked for."""

    asked: str
    link: str
    host: str
    raw: bytes
    content: Content
    fetched_at: str
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def sha256(self) -> str:
        """The hash of the bytes as they were published (unpacked)."""
        return hashlib.sha256(self.raw).hexdigest()


_Page = tuple[bytes, Content, tuple[tuple[str, str], ...]]

SYSTEM = Network()


def fetch(written: str, policy: Policy, *, network: Network = SYSTEM, limits: Limits = LIMITS) -> Fetched:
    """Get what is at a link; raises FetchError that names the link and says what to do.

    Nothing is sent to an address that the policy does not allow, not even a connection attempt.
    """
    if not policy.egress:
        raise EgressOff(
            "fetching is switched off here (ONRECORD_EGRESS); save the page and give the file or its text",
            link=shown(written),
        )
    clock = Clock(limits.seconds)
    link = read_link(written, policy)
    for _ in range(limits.redirects + 1):
        try:
            found = _once(link, policy, network, clock, limits)
        except FetchError as error:
            if error.link:
                raise
            raise type(error)(str(error.args[0]), link=shown(str(link))) from error
        if isinstance(found, Link):
            link = found
            continue
        raw, content, headers = found
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        return Fetched(shown(written), str(link), str(link.host), raw, content, now, headers)
    raise FetchFailed(f"it leads on more than {limits.redirects} times; paste the last address", link=shown(written))


def _once(link: Link, policy: Policy, network: Network, clock: Clock, limits: Limits) -> Link | _Page:
    """Ask once; what comes is either where it leads on to, or the page."""
    with asked(link, vetted(link, policy, network, clock), network, clock, limits) as answer:
        if answer.status in _REDIRECTS:
            location = answer.header("location")
            if not location:
                raise FetchFailed("it leads on, but does not say where")
            return follow(link, location, policy)
        if answer.status != 200:
            raise (SourceGone if answer.status in _GONE else FetchFailed)(_status(answer))
        content = content_of(answer.header("content-type"), link.target)
        raw = received(answer, clock, limits)
    refuse_interstitial(raw, answer.header("cf-mitigated"))
    return raw, content.settled(raw), answer.headers


def _status(answer: Answer) -> str:
    says = _SAYS.get(answer.status) or ("its server is in trouble" if answer.status >= 500 else "it cannot be read")
    return f"{says} (status {answer.status}); open it in a browser, save the page, and give the file or the text"
