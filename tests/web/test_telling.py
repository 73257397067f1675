"""What happens is told to whoever wants to know: signed, again until it is heard, and never to an address that is not to be asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest
from sqlalchemy import URL, Connection, update
from standardwebhooks.webhooks import Webhook as Verifying
from standardwebhooks.webhooks import WebhookVerificationError

from benchmarks.api_fuzz import key as campaign_key
from benchmarks.api_fuzz import served as running
from checker.settings import DEFAULTS
from web.api.shapes.articles import ArticleAsked
from web.api.shapes.webhooks import WebhookAsked
from web.client import Client, calls
from web.desk import Desk
from web.store import Store, accounts, jobs, keys, webhooks
from web.store.accounts import Account
from web.store.clock import before_now, seconds_since
from web.store.errors import NotHere, NotNow, WrongEntry
from web.store.jobs import NewItem, Outcome
from web.store.schema import api_key, delivery
from web.store.webhooks import AGAIN, Delivery, Webhook
from web.telling import Teller


@dataclass
class Listener:
    """Somebody who is told, over a real socket, and what they heard; answers in turn, the last one again and again."""

    port: int = 0
    answers: list[int] = field(default_factory=lambda: [204])
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/told"


@pytest.fixture
def listener() -> Iterator[Listener]:
    here = Listener()

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            here.heard.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(here.answers.pop(0) if len(here.answers) > 1 else here.answers[0])
            self.send_header("Location", here.url + "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Tests print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    here.port = server.server_address[1]
    Thread(target=server.serve_forever, daemon=True).start()
    yield here
    server.shutdown()
    server.server_close()


@pytest.fixture
def store(tmp_path: object) -> Iterator[Store]:
    store = Store(URL.create("sqlite", database=f"{tmp_path}/desk.sqlite3"))
    yield store
    store.close()


@pytest.fixture
def ada(store: Store, entered: Callable[[Store, str, str], str]) -> Account:
    entered(store, "Ada", "editor")
    with store.reading() as connection:
        return accounts.named(connection, "Ada")


@pytest.fixture
def teller(store: Store, listener: Listener) -> Teller:
    return Teller(Desk(replace(DEFAULTS, private_hosts=f"127.0.0.1:{listener.port}"), None, store, checks=None))


def hook(store: Store, owner: Account, url: str) -> tuple[Webhook, str]:
    with store.writing() as connection:
        key, _ = keys.make(connection, owner.name, label="CMS", scopes=keys.SCOPES, by=owner.name)
        return webhooks.make(connection, key, url=url, events=["finding.ready", "review.decided"])


def tell(store: Store, *, only: str | None = None) -> None:
    with store.writing() as connection:
        webhooks.tell(connection, "review.decided", {"review": "é1", "decision": "accept"}, only=only)


def sent(store: Store, to: Webhook) -> tuple[Delivery, ...]:
    with store.reading() as connection:
        return webhooks.deliveries(connection, to.id)


def hurry(store: Store) -> None:
    """Let the time until the next attempt be over."""
    with store.writing() as connection:
        connection.execute(update(delivery).values(next_at=before_now(1)))


def test_a_message_is_signed_so_that_its_receiver_knows_it(
    store: Store, ada: Account, listener: Listener, teller: Teller
) -> None:
    to, secret = hook(store, ada, listener.url)
    tell(store)
    assert teller.once() and not teller.once()
    ((headers, body),) = listener.heard
    told = Verifying(secret).verify(body, headers)
    assert told["type"] == "review.decided" and told["data"] == {"review": "é1", "decision": "accept"}
    for changed in (body.replace(b"accept", b"refuse"), body + b" "):
        with pytest.raises(WebhookVerificationError):
            Verifying(secret).verify(changed, headers)
    with pytest.raises(WebhookVerificationError):
        Verifying(hook(store, ada, listener.url)[1]).verify(body, headers)
    (one,) = sent(store, to)
    assert (one.state, one.attempts, one.status, one.error) == ("delivered", 1, 204, None)
    assert headers["webhook-id"] == one.message_id and secret not in str(headers)


def test_who_does_not_hear_is_told_again_later_and_later_under_the_same_id(
    store: Store, ada: Account, listener: Listener, teller: Teller
) -> None:
    to, _ = hook(store, ada, listener.url)
    tell(store)
    listener.answers = [500]
    for number, wait in enumerate(AGAIN, start=1):
        assert teller.once() and not teller.once()
        (one,) = sent(store, to)
        assert (one.state, one.attempts, one.status) == ("waiting", number, 500)
        assert wait - 5 <= -seconds_since(one.next_at) <= wait * 1.1 + 1
        hurry(store)
    assert teller.once()
    (one,) = sent(store, to)
    assert (one.state, one.attempts) == ("failed", len(AGAIN) + 1) and "500" in str(one.error)
    assert len({headers["webhook-id"] for headers, _ in listener.heard}) == 1 and not teller.once()


@pytest.mark.parametrize("status", [301, 307, 400, 503])
def test_only_two_hundreds_are_an_answer_and_nobody_is_followed(
    store: Store, ada: Account, listener: Listener, teller: Teller, status: int
) -> None:
    to, _ = hook(store, ada, listener.url)
    tell(store)
    listener.answers = [status, 204]
    assert teller.once() and sent(store, to)[0].state == "waiting" and len(listener.heard) == 1
    hurry(store)
    assert teller.once() and sent(store, to)[0].state == "delivered"


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://127.0.0.1:{other}/told", "ONRECORD_PRIVATE_HOSTS"),
        ("https://10.0.0.1/told", "public internet"),
        ("https://169.254.169.254/latest/meta-data/", "public internet"),
        ("http://press.example/told", "https"),
    ],
)
def test_nothing_is_sent_to_an_address_that_is_not_to_be_asked(
    store: Store, ada: Account, teller: Teller, listener: Listener, url: str, says: str
) -> None:
    # As the way in is guarded too, such an address was allowed once, or its name leads elsewhere now.
    to, _ = hook(store, ada, url.format(other=listener.port + 1))
    tell(store)
    assert teller.once()
    (one,) = sent(store, to)
    assert (one.state, one.status) == ("waiting", None) and says in str(one.error) and listener.heard == []


def test_where_sending_is_switched_off_nothing_is_sent(store: Store, ada: Account, listener: Listener) -> None:
    to, _ = hook(store, ada, listener.url)
    tell(store)
    settings = replace(DEFAULTS, egress="off", private_hosts=f"127.0.0.1:{listener.port}")
    assert Teller(Desk(settings, None, store, checks=None)).once()
    assert listener.heard == [] and "ONRECORD_EGRESS" in str(sent(store, to)[0].error)


def test_who_says_that_it_is_gone_is_told_no_more(
    store: Store, ada: Account, listener: Listener, teller: Teller
) -> None:
    to, _ = hook(store, ada, listener.url)
    tell(store)
    tell(store)
    listener.answers = [410]
    assert teller.once() and not teller.once()
    assert [each.state for each in sent(store, to)] == ["failed", "failed"]
    with store.reading() as connection:
        assert "410" in str(webhooks.numbered(connection, to.id, owner=ada).ended_because)
    tell(store)
    assert len(sent(store, to)) == 2


def closed(connection: Connection) -> None:
    accounts.change(connection, "Ada", by="test", active=False)


def revoked(connection: Connection) -> None:
    (key,) = keys.listed(connection)
    keys.revoke(connection, key.id, by="test")


def expired(connection: Connection) -> None:
    connection.execute(update(api_key).values(expires_at=before_now(1)))


@pytest.mark.parametrize("end", [closed, revoked, expired])
def test_a_webhook_ends_with_the_key_that_made_it(
    store: Store, ada: Account, listener: Listener, teller: Teller, end: Callable[[Connection], None]
) -> None:
    to, _ = hook(store, ada, listener.url)
    tell(store)
    with store.writing() as connection:
        end(connection)
    tell(store)
    assert not teller.once() and listener.heard == [] and [each.state for each in sent(store, to)] == ["failed"]
    with store.reading() as connection:
        assert "in force" in str(webhooks.numbered(connection, to.id, owner=ada).ended_because)


def test_what_was_sent_long_ago_is_forgotten_and_what_waits_is_not(
    store: Store, ada: Account, listener: Listener, teller: Teller
) -> None:
    to, _ = hook(store, ada, listener.url)
    for _ in range(3):
        tell(store)
    assert teller.once()
    with store.writing() as connection:
        connection.execute(update(delivery).values(made_at=before_now(webhooks.KEPT + 1)))
    assert teller.once() and sorted(each.state for each in sent(store, to)) == ["delivered", "waiting"]


def test_what_a_dead_process_was_sending_is_sent_by_the_next(
    store: Store, ada: Account, listener: Listener, teller: Teller
) -> None:
    to, _ = hook(store, ada, listener.url)
    tell(store)
    with store.writing() as connection:
        first = webhooks.claim(connection)
    assert first is not None and not teller.once()
    hurry(store)
    assert teller.once()
    with store.writing() as connection:
        webhooks.settle(connection, first, status=None, error="too late")
    (one,) = sent(store, to)
    assert (one.state, one.attempts, one.error) == ("delivered", 2, None)


def test_a_message_is_sent_again_when_it_is_asked_for(
    store: Store, ada: Account, listener: Listener, teller: Teller
) -> None:
    to, _ = hook(store, ada, listener.url)
    tell(store)
    (one,) = sent(store, to)
    with store.writing() as connection, pytest.raises(NotNow):
        webhooks.replay(connection, to.id, one.id)
    teller.once()
    with store.writing() as connection:
        again = webhooks.replay(connection, to.id, one.id)
        with pytest.raises(NotHere):
            webhooks.replay(connection, "other", one.id)
    assert teller.once() and {each.state for each in sent(store, to)} == {"delivered"}
    (first, body), (second, same) = listener.heard
    assert first["webhook-id"] == second["webhook-id"] == again.message_id and body == same


def test_the_running_service_tells(tmp_path: Path, listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_PRIVATE_HOSTS", f"127.0.0.1:{listener.port}")
    with running(tmp_path, before="") as (address, store), Client(address, campaign_key(store)) as client:
        made = client.ask(calls.make_webhook(WebhookAsked(url=listener.url, events=["finding.ready"])))
        sent = client.ask(
            calls.send_article(ArticleAsked(text="“We will not sign the water treaty today,” Ilse Corvane said."))
        )
        list(client.follow(sent.id))
        end = monotonic() + 60
        while not listener.heard and monotonic() < end:
            sleep(0.2)
        ((headers, body),) = listener.heard
        told = Verifying(made.secret).verify(body, headers)
        assert told["data"] == {"article": sent.id, "item": 1, "state": "done"}
        assert client.ask(calls.list_deliveries(made.id)).items[0].message_id == headers["webhook-id"]
        store.close()


def test_what_did_not_happen_is_not_told(store: Store, ada: Account, listener: Listener) -> None:
    to, _ = hook(store, ada, listener.url)

    class Broken(Exception):
        pass

    with pytest.raises(Broken), store.writing() as connection:
        webhooks.tell(connection, "review.decided", {"review": "1"})
        raise Broken
    with store.writing() as connection:
        webhooks.tell(connection, "source.changed", {"document": "1"})  # nobody asked for that
    assert sent(store, to) == ()


@pytest.mark.parametrize("outcome", [Outcome(result="{}"), Outcome(error_code="quote", error="No.")])
def test_whoever_sent_an_article_is_told_that_it_is_done_and_nobody_else(
    store: Store, ada: Account, listener: Listener, entered: Callable[[Store, str, str], str], outcome: Outcome
) -> None:
    entered(store, "Eve", "admin")
    with store.reading() as connection:
        eve = accounts.named(connection, "Eve")
    mine, theirs = hook(store, ada, listener.url)[0], hook(store, eve, listener.url)[0]
    items = [
        NewItem("one", "article", json.dumps({"text": "A secret draft."})),
        NewItem("two", "quote", '{"quote": "x"}'),
    ]
    with store.writing() as connection:
        id = jobs.create(connection, "A batch", items, by="Ada")
    for _ in items:
        leased = jobs.claim(store)
        assert leased is not None
        jobs.finish(store, leased, outcome)
    (one,) = sent(store, mine)
    state = "failed" if outcome.error else "done"
    assert json.loads(one.body)["data"] == {"article": id, "item": 1, "state": state}
    assert "secret" not in one.body and sent(store, theirs) == ()


def test_what_a_webhook_cannot_be_is_said(store: Store, ada: Account) -> None:
    with store.writing() as connection:
        key, _ = keys.make(connection, "Ada", label="CMS", scopes=keys.SCOPES, by="Ada")
        for url, events in (
            ("https://a.example/", []),
            ("https://a.example/", ["all"]),
            ("x" * 3000, ["finding.ready"]),
        ):
            with pytest.raises(WrongEntry):
                webhooks.make(connection, key, url=url, events=events)
        for _ in range(webhooks.MOST):
            first, secret = webhooks.make(connection, key, url="https://a.example/", events=["finding.ready"])
        with pytest.raises(NotNow):
            webhooks.make(connection, key, url="https://a.example/", events=["finding.ready"])
        assert webhooks.make(connection, key, url="x", events=[], id=first.id) == (first, secret)
