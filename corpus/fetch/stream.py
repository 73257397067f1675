"""A connection that gives up when too much comes or nothing does."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass
from typing import Any

import httpcore2

from corpus.errors import OR_SAVE, FetchFailed, SourceUnreachable
from corpus.fetch.clock import Clock
from corpus.fetch.limits import Limits


@dataclass(slots=True)
class Room:
    """How many bytes may still be received, and what is said when more come."""

    left: int
    says: str
    instead: str = ""


class Bounded(httpcore2.NetworkStream):
    """A socket, with our own waits instead of those that its user asks for; raises FetchFailed."""

    def __init__(self, made: socket.socket, clock: Clock, room: Room, limits: Limits) -> None:
        self._socket = made
        self._clock = clock
        self._room = room
        self._limits = limits

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self._room.left <= 0:
            raise FetchFailed(self._room.says, instead=self._room.instead)
        self._wait()
        try:
            received = self._socket.recv(min(max_bytes, self._room.left))
        except TimeoutError as error:
            self._clock.left(most=0)  # the whole time may be up, which is another message
            raise SourceUnreachable("it stopped answering; try again later", instead=OR_SAVE) from error
        except OSError as error:
            raise httpcore2.ReadError(str(error)) from error
        self._room.left -= len(received)
        return received

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._wait()
        try:
            self._socket.sendall(buffer)
        except OSError as error:
            raise httpcore2.WriteError(str(error)) from error

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        self._wait()
        try:
            secured = ssl_context.wrap_socket(self._socket, server_hostname=server_hostname)
        except (OSError, ValueError) as error:
            self.close()
            reason = getattr(error, "verify_message", "") or "there is no TLS, or none that fits"
            raise FetchFailed(f"its certificate is not to be trusted: {reason}; look at it in a browser") from error
        return Bounded(secured, self._clock, self._room, self._limits)

    def close(self) -> None:
        self._socket.close()

    def get_extra_info(self, info: str) -> Any:
        return None

    def _wait(self) -> None:
        self._socket.settimeout(self._clock.left(most=self._limits.quiet_seconds))
