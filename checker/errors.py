"""What can go wrong with a check.

CheckerError
├── SettingsError      a setting has a value that it cannot have
├── InputError         an input cannot be read; the message names it and the way out
├── SchedulerError     the machines that should check cannot be had, or differ
└── QuoteError         a quote cannot be checked (empty, too long)
"""

from __future__ import annotations

from checker.tongue import Message


class CheckerError(Exception):
    """Something about a check; the message names the item and what to do."""

    code = "error"


class SettingsError(CheckerError):
    """A setting has a value that it cannot have."""

    code = "settings"


class InputError(CheckerError):
    """An input cannot be read."""

    code = "input"


class SchedulerError(CheckerError):
    """The scheduler or its workers cannot be had, or do not fit together."""

    code = "scheduler"


class QuoteError(CheckerError):
    """A quote cannot be checked; `says` tells readers why."""

    code = "quote"

    def __init__(self, says: Message) -> None:
        super().__init__(says)
        self.says = says
