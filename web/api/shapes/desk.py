"""The log, and the keys of whoever asks."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, JsonValue

from web.api.shapes.base import Answered, Line, Page, Paged
from web.store.keys import Scope


class LogAsked(Paged):
    """What the log is asked about."""

    subject: Annotated[Line, Field(description="An article, a batch or an account")] = ""


class LogEntry(Answered):
    """Who did what; each entry holds the hash of the one before."""

    number: int
    at: str
    by: str
    action: str
    subject: str
    detail: dict[str, JsonValue]
    previous: str
    sha256: str


class Log(Page):
    """The log in the order in which it was written."""

    items: list[LogEntry]


class KeyRead(Answered):
    """A key without its secret."""

    id: str
    prefix: str
    label: str
    owner: str
    scopes: list[Scope]
    test: bool
    created_at: str
    expires_at: str
    used_at: str | None
    revoked_at: str | None


class Keys(Answered):
    """The keys of whoever asks, the newest first."""

    items: list[KeyRead]
