"""One request to a vetted address, by httpcore2, with bounds on what may come back; the one home of that library.

httpcore2 speaks HTTP/1.1 and nothing else: it follows no redirects, keeps no cookies, unpacks nothing and reads no proxy
settings. It asks its backend for a connection to the link's host; ours gives it one to an address that was vetted, so
that nothing looks the name up again, while TLS still asks for the name and checks the certificate against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpcore2

from corpus.errors import OR_SAVE, SAVE_FILE, FetchFailed, SourceUnreachable
from corpus.fetch.addresses import Address
from corpus.fetch.asking import Asking
from corpus.fetch.clock import Clock
from corpus.fetch.limits import Limits
from corpus.fetch.links import Link
from corpus.fetch.network import Network
from corpus.fetch.stream import Bounded, Room


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: its status, its headers in lower case, and its body as it arrives."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: Iterator[bytes]

    def header(self, name: str) -> str:
        """The value of a header, empty when there is none; raises FetchFailed when it is given twice and differs."""
        found = {value.strip() for key, value in self.headers if key == name}
        if len(found) > 1:
            raise FetchFailed(f"its answer has two different “{name}” headers, so it cannot be read with certainty")
        return found.pop() if found else ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is sent somewhere: bytes, and the headers that say what they are."""

    content: bytes
    headers: tuple[tuple[str, str], ...]

    def written(self) -> tuple[tuple[str, str], ...]:
        """All headers of its request, without the host's."""
        return (*self.headers, ("Content-Length", str(len(self.content))), ("Connection", "close"))


@contextmanager
def asked(
    link: Link,
    addresses: tuple[Address, ...],
    network: Network,
    clock: Clock,
    limits: Limits,
    *,
    asking: Asking | Parcel,
) -> Iterator[Answer]:
    """Send one GET, or a POST with what is to be sent, to the first of the addresses that answers; raises FetchFailed."""
    sent = asking if isinstance(asking, Parcel) else None
    headers = [("Host", link.authority), *(asking.written() if isinstance(asking, Parcel) else asking.headers())]
    origin = httpcore2.Origin(link.scheme.encode(), str(link.host).encode("ascii"), link.port)
    url = httpcore2.URL(scheme=origin.scheme, host=origin.host, port=origin.port, target=link.target.encode("ascii"))
    room = Room(limits.head, "its answer has more headers than any page needs")
    backend = _Pinned(addresses, network, clock, limits, room)
    trust = network.trust() if link.scheme == "https" else None
    with (
        _errors(),
        httpcore2.HTTPConnection(origin, ssl_context=trust, network_backend=backend) as connection,
        connection.stream(
            "POST" if sent else "GET", url, headers=headers, content=sent.content if sent else None
        ) as response,
    ):
        room.left, room.says, room.instead = limits.wire, f"it is larger than {limits.wire // 1_000_000} MB", SAVE_FILE
        found = tuple((_text(name).lower(), _text(value)) for name, value in response.headers)
        if len(found) > limits.headers:
            raise FetchFailed("its answer has more headers than any page needs")
        yield Answer(response.status, found, response.iter_stream())


def _text(raw: bytes) -> str:
    """A header as text: UTF-8 where it is that, else byte by byte."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


@contextmanager
def _errors() -> Iterator[None]:
    try:
        yield
    except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        raise SourceUnreachable(
            f"its answer breaks off or is not HTTP ({error}); try again later", instead=OR_SAVE
        ) from error


class _Pinned(httpcore2.NetworkBackend):
    """Connects to the vetted addresses and to nothing else, whatever it is asked for."""

    def __init__(
        self, addresses: tuple[Address, ...], network: Network, clock: Clock, limits: Limits, room: Room
    ) -> None:
        self._addresses = addresses
        self._network = network
        self._clock = clock
        self._limits = limits
        self._room = room

    def connect_tcp(self, host: str, port: int, *_others: object, **_options: object) -> httpcore2.NetworkStream:
        failed: OSError | None = None
        for address in self._addresses:
            try:
                made = self._network.connect(address, port, self._clock.left(most=self._limits.connect_seconds))
            except OSError as error:
                failed = error
            else:
                return Bounded(made, self._clock, self._room, self._limits)
        raise SourceUnreachable("nothing answers there; check the link, or try again later") from failed

    def connect_unix_socket(self, *_arguments: object, **_options: object) -> httpcore2.NetworkStream:
        raise FetchFailed("only hosts are asked")
