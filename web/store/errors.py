"""What can go wrong at the desk.

DeskError
├── StoreUnavailable   the desk's database cannot be used
├── NotHere            no article, review, batch or account of that name
├── Overtaken          somebody else was faster; nothing was changed
├── NotNow             a step that the state of the review or batch does not allow
├── UnderEmbargo       an article that this reader is not shown, or that does not leave the desk yet
├── NotYours           a step that only an article's author, or somebody above, takes
├── WrongEntry         a field cannot be used as it is
└── Throttled          too many attempts to sign in
"""

from __future__ import annotations

from checker.tongue import Message, worded


class DeskError(Exception):
    """Something about the desk; `says` names the item and what to do, in the language of whoever reads it."""

    def __init__(self, says: Message) -> None:
        super().__init__(str(says))
        self.says = says


class StoreUnavailable(DeskError):
    """The desk's database cannot be used; the message is for whoever runs it, in English."""

    def __init__(self, message: str) -> None:
        super().__init__(Message(message))


class NotHere(DeskError):
    """There is nothing of that name."""


class Overtaken(DeskError):
    """Somebody else changed it since it was shown."""


class NotNow(DeskError):
    """Its state does not allow this step."""


class UnderEmbargo(DeskError):
    """An article is under embargo: this reader is not shown it, or it may not leave the desk."""


class NotYours(DeskError):
    """Somebody else's article."""


class WrongEntry(DeskError):
    """A field cannot be used as it is; the message says what to write."""

    def __init__(self, field: str, says: Message) -> None:
        super().__init__(says)
        self.field = field


class Throttled(DeskError):
    """Too many attempts; `seconds` is how long to wait."""

    def __init__(self, seconds: int) -> None:
        minutes = max(1, round(seconds / 60))
        super().__init__(worded("Too many attempts to sign in. Try again in %(minutes)s minutes.", minutes=minutes))
        self.seconds = seconds
