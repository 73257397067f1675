"""The way from a link to bytes: read, vet, ask, and all of it again for every redirect."""

from __future__ import annotations

import datetime
import hashlib
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from corpus.errors import SAVE_PAGE, EgressOff, FetchError, FetchFailed, SourceBlocked, SourceGone
from corpus.fetch.asking import NONE, Asking, Validators
from corpus.fetch.bodies import received
from corpus.fetch.clock import Clock
from corpus.fetch.content import Content, content_of, refuse_interstitial
from corpus.fetch.limits import LIMITS, Limits
from corpus.fetch.links import Link, follow, read_link, shown
from corpus.fetch.network import SYSTEM, Network, vetted
from corpus.fetch.policy import Policy
from corpus.fetch.transfer import Answer, asked

_REDIRECTS = (301, 302, 303, 307, 308)
_UNCHANGED = 304
_GONE = (404, 410)
_BLOCKED = (401, 402, 403, 451)
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

    @property
    def validators(self) -> Validators:
        """What the next request may say of this answer, as far as its server gave anything."""
        said = dict(self.headers)
        return Validators(said.get("etag", "").strip(), said.get("last-modified", "").strip())


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server says that what is held already is what it would send."""

    link: str


_Page = tuple[bytes, Content, tuple[tuple[str, str], ...]]

READER = Asking()


def fetch(written: str, policy: Policy, *, network: Network = SYSTEM, limits: Limits = LIMITS) -> Fetched:
    """Get what is at a link; raises FetchError that names the link and says what to do.

    Nothing is sent to an address that the policy does not allow, not even a connection attempt.
    """
    found = ask(written, policy, READER, network=network, limits=limits)
    assert isinstance(found, Fetched)  # without validators, an answer of 304 is an error
    return found


def ask(
    written: str, policy: Policy, asking: Asking, *, network: Network = SYSTEM, limits: Limits = LIMITS
) -> Fetched | NotModified:
    """The same for somebody who holds an earlier answer, reads lists, or has others who must agree; raises FetchError."""
    if not policy.egress:
        raise EgressOff(
            "fetching is switched off here (ONRECORD_EGRESS)",
            link=shown(written),
            instead="; save the page and give the file or its text",
        )
    clock = Clock(limits.seconds)
    link = read_link(written, policy)
    for _ in range(limits.redirects + 1):
        try:
            began = time.monotonic()
            asking.permit(str(link))
            clock.stand(time.monotonic() - began)
            found = _once(link, policy, network, clock, limits, asking)
        except FetchError as error:
            error.link = error.link or shown(str(link))
            raise
        if isinstance(found, Link):
            link = found
            continue
        if found is None:
            return NotModified(str(link))
        raw, content, headers = found
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        return Fetched(shown(written), str(link), str(link.host), raw, content, now, headers)
    raise FetchFailed(f"it leads on more than {limits.redirects} times; paste the last address", link=shown(written))


def _once(
    link: Link, policy: Policy, network: Network, clock: Clock, limits: Limits, asking: Asking
) -> Link | _Page | None:
    """Ask once; what comes is either where it leads on to, or the page, or nothing where what is held is still right."""
    with asked(link, vetted(link, policy, network, clock), network, clock, limits, asking=asking) as answer:
        if answer.status in _REDIRECTS:
            location = answer.header("location")
            if not location:
                raise FetchFailed("it leads on, but does not say where")
            return follow(link, location, policy)
        if answer.status == _UNCHANGED and asking.held != NONE:
            return None
        if answer.status != 200:
            raise _refusal(answer)
        content = content_of(answer.header("content-type"), link.target, lists=asking.lists)
        raw = received(answer, clock, limits)
    refuse_interstitial(raw, answer.header("cf-mitigated"))
    return raw, content if asking.lists else content.settled(raw), answer.headers


def _refusal(answer: Answer) -> FetchFailed:
    kind = SourceGone if answer.status in _GONE else SourceBlocked if answer.status in _BLOCKED else FetchFailed
    error = kind(_status(answer), instead=SAVE_PAGE)
    error.status, error.retry_after = answer.status, _seconds(answer.header("retry-after"))
    return error


def _seconds(written: str) -> float | None:
    """How long a server asks to be left alone: seconds, or until a moment.

    >>> _seconds("120"), _seconds("soon"), _seconds("Sun, 06 Nov 1994 08:49:37 GMT")
    (120.0, None, 0.0)
    """
    if written.isascii() and written.isdigit() and len(written) <= 9:
        return float(written)
    try:
        until = parsedate_to_datetime(written)
    except (ValueError, TypeError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=datetime.UTC)
    return max(0.0, (until - datetime.datetime.now(datetime.UTC)).total_seconds())


def _status(answer: Answer) -> str:
    says = _SAYS.get(answer.status) or ("its server is in trouble" if answer.status >= 500 else "it cannot be read")
    return f"{says} (status {answer.status})"
