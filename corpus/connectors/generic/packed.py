"""Lists that are files packed with gzip, unpacked within bounds."""

from __future__ import annotations

import zlib

from corpus.connectors.connector import Page
from corpus.errors import RecordError

LARGEST = 60_000_000
"""Bytes of a list when it is unpacked: a sitemap may have 50 MB."""


def unpacked(page: Page) -> bytes:
    """The bytes of a list, whether it is packed or not; raises RecordError."""
    if not page.raw.startswith(b"\x1f\x8b"):
        return page.raw
    unpacking = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        found = unpacking.decompress(page.raw, LARGEST)
    except zlib.error as error:
        raise RecordError(f"its packed text is broken ({error})", path=page.url) from error
    if not unpacking.eof:
        raise RecordError(f"its packed text breaks off, or has over {LARGEST // 1_000_000} MB", path=page.url)
    return found
