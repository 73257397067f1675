"""What is asked for besides the page itself: whether it changed, which kinds are taken, and who must agree first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_READ = "text/html, application/xhtml+xml, application/pdf, text/plain, */*;q=0.1"
_LISTED = (
    "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, application/xml, text/xml, "
    "application/json, text/plain, */*;q=0.1"
)


def _agree(_link: str) -> None:
    """Nobody else has to agree."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of the answer that is held already, so that it need not send the same again."""

    etag: str = ""
    modified: str = ""


NONE = Validators()


@dataclass(frozen=True, slots=True)
class Asking:
    """How a link is asked for.

    `lists` takes feeds, tables and whatever else a connector reads, by any name; documents are taken only in the kinds that a
    reader knows. `permit` is told of every address before it is asked, redirects too, and may wait or raise FetchError;
    the time that it takes is not counted. `contact` is sent along for whoever looks after the server.
    """

    held: Validators = NONE
    lists: bool = False
    permit: Callable[[str], None] = _agree
    contact: str = ""

    def headers(self) -> tuple[tuple[str, str], ...]:
        """The headers of the request, without the host's."""
        whom = f"OnRecord (checks quotations against their sources{f'; {self.contact}' if self.contact else ''})"
        found = [("User-Agent", whom), ("Accept", _LISTED if self.lists else _READ), ("Accept-Encoding", "gzip")]
        if self.held.etag:
            found.append(("If-None-Match", self.held.etag))
        if self.held.modified:
            found.append(("If-Modified-Since", self.held.modified))
        return (*found, ("Connection", "close"))
