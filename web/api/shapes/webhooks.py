"""Who is told of what, and how that went."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, JsonValue, StringConstraints

from web.api.shapes.base import Answered, Asked, Page, Paged
from web.store.webhooks import DeliveryState, Event


class WebhookAsked(Asked):
    """Where messages are to be sent, and which."""

    url: Annotated[
        str,
        StringConstraints(pattern=r"^https?://[!-~]+$", max_length=2000),
        Field(
            description="A public address that begins with https, or one of a private host that the service was told of"
        ),
    ]
    events: Annotated[list[Event], Field(min_length=1, max_length=4)]


class WebhookRead(Answered):
    """A webhook without its secret."""

    id: str
    url: str
    owner: str
    events: list[Event]
    created_at: str
    ended_at: str | None
    ended_because: str | None


class WebhookMade(WebhookRead):
    """A new webhook; `secret` signs its messages and is shown this once."""

    secret: str


class Webhooks(Answered):
    """The webhooks of whoever asks, the newest first."""

    items: list[WebhookRead]


class DeliveryRead(Answered):
    """A message and how it went: `status` and `error` are those of the last attempt, `next_at` is when it is tried again."""

    id: str
    message_id: str
    event: Event
    body: dict[str, JsonValue]
    made_at: str
    state: DeliveryState
    attempts: int
    next_at: str | None
    status: int | None
    error: str | None
    ended_at: str | None


class Deliveries(Page):
    """What was sent to a webhook, or is to be, the newest first."""

    items: list[DeliveryRead]


class DeliveriesAsked(Paged):
    """Which part of the list is wanted."""
