"""Keys: shown once, worth no more than their account, and worthless when revoked, expired or guessed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import select, update

from web.store import Store, accounts, audit, keys
from web.store.clock import before_now
from web.store.errors import NotHere, NotNow, WrongEntry
from web.store.keys import Key, KeyRefused
from web.store.schema import api_key


@pytest.fixture
def store(store: Store) -> Store:
    with store.writing() as connection:
        for name, role in (("Ada", "admin"), ("Bea", "editor")):
            accounts.add(connection, name, "a long enough password", role=role, by="test")
    return store


def made(store: Store, **given: object) -> tuple[Key, str]:
    with store.writing() as connection:
        return keys.make(connection, "Bea", by="Bea", **({"label": "CMS", "scopes": ["check"]} | given))  # type: ignore[arg-type]


def refusal(store: Store, secret: str) -> str:
    with store.reading() as connection, pytest.raises(KeyRefused) as caught:
        keys.of(connection, secret)
    return caught.value.why


def test_a_key_opens_and_its_secret_is_nowhere_in_the_database(store: Store) -> None:
    key, secret = made(store, scopes=["read", "check"])
    with store.reading() as connection:
        assert keys.of(connection, secret) == key and key.scopes == ("check", "read")
        row = connection.execute(select(api_key)).one()
        assert secret.startswith(f"{key.prefix}_") and secret[-64:] not in str(tuple(row))
        assert all(secret[-64:] not in each.detail for each in audit.entries(connection))


def test_a_guessed_key_is_unknown_however_near_it_is(store: Store) -> None:
    _, secret = made(store)
    other = secret[:-1] + ("0" if secret[-1] != "0" else "1")
    for guess in ("", "onr_live_", other, secret[:-1], secret + "0", secret + "\n", secret.upper(), "é" * 90):
        assert refusal(store, guess) == "unknown"
    assert refusal(store, secret.replace("_live_", "_test_")) == "unknown"


def test_a_revoked_or_expired_key_and_one_of_a_closed_account_open_nothing(store: Store) -> None:
    (revoked, first), (expired, second), (_, third) = made(store), made(store), made(store)
    with store.writing() as connection:
        keys.revoke(connection, revoked.id, by="Ada")
        connection.execute(update(api_key).where(api_key.c.id == expired.id).values(expires_at=before_now(1)))
    assert refusal(store, first) == "revoked" and refusal(store, second) == "expired"
    with store.writing() as connection, pytest.raises(NotNow):
        keys.revoke(connection, revoked.id, by="Ada")
    with store.writing() as connection:
        accounts.change(connection, "Bea", by="Ada", active=False)
    assert refusal(store, third) == "revoked"


def test_a_role_that_changes_changes_for_the_keys_too(store: Store) -> None:
    _, secret = made(store)
    with store.writing() as connection:
        accounts.change(connection, "Bea", by="Ada", role="read-only")
        assert keys.of(connection, secret).owner.role == "read-only"


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("label", {"label": " "}), ("label", {"label": "x" * 101}), ("label", {"label": "\x00"}),
        ("scopes", {"scopes": []}), ("scopes", {"scopes": ["check", "everything"]}),
        ("days", {"days": 0}), ("days", {"days": 731}),
    ],
)  # fmt: skip
def test_what_a_key_cannot_be_is_said(store: Store, field: str, given: dict[str, object]) -> None:
    with pytest.raises(WrongEntry) as caught:
        made(store, **given)
    assert caught.value.field == field


def test_a_key_is_one_s_own(store: Store) -> None:
    key, _ = made(store)
    with store.reading() as connection:
        ada, bea = (accounts.named(connection, name) for name in ("Ada", "Bea"))
        assert [each.id for each in keys.listed(connection, owner=bea)] == [key.id]
        assert keys.listed(connection, owner=ada) == () and len(keys.listed(connection)) == 1
        with pytest.raises(NotHere):
            keys.numbered(connection, key.id, owner=ada)


def test_requests_of_a_minute_are_counted_together_and_the_next_minute_begins_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, _ = made(store)

    def left(at: float, times: int = 1) -> Sequence[int]:
        monkeypatch.setattr("web.store.keys.time.time", lambda: at)
        with store.writing() as connection:
            return [keys.used(connection, key, limit=2).left for _ in range(times)]

    assert left(120.0, 3) == [1, 0, -1]
    assert left(179.0) == [-2]
    assert left(180.0) == [1]
    with store.reading() as connection:
        assert keys.numbered(connection, key.id).used_at is not None


def test_making_and_revoking_stand_in_the_log(store: Store) -> None:
    key, _ = made(store)
    with store.writing() as connection:
        keys.revoke(connection, key.id, by="Ada")
        log = [(each.action, each.subject, each.by) for each in audit.entries(connection)]
    assert log[-2:] == [("key-made", "Bea", "Bea"), ("key-revoked", "Bea", "Ada")]
