"""Webhooks: other programs are told when something happens, instead of asking again and again."""

from __future__ import annotations

import json

from checker.links import policy_of
from corpus.errors import EgressOff, LinkRefused
from corpus.fetch import addressee
from web.api.again import made
from web.api.answering import Placed
from web.api.asking import cut, position
from web.api.contract import operation
from web.api.entry import key
from web.api.problems import PREFIX, Problem
from web.api.shapes.webhooks import (
    Deliveries,
    DeliveriesAsked,
    DeliveryRead,
    WebhookAsked,
    WebhookMade,
    WebhookRead,
    Webhooks,
)
from web.desk import desk
from web.store import webhooks
from web.store.webhooks import Delivery, Webhook

_TAG = "Webhooks"


@operation("GET", "/webhooks", tag=_TAG, scope="webhooks", like="review.queue", answers=Webhooks)
def list_webhooks() -> Webhooks:
    """The webhooks of this key's owner, without their secrets."""
    with desk().store.reading() as connection:
        return Webhooks(items=[_webhook(each) for each in webhooks.listed(connection, owner=key().owner)])


@operation("POST", "/webhooks", tag=_TAG, scope="webhooks", like="batch.start", status=201, asks=WebhookAsked, answers=WebhookMade, problems=("address-refused", "not-now"), stores=True)  # fmt: skip
def make_webhook(asked: WebhookAsked) -> Placed:
    """Have an address told of what happens, by messages that are signed as Standard Webhooks says.

    `finding.ready`: an article that this account sent was checked, or could not be (needs the scope `check` as well).
    `review.decided`, `signoff.voided` and `source.changed` (a source on which a signed text rests): of all reviews (they need `review`).
    Messages say what changed and where it is, and nothing of the text. They end with the key that asked for them.
    """
    if missing := webhooks.missing(key(), asked.events):
        raise Problem("scope-missing", f"To be told of this, a key needs the scope {' and '.join(missing)} as well.")
    try:
        addressee(asked.url, policy_of(desk().settings))
    except (EgressOff, LinkRefused) as error:
        raise Problem("address-refused", f"{error}.") from error
    with desk().store.writing() as connection:
        found, secret = webhooks.make(connection, key(), url=asked.url, events=asked.events, id=made())
    return Placed(WebhookMade(**_webhook(found).model_dump(), secret=secret), f"{PREFIX}/webhooks/{found.id}")


@operation("GET", "/webhooks/<id>", tag=_TAG, scope="webhooks", like="review.queue", answers=WebhookRead, problems=("not-found",))  # fmt: skip
def read_webhook(id: str) -> WebhookRead:
    """One of these webhooks."""
    with desk().store.reading() as connection:
        return _webhook(webhooks.numbered(connection, id, owner=key().owner))


@operation("DELETE", "/webhooks/<id>", tag=_TAG, scope="webhooks", like="batch.start", status=204, problems=("not-found", "not-now"), stores=True)  # fmt: skip
def end_webhook(id: str) -> None:
    """Tell it nothing any more, also nothing that waits to be sent.

    It stays to be read, with the time and the reason of its end, and so do its deliveries.
    """
    with desk().store.writing() as connection:
        webhooks.numbered(connection, id, owner=key().owner)
        webhooks.end(connection, id, because="It was ended by its owner.", by=key().owner.name)


@operation("GET", "/webhooks/<id>/deliveries", tag=_TAG, scope="webhooks", like="review.queue", query=DeliveriesAsked, answers=Deliveries, problems=("not-found",))  # fmt: skip
def list_deliveries(id: str, query: DeliveriesAsked) -> Deliveries:
    """What was sent to a webhook, or is to be, the newest first, with how it went."""
    with desk().store.reading() as connection:
        webhooks.numbered(connection, id, owner=key().owner)
        found = webhooks.deliveries(connection, id)
    last, of = position(query, of=f"deliveries {id}"), [each.id for each in found]
    start = of.index(str(last[0])) + 1 if last and last[0] in of else 0
    shown, following = cut(found[start:], query, of=f"deliveries {id}", place=lambda each: (each.id,))
    return Deliveries(items=[_delivery(each) for each in shown], next=following)


@operation("POST", "/webhooks/<id>/deliveries/<delivery>/replay", tag=_TAG, scope="webhooks", like="batch.start", status=202, answers=DeliveryRead, problems=("not-found", "not-now", "under-embargo"), stores=True)  # fmt: skip
def replay_delivery(id: str, delivery: str) -> Placed:
    """Send a message again, under its old id, as a delivery of its own."""
    with desk().store.writing() as connection:
        webhooks.numbered(connection, id, owner=key().owner)
        again = webhooks.replay(connection, id, delivery, made=made())
    return Placed(_delivery(again), f"{PREFIX}/webhooks/{id}/deliveries")


def _webhook(each: Webhook) -> WebhookRead:
    return WebhookRead(
        id=each.id, url=each.url, owner=each.owner.name, events=list(each.events), created_at=each.created_at,
        ended_at=each.ended_at, ended_because=each.ended_because,
    )  # fmt: skip


def _delivery(each: Delivery) -> DeliveryRead:
    return DeliveryRead(
        id=each.id, message_id=each.message_id, event=each.event, body=json.loads(each.body), made_at=each.made_at,
        state=each.state, attempts=each.attempts, next_at=each.next_at if each.state == "waiting" else None,
        status=each.status, error=each.error, ended_at=each.ended_at,
    )  # fmt: skip
