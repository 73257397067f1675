"""The time as the desk writes it: UTC, as text that sorts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_FORM = "%Y-%m-%dT%H:%M:%S.%fZ"


def now() -> str:
    """This moment."""
    return datetime.now(tz=UTC).strftime(_FORM)


def written(moment: datetime) -> str:
    """A moment of UTC as it is written here."""
    return moment.strftime(_FORM)


def before_now(seconds: float) -> str:
    """So many seconds ago."""
    return (datetime.now(tz=UTC) - timedelta(seconds=seconds)).strftime(_FORM)


def after_now(seconds: float) -> str:
    """So many seconds from now."""
    return before_now(-seconds)


def seconds_since(moment: str) -> float:
    """How long ago that was."""
    return (datetime.now(tz=UTC) - parsed(moment)).total_seconds()


def parsed(moment: str) -> datetime:
    """A moment as it was written here; raises ValueError."""
    return datetime.strptime(moment, _FORM).replace(tzinfo=UTC)
