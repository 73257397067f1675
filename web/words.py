"""Moments and durations as people read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any


def moment(at: str) -> str:
    """A moment as the desk writes it, to the minute.

    >>> moment("2031-05-04T09:00:00.000000Z")
    '2031-05-04 09:00 UTC'
    """
    return f"{at[:10]} {at[11:16]} UTC"


def time_left(seconds: int) -> str:
    """About how long something still takes.

    >>> time_left(50), time_left(150), time_left(9000)
    ('about 50 seconds', 'about 3 minutes', 'about 2.5 hours')
    """
    if seconds < 100:
        return f"about {seconds} seconds"
    if seconds < 5400:
        return f"about {-(-seconds // 60)} minutes"
    return f"about {seconds / 3600:.1f} hours"


WORDS: Mapping[str, Callable[..., Any]] = MappingProxyType({"moment": moment, "time_left": time_left})
