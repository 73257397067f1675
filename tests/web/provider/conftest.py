"""A provider of identities of our own: Authlib's server side with real keys, over a real socket, that can also lie.

It signs in whoever its address names (`login=`), as if they had typed a password there; `claims`, `header`, `signer` and the rest
change what it says, one lie at a time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpcore2
import pytest
from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, ClientMixin
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import UserInfo
from authlib.oidc.core.grants import OpenIDCode
from flask import Flask, Response, jsonify, redirect, request
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from checker.settings import DEFAULTS, Settings
from web import create_app
from web.provider.known import Provider
from web.provider.terms import terms_of
from web.store import Store, accounts, identities
from web.store.identities import Identity

CLIENT, SECRET = "onrecord-desk", "a secret + with signs / and 100%"
Person = dict[str, Any]


@dataclass
class _Client(ClientMixin):  # type: ignore[misc]  # Authlib has no types
    """The one service that this provider knows."""

    client_id: str = CLIENT
    addresses: tuple[str, ...] = ("http://localhost/sign-in/provider/back",)
    secret: str = SECRET

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> None:
        return None

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri in self.addresses

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == self.secret

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in ("client_secret_post", "client_secret_basic")

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class _Code(AuthorizationCodeMixin):  # type: ignore[misc]
    """What a reader takes back."""

    code: str
    client_id: str
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str
    person: str

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> int:
        return int(time.time())

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


@dataclass
class Issuer:
    """The provider: whom it knows, with which keys it signs, and how it lies."""

    address: str = ""
    people: dict[str, Person] = field(
        default_factory=lambda: {
            "ada": {"sub": "u-1", "name": "Ada Byron", "email": "ada@paper.example", "email_verified": True, "groups": ["desk-editors", "staff"]},
            "bob": {"sub": "u-2", "name": "Bob Karr", "email": "bob@elsewhere.example", "email_verified": True, "groups": ["staff"]},
        }
    )  # fmt: skip
    keys: list[RSAKey | ECKey] = field(
        default_factory=lambda: [RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}), ECKey.generate_key("P-256", {"kid": "two"})]
    )  # fmt: skip
    more_keys: list[dict[str, object]] = field(default_factory=list)
    client: _Client = field(default_factory=_Client)
    metadata: dict[str, object] = field(default_factory=dict)
    claims: dict[str, object] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    header: dict[str, str] = field(default_factory=dict)
    signer: RSAKey | ECKey | OctKey | None = None
    algorithm: str = "RS256"
    token: Callable[[str], str] = str
    says_issuer: str | None = None
    posts: bool = True
    status: int = 200
    asked: list[str] = field(default_factory=list)
    codes: dict[str, _Code] = field(default_factory=dict)

    def id_token(self, claims: Person) -> str:
        """A token that says so, with today's lies."""
        said = {name: value for name, value in (claims | self.claims).items() if name not in self.without}
        signer = self.signer or self.keys[0]
        header = {"alg": self.algorithm, "kid": signer.kid or "", **self.header}
        return self.token(jwt.encode({k: v for k, v in header.items() if v}, said, signer, algorithms=[self.algorithm]))

    def described(self) -> dict[str, object]:
        """What it says of itself."""
        auth = ["client_secret_basic", *(["client_secret_post"] if self.posts else [])]
        return {
            "issuer": self.address, "authorization_endpoint": f"{self.address}/authorize", "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys", "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256", "ES256", "HS256", "none"], "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": auth, "end_session_endpoint": f"{self.address}/end",
            "authorization_response_iss_parameter_supported": True,
        } | self.metadata  # fmt: skip


def application(issuer: Issuer) -> Flask:
    """The provider as an application."""
    app = Flask("issuer")
    server = AuthorizationServer(
        app, query_client=lambda id: issuer.client if id == CLIENT else None, save_token=lambda *_: None
    )

    class Grant(AuthorizationCodeGrant):  # type: ignore[misc]
        TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_post", "client_secret_basic")

        def save_authorization_code(self, code: str, request: Any) -> None:
            data = request.payload.data
            issuer.codes[code] = _Code(
                code, CLIENT, data["redirect_uri"], data["scope"], data["nonce"], data["code_challenge"],
                data["code_challenge_method"], request.user,
            )  # fmt: skip

        def query_authorization_code(self, code: str, client: _Client) -> _Code | None:
            return issuer.codes.get(code)

        def delete_authorization_code(self, authorization_code: _Code) -> None:
            del issuer.codes[authorization_code.code]

        def authenticate_user(self, authorization_code: _Code) -> str:
            return authorization_code.person

    class Identified(OpenIDCode):  # type: ignore[misc]
        def exists_nonce(self, nonce: str, request: Any) -> bool:
            return any(each.nonce == nonce for each in issuer.codes.values())

        def generate_user_info(self, user: str, scope: str) -> UserInfo:
            return UserInfo(issuer.people[user])

        def encode_id_token(self, token: dict[str, Any], request: Any) -> str:
            now = int(time.time())
            said = {"iss": issuer.address, "aud": CLIENT, "iat": now, "exp": now + 300}
            code = request.authorization_code
            return issuer.id_token(said | {"nonce": code.get_nonce()} | issuer.people[code.person])

    server.register_grant(Grant, [CodeChallenge(required=True), Identified(require_nonce=True)])

    @app.before_request
    def ask() -> Response | None:
        issuer.asked.append(request.path)
        return None if issuer.status == 200 else Response("down", issuer.status)

    @app.get("/.well-known/openid-configuration")
    def describe() -> Response:
        return jsonify(issuer.described())

    @app.get("/keys")
    def keys() -> Response:
        return jsonify({"keys": [*(key.as_dict(private=False) for key in issuer.keys), *issuer.more_keys]})

    @app.get("/authorize")
    def authorize() -> Any:
        if "login" not in request.args:  # a page with one button for each person, for a browser
            return "".join(f'<a href="{request.full_path}&login={name}">I am {name}</a> ' for name in issuer.people)
        user = request.args["login"]
        grant = server.get_consent_grant(end_user=user)
        answer = server.create_authorization_response(grant_user=user, grant=grant)
        named = issuer.address if issuer.says_issuer is None else issuer.says_issuer
        return redirect(f"{answer.location}&iss={named}" if named else answer.location)

    @app.post("/token")
    def token() -> Any:
        return server.create_token_response()

    @app.get("/end")
    def end() -> str:
        return "You are signed out."

    return app


@pytest.fixture(scope="session")
def signing() -> tuple[RSAKey, ECKey]:
    """Keys take a tenth of a second each."""
    return RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}), ECKey.generate_key("P-256", {"kid": "two"})


@pytest.fixture
def issuer(signing: tuple[RSAKey, ECKey]) -> Iterator[Issuer]:
    """The provider, running."""
    found = Issuer(keys=list(signing))
    server = make_server("127.0.0.1", 0, application(found), threaded=True)
    found.address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Authlib refuses http unless told that this is a test; ours does not ask it (`web/provider/known.py`)."""
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")


@pytest.fixture
def settings(issuer: Issuer, tmp_path: Path) -> Settings:
    """Those of a desk that trusts the provider."""
    return replace(
        DEFAULTS, desk=str(tmp_path / "desk.sqlite3"), encoder="none", multilingual="none", oidc_issuer=issuer.address,
        oidc_client=CLIENT, oidc_secret=SECRET, oidc_label="Paper ID", private_hosts=urlsplit(issuer.address).netloc,
    )  # fmt: skip


@pytest.fixture
def build(corpus: Any) -> Callable[[Settings], Flask]:
    """An application of some settings."""

    def built(settings: Settings) -> Flask:
        app = create_app(settings, corpus)
        app.config["TESTING"] = False
        return app

    return built


@pytest.fixture
def app(build: Callable[[Settings], Flask], settings: Settings) -> Flask:
    return build(settings)


@pytest.fixture
def store(app: Flask, issuer: Issuer) -> Store:
    """A desk with Ada's account, which belongs to u-1 at the provider."""
    store: Store = app.extensions["desk"].store
    with store.writing() as connection:
        accounts.add(connection, "Ada", "the lighthouse of Vessen", role="editor", by="test")
        identities.bind(connection, "Ada", Identity(issuer.address, "u-1"), by="test")
    return store


@dataclass
class Reader:
    """A browser: it follows to the provider over the network, and comes back."""

    client: FlaskClient

    def leave(self, to: str = "/review") -> str:
        """Begin, and give the address at the provider."""
        answer = self.client.get("/sign-in/provider", query_string={"to": to})
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    def sign_in_there(self, address: str, login: str = "ada") -> str:
        """Sign in at the provider, and give the way back."""
        answer = httpcore2.request("GET", f"{address}&login={login}")
        assert answer.status == 302, answer.content
        back = dict(answer.headers)[b"Location"].decode()
        return back.removeprefix("http://localhost")

    def arrive(self, back: str) -> TestResponse:
        return self.client.get(back)

    def sign_in(self, login: str = "ada", *, to: str = "/review") -> TestResponse:
        """There and back."""
        return self.arrive(self.sign_in_there(self.leave(to), login))

    @property
    def inside(self) -> str:
        """Who is signed in; empty when nobody is."""
        answer = self.client.get("/account")
        return answer.text.partition("<h1><bdi>")[2].partition("</bdi>")[0] if answer.status_code == 200 else ""


@pytest.fixture
def reader(app: Flask) -> Reader:
    return Reader(app.test_client())


def asked_for(address: str) -> dict[str, str]:
    """What an address at the provider asks for."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def alone(settings: Settings) -> Provider:
    """The provider as the desk knows it."""
    terms = terms_of(settings)
    assert terms is not None
    return Provider(terms)
