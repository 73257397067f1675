"""A body, received and unpacked within bounds."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from corpus.errors import SAVE_FILE, FetchFailed, SourceUnreachable
from corpus.fetch.clock import Clock
from corpus.fetch.limits import Limits
from corpus.fetch.transfer import Answer

_STEP = 256 * 1024
_SMALL = 1_000_000
"""Bytes below which nothing counts as a bomb, however well it packs."""

_GZIP = 16 + zlib.MAX_WBITS
_AS_IT_IS = ("", "identity")


def received(answer: Answer, clock: Clock, limits: Limits) -> bytes:
    """The whole body; raises FetchFailed when it is too large, is packed too often, or breaks off."""
    _announced(answer.header("content-length"), limits)
    packing = answer.header("content-encoding").lower()
    if packing in _AS_IT_IS:
        return b"".join(_timed(answer.body, clock))
    if packing not in ("gzip", "x-gzip"):
        raise FetchFailed(f"its answer is packed as {packing[:40]!r}, which was not asked for", instead=SAVE_FILE)
    return b"".join(_unpacked(_timed(answer.body, clock), limits))


def _announced(length: str, limits: Limits) -> None:
    if length.isdigit() and (len(length) > 12 or int(length) > limits.wire):
        raise FetchFailed(f"it is larger than {limits.wire // 1_000_000} MB", instead=SAVE_FILE)


def _timed(body: Iterator[bytes], clock: Clock) -> Iterator[bytes]:
    """The same pieces; many small ones that are there already must not outlast the clock either."""
    for piece in body:
        clock.left(most=0)
        yield piece


def _unpacked(body: Iterator[bytes], limits: Limits) -> Iterator[bytes]:
    unpacking = zlib.decompressobj(_GZIP)
    took = gave = 0
    try:
        for piece in body:
            took += len(piece)
            while piece:
                if unpacking.eof:
                    raise FetchFailed("something follows its packed text", instead=SAVE_FILE)
                out = unpacking.decompress(piece, _STEP)
                piece = unpacking.unconsumed_tail or unpacking.unused_data
                gave += len(out)
                if gave > limits.unpacked or gave > max(_SMALL, took * limits.ratio):
                    raise FetchFailed(
                        "it unpacks to far more than a page has; if it is honest, save it and give the file or its text"
                    )
                yield out
    except zlib.error as error:
        raise FetchFailed("its packed text is broken; try again later") from error
    if not unpacking.eof and took:
        raise SourceUnreachable("its packed text breaks off; try again later")
