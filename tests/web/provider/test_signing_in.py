"""Signing in through a provider as it is meant: who comes in, as what, and what the log says."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from joserfc.jwk import RSAKey
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from checker.settings import Settings
from tests.web.provider.conftest import Issuer, Reader, asked_for
from web.access import COOKIE
from web.store import Store, accounts, audit, identities
from web.store.identities import Identity
from web.store.schema import journey

Build = Callable[[Settings], Flask]


def log(store: Store) -> list[tuple[str, str, dict[str, object]]]:
    with store.reading() as connection:
        return [(each.action, each.subject, json.loads(each.detail)) for each in audit.entries(connection)]


def role(store: Store, name: str) -> str:
    with store.reading() as connection:
        return accounts.named(connection, name).role


def test_whoever_is_bound_comes_in_to_the_page_that_was_asked_for(store: Store, reader: Reader, issuer: Issuer) -> None:
    address = reader.leave("/review?mine=1")
    asked = asked_for(address)
    assert (
        asked["response_type"] == "code"
        and asked["code_challenge_method"] == "S256"
        and asked["scope"] == "openid profile email"
    )
    assert (
        len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
        and min(map(len, (asked["state"], asked["nonce"]))) >= 43
    )
    answer = reader.arrive(reader.sign_in_there(address))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/review?mine=1")
    assert reader.inside == "Ada"
    assert log(store)[-1] == ("signed-in", "Ada", {"through": issuer.address})


def test_the_provider_is_asked_rarely_and_the_journey_is_forgotten(
    store: Store, reader: Reader, issuer: Issuer
) -> None:
    for _ in range(2):
        reader.sign_in()
    assert issuer.asked.count("/keys") == 1 and issuer.asked.count("/token") == 2
    with store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(journey)).scalar() == 0


def test_a_secret_with_signs_in_it_is_sent_in_the_header_too(store: Store, reader: Reader, issuer: Issuer) -> None:
    issuer.posts = False
    assert reader.sign_in().status_code == 303
    issuer.client.secret = "another"
    assert reader.sign_in().status_code == 403


def test_the_session_is_a_new_one_and_the_one_before_is_over(store: Store, app: Flask, reader: Reader) -> None:
    reader.sign_in()
    before = reader.client.get_cookie(COOKIE)
    reader.sign_in()
    after = reader.client.get_cookie(COOKIE)
    assert before and after and before.value != after.value
    old = Reader(app.test_client())
    old.client.set_cookie(COOKIE, before.value)
    assert old.inside == "" and reader.inside == "Ada"


def test_signing_in_with_a_password_ends_the_session_before_too(store: Store, app: Flask, reader: Reader) -> None:
    reader.sign_in()
    before = reader.client.get_cookie(COOKIE)
    reader.client.post("/sign-in", data={"name": "Ada", "password": "the lighthouse of Vessen"})
    old = Reader(app.test_client())
    assert before is not None
    old.client.set_cookie(COOKIE, before.value)
    assert old.inside == "" and reader.inside == "Ada"


def test_signing_out_ends_the_session_here_and_tells_of_the_one_there(
    store: Store, reader: Reader, send: Callable[..., TestResponse], issuer: Issuer
) -> None:
    reader.sign_in()
    answer = send(reader.client, "/sign-out", page="/account")
    assert reader.inside == "" and answer.headers["Location"] == "/sign-in?out=1"
    assert "At Paper ID you may still be signed in" in reader.client.get("/sign-in?out=1").text
    there = reader.client.get("/sign-out/provider").headers["Location"]
    assert there.startswith(f"{issuer.address}/end?client_id=onrecord-desk&post_logout_redirect_uri=http")


def test_whoever_has_no_account_is_told_the_identifier_that_an_admin_needs(store: Store, reader: Reader) -> None:
    answer = reader.sign_in("bob")
    assert (
        answer.status_code == 403
        and "no account here" in answer.text
        and "<code" in answer.text
        and "u-2" in answer.text
    )
    assert reader.inside == "" and log(store)[-1][:2] == ("sign-in-refused", "u-2")


def test_an_account_with_the_same_name_or_address_is_not_entered(store: Store, reader: Reader, issuer: Issuer) -> None:
    issuer.people["eve"] = issuer.people["ada"] | {"sub": "u-66"}
    assert reader.sign_in("eve").status_code == 403 and reader.inside == ""


def test_a_closed_account_stays_closed(store: Store, reader: Reader) -> None:
    with store.writing() as connection:
        accounts.change(connection, "Ada", by="test", active=False)
    answer = reader.sign_in()
    assert answer.status_code == 403 and "closed" in answer.text and reader.inside == ""
    assert log(store)[-1][2]["why"] == "account closed"


@pytest.mark.parametrize("claim", ["groups", "realm_access.roles", "https://paper.example/groups"])
def test_groups_give_the_role_at_each_sign_in_and_the_highest_counts(
    build: Build, settings: Settings, issuer: Issuer, store: Store, claim: str
) -> None:
    app = build(
        replace(settings, oidc_claim=claim, oidc_roles="staff=read-only; cn=desk,ou=paper=checker; admins=admin")
    )
    reader, ada = Reader(app.test_client()), issuer.people["ada"]

    def put(*groups: str) -> None:
        for name in ("groups", "realm_access", "https://paper.example/groups"):
            ada.pop(name, None)
        if claim == "realm_access.roles":
            ada["realm_access"] = {"roles": list(groups)}
        else:
            ada[claim] = list(groups)

    for groups, given in (
        ((), ""),
        (("staff", "cn=desk,ou=paper"), "checker"),
        (("admins", "staff"), "admin"),
        (("staff",), "read-only"),
    ):
        put(*groups)
        answer = reader.sign_in()
        assert answer.status_code == (303 if given else 403)
        assert role(store, "Ada") == (given or "editor")
    put("none of these")
    assert "no role here" in reader.sign_in().text and reader.inside == ""  # the session before has ended too


def test_with_accounts_on_whoever_has_a_group_gets_one_and_a_name_of_their_own(
    build: Build, settings: Settings, issuer: Issuer, store: Store
) -> None:
    app = build(replace(settings, oidc_accounts="on", oidc_roles="staff=reporter"))
    issuer.people["bob"]["name"] = "Ada"
    reader = Reader(app.test_client())
    assert reader.sign_in("bob").status_code == 303 and reader.inside == "Ada 2" and role(store, "Ada 2") == "reporter"
    reader.sign_in("bob")
    with store.reading() as connection:
        assert len(accounts.everyone(connection)) == 2
        assert not accounts.right_password(connection, "Ada 2", "") and not accounts.right_password(
            connection, "Ada 2", "-"
        )
    assert [each[0] for each in log(store)][-4:] == ["account-added", "identity-bound", "signed-in", "signed-in"]


def test_without_groups_new_accounts_get_the_least_role_and_only_of_the_domains(
    build: Build, settings: Settings, issuer: Issuer
) -> None:
    app = build(replace(settings, oidc_accounts="on", oidc_domains="paper.example"))
    store: Store = app.extensions["desk"].store
    reader = Reader(app.test_client())
    assert reader.sign_in().status_code == 303 and role(store, "Ada Byron") == "read-only"
    assert "e-mail address of a domain" in reader.sign_in("bob").text
    for email, verified in (
        ("bob@paper.example", False), ("bob@paper.example", "true"), ("bob@sub.paper.example", True), ("paper.example@evil.example", True),
        ("bob@paper.example.evil.example", True), (None, True),
    ):  # fmt: skip
        issuer.people["bob"] |= {"email": email, "email_verified": verified}
        assert reader.sign_in("bob").status_code == 403
    issuer.people["bob"] |= {"email": "Bob@Paper.Example", "email_verified": True}
    assert reader.sign_in("bob").status_code == 303


def test_an_account_is_connected_by_its_owner_who_gives_the_password(
    app: Flask, reader: Reader, send: Callable[..., TestResponse]
) -> None:
    store: Store = app.extensions["desk"].store
    with store.writing() as connection:
        accounts.add(connection, "Ada", "the lighthouse of Vessen", role="editor", by="test")
    reader.client.post("/sign-in", data={"name": "Ada", "password": "the lighthouse of Vessen"})
    wrong = send(reader.client, "/account/provider", page="/account", mine="no")
    assert wrong.status_code == 400 and "not your password" in wrong.text
    page = send(reader.client, "/account/provider", page="/account", mine="the lighthouse of Vessen").text
    address = page.partition('class="button main" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert reader.arrive(reader.sign_in_there(address)).headers["Location"] == "/account"
    assert "You can sign in with Paper ID" in reader.client.get("/account").text
    other = Reader(app.test_client())
    other.sign_in()
    assert other.inside == "Ada" and "identity-bound" in [each[0] for each in log(store)]


def test_where_passwords_are_switched_off_none_is_taken_and_an_admin_opens_accounts_for_identifiers(
    build: Build, settings: Settings, store: Store, issuer: Issuer, send: Callable[..., TestResponse]
) -> None:
    app = build(replace(settings, local_passwords="off"))
    with store.writing() as connection:
        accounts.change(connection, "Ada", by="test", role="admin")
    reader = Reader(app.test_client())
    assert "password" not in reader.client.get("/sign-in").text
    assert (
        reader.client.post("/sign-in", data={"name": "Ada", "password": "the lighthouse of Vessen"}).status_code == 409
    )
    reader.sign_in()
    assert reader.inside == "Ada" and 'type="password"' not in reader.client.get("/account").text
    nobody = send(
        reader.client,
        "/accounts",
        page="/accounts",
        name="Bob",
        role="reporter",
        subject="",
        password="long enough to be one",
    )
    assert nobody.status_code == 400 and "identifier" in nobody.text
    assert (
        send(reader.client, "/accounts", page="/accounts", name="Bob", role="reporter", subject="u-2").status_code
        == 303
    )
    other = Reader(app.test_client())
    assert other.sign_in("bob").status_code == 303 and other.inside == "Bob"


def test_new_keys_are_fetched_when_a_token_names_one_and_old_ones_hold_no_more(
    store: Store, reader: Reader, issuer: Issuer
) -> None:
    reader.sign_in()
    old = issuer.keys[0]
    issuer.keys = [RSAKey.generate_key(2048, {"kid": "three"}), *issuer.keys[1:]]
    assert reader.sign_in().status_code == 303
    issuer.signer = old
    assert reader.sign_in().status_code == 403


def test_tokens_signed_over_a_curve_are_read(store: Store, reader: Reader, issuer: Issuer) -> None:
    issuer.signer, issuer.algorithm = issuer.keys[1], "ES256"
    assert reader.sign_in().status_code == 303


def test_an_issuer_that_does_not_answer_is_said_and_passwords_still_open(
    store: Store, reader: Reader, issuer: Issuer
) -> None:
    issuer.status = 503
    answer = reader.client.get("/sign-in/provider")
    assert answer.status_code == 503 and "Paper ID does not answer" in answer.text and 'name="password"' in answer.text
    asked = len(issuer.asked)
    assert reader.client.get("/sign-in/provider").status_code == 503 and len(issuer.asked) == asked  # not again at once
    reader.client.post("/sign-in", data={"name": "Ada", "password": "the lighthouse of Vessen"})
    assert reader.inside == "Ada"
    reader.client.set_cookie("language", "ru")
    assert "Paper ID не отвечает" in reader.client.get("/sign-in/provider").text


def test_where_no_provider_is_named_there_is_none(build: Build, settings: Settings) -> None:
    client = build(replace(settings, oidc_issuer="")).test_client()
    for path in ("/sign-in/provider", "/sign-in/provider/back?code=1&state=1", "/sign-out/provider"):
        assert client.get(path).status_code == 404
    assert "Sign in with" not in client.get("/sign-in").text


def test_an_issuer_on_the_own_network_is_asked_where_nothing_else_is(
    build: Build, settings: Settings, store: Store, issuer: Issuer
) -> None:
    reader = Reader(build(replace(settings, egress="off")).test_client())
    assert reader.sign_in().status_code == 303
    issuer.metadata = {"token_endpoint": "https://93.184.215.14/token"}
    reader = Reader(build(replace(settings, egress="off")).test_client())
    assert reader.sign_in().status_code == 503


def test_neither_secret_nor_tokens_are_logged(
    store: Store, reader: Reader, issuer: Issuer, settings: Settings, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    back = reader.sign_in_there(reader.leave())
    reader.arrive(back)
    issuer.claims = {"nonce": "another"}
    reader.sign_in()
    code = back.partition("code=")[2].partition("&")[0]
    ours = [each.getMessage() for each in caplog.records if each.name.startswith("web.")]
    assert ours
    told = "".join(ours) + repr(settings) + str(log(store))
    assert "another" not in told and code not in told and "a secret" not in told and "eyJ" not in told


def test_identities_are_bound_once_and_unbound_with_the_sessions(store: Store, reader: Reader, issuer: Issuer) -> None:
    reader.sign_in()
    with store.writing() as connection:
        accounts.add(connection, "Bea", None, role="admin", by="test")
        with pytest.raises(Exception, match="belongs to the account “Ada”"):
            identities.bind(connection, "Bea", Identity(issuer.address, "u-1"), by="test")
        assert identities.unbind(connection, "Ada", by="test") == (Identity(issuer.address, "u-1"),)
    assert reader.inside == "" and reader.sign_in().status_code == 403
