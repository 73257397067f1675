"""Moments, durations, roles and states as people read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from checker.tongue import noted, said, told


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
        return said("about %(number)s seconds", number=seconds)
    if seconds < 5400:
        return said("about %(number)s minutes", number=-(-seconds // 60))
    return said("about %(number)s hours", number=f"{seconds / 3600:.1f}")


WORDS: Mapping[str, Callable[..., Any]] = MappingProxyType({"moment": moment, "time_left": time_left, "told": told})

TABLES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "role_words": {
            "read-only": noted("read-only"),
            "reporter": noted("reporter"),
            "checker": noted("checker"),
            "editor": noted("editor"),
            "admin": noted("admin"),
        },
        "state_words": {
            "open": noted("open"),
            "sent-back": noted("sent back"),
            "signed-off": noted("signed off"),
            "void": noted("void"),
        },
        "item_words": {
            "waiting": noted("waiting"),
            "leased": noted("being checked"),
            "running": noted("running"),
            "done": noted("done"),
            "failed": noted("not checked"),
            "cancelled": noted("cancelled"),
        },
        "scope_words": {
            "check": noted("check quotations and articles"),
            "read": noted("read the record"),
            "review": noted("review and decide"),
            "audit": noted("read the log"),
            "webhooks": noted("have other addresses told"),
            "keys": noted("see and revoke your other keys"),
        },
        "event_words": {
            "finding.ready": noted("an article that you sent was checked"),
            "review.decided": noted("a statement was decided about"),
            "signoff.voided": noted("a sign-off became void"),
            "source.changed": noted("a source of a signed article changed"),
        },
        "delivery_words": {"waiting": noted("waiting"), "delivered": noted("delivered"), "failed": noted("given up")},
        "delivery_marks": {"waiting": "○", "delivered": "✓", "failed": "▲"},
        "item_marks": {"waiting": "○", "leased": "◔", "running": "◔", "done": "✓", "failed": "▲", "cancelled": "–"},
    }
)
"""What roles and states are called on the pages; templates say them in the reader's language."""
