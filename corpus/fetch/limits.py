"""How much a page may be, and how long it may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one fetch, far above what articles and statements need and far below what hurts a small machine."""

    seconds: float = 15.0
    """All of it: every look-up, connection, redirect and byte."""

    connect_seconds: float = 5.0
    """One attempt to connect, to one address."""

    quiet_seconds: float = 5.0
    """Without a single byte."""

    redirects: int = 5
    head: int = 64_000
    """Bytes before the body begins."""

    headers: int = 200
    wire: int = 5_000_000
    """Bytes of a body as it is sent."""

    unpacked: int = 20_000_000
    """Bytes of a body when it is unpacked."""

    ratio: int = 100
    """How many times larger a packed body may become; pages pack about five times."""

    tags: int = 30_000
    """Of a web page: telling its text from the rest takes some ten seconds for so many, and four times that for twice
    as many; the longest transcripts have a few thousand."""


LIMITS = Limits()
