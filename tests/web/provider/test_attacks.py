"""What is tried against signing in through a provider; none of it signs anybody in."""

from __future__ import annotations

import base64
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from flask import Flask
from joserfc.jwk import OctKey, RSAKey
from sqlalchemy import update

from checker.errors import SettingsError
from checker.settings import Settings
from tests.web.provider.conftest import SECRET, Issuer, Reader, asked_for
from web.provider.terms import terms_of
from web.store import Store
from web.store.clock import before_now
from web.store.schema import journey

Build = Callable[[Settings], Flask]


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def part(value: object) -> str:
    return encoded(json.dumps(value).encode())


def unsigned(token: str) -> str:
    """The same claims, signed by nobody."""
    return f"{part({'alg': 'none'})}.{token.split('.')[1]}."


def stripped(token: str) -> str:
    return token.rpartition(".")[0] + "."


def altered(token: str) -> str:
    """Somebody else's claims under a right signature."""
    head, body, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    return f"{head}.{part(claims | {'sub': 'u-66'})}.{signature}"


LIES: dict[str, dict[str, object]] = {
    "another issuer": {"claims": {"iss": "https://evil.example"}},
    "an issuer that begins alike": {"claims": {"iss": "http://127.0.0.1"}},
    "another audience": {"claims": {"aud": "another-service"}},
    "an audience of several without a party": {"claims": {"aud": ["onrecord-desk", "another-service"]}},
    "another party": {"claims": {"aud": ["onrecord-desk", "another-service"], "azp": "another-service"}},
    "another party alone": {"claims": {"azp": "another-service"}},
    "an empty audience": {"claims": {"aud": []}},
    "expired": {"claims": {"exp": int(time.time()) - 120}},
    "an end that is no number": {"claims": {"exp": "never"}},
    "an end at infinity": {"claims": {"exp": float("inf")}},
    "issued tomorrow": {"claims": {"iat": int(time.time()) + 86_400}},
    "not valid yet": {"claims": {"nbf": int(time.time()) + 86_400}},
    "another nonce": {"claims": {"nonce": "another"}},
    "an empty nonce": {"claims": {"nonce": ""}},
    "the hash of another access token": {"claims": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}},
    "no nonce": {"without": ("nonce",)},
    "no issuer": {"without": ("iss",)},
    "no audience": {"without": ("aud",)},
    "no end": {"without": ("exp",)},
    "no time of issue": {"without": ("iat",)},
    "nobody": {"without": ("sub",)},
    "an empty subject": {"claims": {"sub": ""}},
    "a subject that is a number": {"claims": {"sub": 1}},
    "a subject that is too long": {"claims": {"sub": "u" * 256}},
    "a subject with a line end": {"claims": {"sub": "u-1\nu-2"}},
    "no signature": {"token": unsigned},
    "a signature cut off": {"token": stripped},
    "claims of another token": {"token": altered},
    "no token at all": {"token": lambda _: ""},
    "five parts": {"token": lambda token: f"{token}.a.b"},
    "words": {"token": lambda _: "not.a.token"},
    "an access token": {"header": {"typ": "at+jwt"}},
    "a logout token": {"header": {"typ": "logout+jwt"}},
    "a key that is not there": {"header": {"kid": "stranger"}},
    "a key of its own in the header": {"signer": "own", "header": {"jku": "https://evil.example/keys"}},
    "a key of the same name": {"signer": "own"},
}  # fmt: skip


def test_a_token_that_does_not_hold_signs_nobody_in(store: Store, reader: Reader, issuer: Issuer) -> None:
    own, honest = RSAKey.generate_key(2048, {"kid": "one"}), dict(vars(issuer))
    for lie, changes in LIES.items():
        vars(issuer).update(honest | changes | ({"signer": own} if "signer" in changes else {}))
        answer = reader.sign_in()
        assert (answer.status_code, reader.inside) == (403, ""), lie
        assert "cannot be trusted" in answer.text, lie
    vars(issuer).update(honest)
    assert reader.sign_in().status_code == 303  # it was the lies


@pytest.mark.parametrize("secret", ["the public key", "the client's secret"])
def test_a_token_signed_with_what_everybody_knows_signs_nobody_in(
    store: Store, reader: Reader, issuer: Issuer, secret: str
) -> None:
    known = issuer.keys[0].as_pem(private=False) if secret == "the public key" else SECRET.encode()

    def forged(token: str) -> str:
        signed = f"{part({'alg': 'HS256', 'kid': 'one'})}.{token.split('.')[1]}"
        digest = hmac.new(known, signed.encode(), "sha256").digest()
        return f"{signed}.{encoded(digest)}"

    issuer.token = forged
    answer = reader.sign_in()
    assert answer.status_code == 403 and "cannot be trusted" in answer.text and reader.inside == ""


def test_a_secret_among_the_keys_is_no_key(store: Store, reader: Reader, issuer: Issuer) -> None:
    shared = OctKey.generate_key(256, {"kid": "shared"})
    issuer.keys.append(shared)  # type: ignore[arg-type]
    issuer.signer, issuer.algorithm = shared, "HS256"
    assert reader.sign_in().status_code == 403 and reader.inside == ""


def test_a_short_key_is_no_key(store: Store, reader: Reader, issuer: Issuer) -> None:
    short = rsa.generate_private_key(65537, 1024)
    modulus = short.public_key().public_numbers().n.to_bytes(128, "big")
    issuer.more_keys = [{"kty": "RSA", "kid": "short", "n": encoded(modulus), "e": "AQAB"}]

    def forged(token: str) -> str:
        signed = f"{part({'alg': 'RS256', 'kid': 'short'})}.{token.split('.')[1]}"
        return f"{signed}.{encoded(short.sign(signed.encode(), padding.PKCS1v15(), SHA256()))}"

    issuer.token = forged
    assert reader.sign_in().status_code == 403 and reader.inside == ""


def test_a_token_without_a_key_s_name_is_not_tried_with_each(store: Store, reader: Reader, issuer: Issuer) -> None:
    issuer.keys.append(RSAKey.generate_key(2048, {"kid": "three"}))
    issuer.header = {"kid": ""}
    assert reader.sign_in().status_code == 403 and reader.inside == ""


@pytest.mark.parametrize("change", ["another", "none", "twice"])
def test_a_return_with_another_state_is_nobody_s(store: Store, reader: Reader, change: str) -> None:
    back = reader.sign_in_there(reader.leave())
    state = f"state={back.partition('state=')[2].partition('&')[0]}"
    with_state = {"another": "state=another", "none": "x=1", "twice": f"{state}&{state}"}[change]
    assert reader.arrive(back.replace(state, with_state)).status_code in (400, 403) and reader.inside == ""


def test_a_return_in_another_browser_is_nobody_s(store: Store, app: Flask, reader: Reader) -> None:
    """Somebody sends the end of their own sign-in to somebody else, who would work in their account."""
    back = reader.sign_in_there(reader.leave())
    other = Reader(app.test_client())
    assert other.arrive(back).status_code == 400 and other.inside == ""
    other.leave()  # one that has begun a sign-in of its own has another cookie
    assert other.arrive(back).status_code == 400 and other.inside == ""
    assert reader.arrive(back).status_code == 303  # and that took nothing from whoever it belongs to


def test_a_return_counts_once_even_with_the_cookie_kept(store: Store, app: Flask, reader: Reader) -> None:
    back = reader.sign_in_there(reader.leave())
    cookie = reader.client.get_cookie("onrecord_journey", path="/sign-in/provider/back")
    assert cookie is not None and reader.arrive(back).status_code == 303
    thief = Reader(app.test_client())
    thief.client.set_cookie("onrecord_journey", cookie.value, path="/sign-in/provider/back")
    assert thief.arrive(back).status_code == 400 and thief.inside == ""


def test_a_code_counts_once_for_two_journeys(store: Store, app: Flask, reader: Reader) -> None:
    back = reader.sign_in_there(reader.leave())
    assert reader.arrive(back).status_code == 303
    thief = Reader(app.test_client())
    state = asked_for(thief.leave())["state"]
    code = back.partition("code=")[2].partition("&")[0]
    iss = back.partition("iss=")[2].partition("&")[0]
    answer = thief.arrive(f"/sign-in/provider/back?code={code}&state={state}&iss={iss}")
    assert answer.status_code == 403 and thief.inside == ""


def test_a_stolen_code_is_worth_nothing_in_another_journey(store: Store, app: Flask, reader: Reader) -> None:
    back = reader.sign_in_there(reader.leave())  # its reader never came back
    thief = Reader(app.test_client())
    state = asked_for(thief.leave())["state"]
    own = f"state={back.partition('state=')[2].partition('&')[0]}"
    assert thief.arrive(back.replace(own, f"state={state}")).status_code == 403 and thief.inside == ""  # PKCE


def test_a_journey_that_took_too_long_is_over(store: Store, reader: Reader) -> None:
    back = reader.sign_in_there(reader.leave())
    with store.writing() as connection:
        connection.execute(update(journey).values(begun_at=before_now(601)))
    assert reader.arrive(back).status_code == 400 and reader.inside == ""


@pytest.mark.parametrize("says", ["https://evil.example", ""])
def test_an_answer_that_names_another_provider_or_none_is_not_taken(
    store: Store, reader: Reader, issuer: Issuer, says: str
) -> None:
    """Mix-up: the code would be sent to where it does not belong."""
    issuer.says_issuer = says
    back = reader.sign_in_there(reader.leave())
    asked = issuer.asked.count("/token")
    assert reader.arrive(back).status_code == 403 and reader.inside == "" and issuer.asked.count("/token") == asked


def test_a_journey_to_a_provider_that_is_none_any_more_is_over(
    build: Build, settings: Settings, store: Store, reader: Reader
) -> None:
    back = reader.sign_in_there(reader.leave())
    with store.writing() as connection:
        connection.execute(update(journey).values(issuer="https://before.example"))
    assert reader.arrive(back).status_code == 400 and reader.inside == ""


@pytest.mark.parametrize("error", ["access_denied", "<script>alert(1)</script>", "x" * 5000])
def test_what_the_provider_refuses_is_said_in_our_words(
    store: Store, reader: Reader, issuer: Issuer, error: str
) -> None:
    state = asked_for(reader.leave())["state"]
    answer = reader.arrive(
        f"/sign-in/provider/back?error={quote(error)}&state={state}&iss={issuer.address}&error_description={quote(error)}"
    )
    main = answer.text.partition("<main")[2]
    assert answer.status_code == 403 and "did not let you in" in answer.text and error not in main


@pytest.mark.parametrize("code", ["", "x" * 5000])
def test_a_return_without_a_code_is_none(store: Store, reader: Reader, issuer: Issuer, code: str) -> None:
    state = asked_for(reader.leave())["state"]
    answer = reader.arrive(f"/sign-in/provider/back?code={code}&state={state}&iss={issuer.address}")
    assert answer.status_code == 403 and reader.inside == ""


@pytest.mark.parametrize(
    "to", ["//evil.example/", "https://evil.example/", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)", "/a\nb", "\\\\evil"]
)  # fmt: skip
def test_signing_in_leads_to_no_other_site(store: Store, reader: Reader, to: str) -> None:
    assert reader.sign_in(to=to).headers["Location"] == "/review"


def test_what_was_kept_cannot_lead_elsewhere_either(store: Store, reader: Reader) -> None:
    back = reader.sign_in_there(reader.leave())
    with store.writing() as connection:
        connection.execute(update(journey).values(leads_to="https://evil.example/"))
    assert reader.arrive(back).headers["Location"] == "/review"


def test_another_site_cannot_connect_an_account_to_its_own_identity(store: Store, app: Flask, reader: Reader) -> None:
    reader.sign_in()
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}):
        answer = reader.client.post("/account/provider", data={"mine": "the lighthouse of Vessen"}, headers=headers)
        assert answer.status_code == 403


def test_a_connection_begun_by_one_account_is_not_finished_by_another(store: Store, reader: Reader) -> None:
    reader.sign_in()
    back = reader.sign_in_there(reader.leave(), "bob")
    with store.writing() as connection:
        connection.execute(update(journey).values(account_id=1))
    reader.client.delete_cookie("onrecord_session")
    assert reader.arrive(back).status_code == 400 and reader.sign_in("bob").status_code == 403


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.example"},
        {"issuer": "http://127.0.0.1:1/"},
        {"token_endpoint": "http://169.254.169.254/latest/meta-data/"},
        {"token_endpoint": "http://127.0.0.1:9/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"jwks_uri": "http://10.0.0.1/keys"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": "https://user@evil.example/"},
        {"id_token_signing_alg_values_supported": ["none", "HS256"]},
        {"code_challenge_methods_supported": ["plain"]},
        {"response_types_supported": ["id_token"]},
        {"token_endpoint": 1},
    ],
    ids=str,
)
def test_a_provider_that_describes_itself_so_is_not_asked_further(
    store: Store, reader: Reader, issuer: Issuer, metadata: dict[str, object]
) -> None:
    issuer.metadata = metadata
    answer = reader.client.get("/sign-in/provider")
    if answer.status_code == 303:  # where only the last step leads elsewhere
        answer = reader.arrive(reader.sign_in_there(answer.headers["Location"]))
    assert answer.status_code == 503 and reader.inside == "" and "/token" not in issuer.asked


def test_the_cookie_of_a_journey_is_for_its_return_alone(store: Store, reader: Reader) -> None:
    set_ = reader.client.get("/sign-in/provider", base_url="https://localhost").headers["Set-Cookie"]
    assert all(
        each in set_ for each in ("HttpOnly", "SameSite=Lax", "Secure", "Path=/sign-in/provider/back", "Max-Age=600")
    )


def test_what_returns_is_not_taken_as_a_form(store: Store, reader: Reader) -> None:
    assert reader.client.post("/sign-in/provider/back", data={"code": "1", "state": "1"}).status_code == 405


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"oidc_issuer": "http://login.paper.example"}, "https"),
        ({"oidc_issuer": "https://login.paper.example/?tenant=1"}, "without a question"),
        ({"oidc_issuer": "https://169.254.169.254/"}, "never asked"),
        ({"oidc_issuer": "https://user:secret@login.paper.example/"}, "ONRECORD_OIDC_ISSUER"),
        ({"oidc_client": ""}, "ONRECORD_OIDC_CLIENT"),
        ({"oidc_roles": "desk"}, "a group and its role"),
        ({"oidc_roles": "desk=king"}, "a group and its role"),
        ({"oidc_domains": "@paper.example"}, "is no domain"),
        ({"oidc_accounts": "on"}, "everybody whom the provider knows"),
        ({"oidc_secret_file": "/nowhere"}, "not both"),
        ({"oidc_secret": "", "oidc_secret_file": "/nowhere"}, "cannot be read"),
        ({"oidc_scopes": 'openid "groups"'}, "divided by blanks"),
        ({"oidc_issuer": "", "local_passwords": "off"}, "no way in"),
    ],
)  # fmt: skip
def test_settings_that_would_let_in_whom_nobody_meant_are_refused(
    settings: Settings, change: dict[str, str], says: str
) -> None:
    with pytest.raises(SettingsError, match=says):
        terms_of(replace(settings, **change))  # type: ignore[arg-type]


def test_a_secret_may_be_in_a_file(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from the file\n")
    terms = terms_of(replace(settings, oidc_secret="", oidc_secret_file=str(tmp_path / "secret"), oidc_label=""))
    assert terms is not None and terms.secret == "from the file" and "from the file" not in repr(terms)
    assert terms.label == urlsplit(settings.oidc_issuer).hostname
