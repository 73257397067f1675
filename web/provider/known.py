"""The provider: what it says of itself, its keys, and a token for a code; asked rarely, and never for long."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore
from types import MappingProxyType
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

from authlib.oauth2.rfc6749.parameters import prepare_token_request
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey
from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import FetchError
from corpus.fetch.network import SYSTEM, Network
from corpus.fetch.services import Reply, ask_service
from corpus.fetch.transfer import Parcel
from web.provider.errors import NotTrusted, ProviderUnreachable
from web.provider.terms import Terms
from web.store.identities import Journey

ALGORITHMS = {
    "RS256": "RSA", "RS384": "RSA", "RS512": "RSA", "PS256": "RSA", "PS384": "RSA", "PS512": "RSA",
    "ES256": "P-256", "ES384": "P-384", "ES512": "P-521",
}  # fmt: skip
"""How tokens may be signed, and with which kind of key: nothing that a secret shared with us could sign, and never nothing at all."""

_SHORTEST_RSA = 2048
_KEPT = 3600.0
"""Seconds for which it is believed what the provider said of itself, and its keys."""

_PAUSE = 2.0
"""Seconds after a failure, or after keys were asked for anew, in which it is not asked again."""

_AT_ONCE = 2
"""Readers for whom it is asked at once in one process, so that a slow provider leaves threads for checking."""

Key = RSAKey | ECKey
_KINDS: Mapping[str, type[Key]] = MappingProxyType({"RSA": RSAKey, "EC": ECKey})


class _Said(BaseModel):
    """Something that the provider says; what it adds to that is passed over."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")


_Kind = TypeVar("_Kind", bound=_Said)


class Metadata(_Said):
    """What a provider says of itself (OpenID Connect Discovery)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    end_session_endpoint: str | None = None
    response_types_supported: tuple[str, ...] = ("code",)
    code_challenge_methods_supported: tuple[str, ...] | None = None
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    id_token_signing_alg_values_supported: tuple[str, ...] = ("RS256",)
    authorization_response_iss_parameter_supported: bool = False

    @property
    def algorithms(self) -> tuple[str, ...]:
        """How its tokens may be signed, as far as that is safe."""
        return tuple(each for each in self.id_token_signing_alg_values_supported if each in ALGORITHMS)


class Granted(_Said):
    """What it gives for a code."""

    id_token: str
    access_token: str | None = None


class _KeySet(_Said):
    keys: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class _Held:
    metadata: Metadata
    keys: tuple[Key, ...]
    at: float


class Provider:
    """One provider for all threads of a process."""

    def __init__(self, terms: Terms, *, network: Network = SYSTEM, clock: Callable[[], float] = time.monotonic) -> None:
        self.terms = terms
        self._network = network
        self._clock = clock
        self._places = BoundedSemaphore(_AT_ONCE)
        self._held: _Held | None = None
        self._failed = self._renewed = float("-inf")

    @property
    def metadata(self) -> Metadata:
        """What it says of itself; raises ProviderUnreachable."""
        return self._known().metadata

    def key(self, kid: str | None, algorithm: str) -> Key:
        """The key that a token says it is signed with, looked for anew when it is not known; raises NotTrusted and ProviderUnreachable."""
        found = _fitting(self._known().keys, kid, algorithm)
        if not found and self._clock() - self._renewed >= _PAUSE:  # it may have new ones
            self._renewed = self._clock()
            found = _fitting(self._ask_all().keys, kid, algorithm)
        if len(found) != 1:
            raise NotTrusted(
                f"{len(found)} keys of the provider could be the one of the token (kid {kid!r}, {algorithm})"
            )
        return found[0]

    def grant(self, code: str, journey: Journey) -> Granted:
        """The token for a code; raises NotTrusted and ProviderUnreachable."""
        metadata = self.metadata
        body = prepare_token_request(
            "authorization_code", code=code, redirect_uri=journey.address, code_verifier=journey.verifier
        )
        headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json")]
        # In the body a secret is spelled in one way; in the header providers differ in how they read one with signs in it.
        if not self.terms.secret or "client_secret_post" in metadata.token_endpoint_auth_methods_supported:
            body += f"&client_id={quote(self.terms.client, safe='')}"
            body += f"&client_secret={quote(self.terms.secret, safe='')}" if self.terms.secret else ""
        else:
            pair = f"{quote(self.terms.client, safe='')}:{quote(self.terms.secret, safe='')}"
            headers.append(("Authorization", f"Basic {base64.b64encode(pair.encode()).decode()}"))
        with self._one_of_few():
            reply = self._ask(metadata.token_endpoint, Parcel(body.encode(), tuple(headers)))
        if reply.status != 200:
            # What it says may hold what was sent; the error's name is all that helps.
            raise NotTrusted(f"the provider gave no token for the code (status {reply.status}, {_error(reply)})")
        return _read(Granted, reply, NotTrusted)

    def _known(self) -> _Held:
        held = self._held
        if held is not None and self._clock() - held.at < _KEPT:
            return held
        if self._clock() - self._failed < _PAUSE:
            raise ProviderUnreachable("it failed a moment ago")
        return self._ask_all()

    def _ask_all(self) -> _Held:
        try:
            with self._one_of_few():
                metadata = self._described()
                reply = self._ask(metadata.jwks_uri)
                if reply.status != 200:
                    raise ProviderUnreachable(f"its keys are not there (status {reply.status})")
        except ProviderUnreachable:
            self._failed = self._clock()
            raise
        keys = tuple(_usable(_read(_KeySet, reply, ProviderUnreachable).keys))
        self._held = held = _Held(metadata, keys, self._clock())
        return held

    def _described(self) -> Metadata:
        issuer = self.terms.issuer
        reply = self._ask(f"{issuer.removesuffix('/')}/.well-known/openid-configuration")
        if reply.status != 200:
            raise ProviderUnreachable(f"it does not describe itself (status {reply.status})")
        found = _read(Metadata, reply, ProviderUnreachable)
        if found.issuer != issuer:
            raise ProviderUnreachable(f"it calls itself {found.issuer!r}, and ONRECORD_OIDC_ISSUER says {issuer!r}")
        for each in filter(
            None, (found.authorization_endpoint, found.token_endpoint, found.jwks_uri, found.end_session_endpoint)
        ):
            parts = urlsplit(each)
            if parts.scheme != "https" and (parts.scheme != "http" or issuer.startswith("https:")):
                raise ProviderUnreachable(f"it names an address that does not begin with https: {each!r}")
            if not parts.hostname or parts.fragment or not each.isprintable() or "\\" in each or "@" in parts.netloc:
                raise ProviderUnreachable(f"it names an address that is none: {each!r}")
        if "code" not in found.response_types_supported or "S256" not in (
            found.code_challenge_methods_supported or ("S256",)
        ):
            raise ProviderUnreachable("it knows no authorization codes with PKCE (S256)")
        if not found.algorithms:
            raise ProviderUnreachable(f"it signs in none of the ways {', '.join(ALGORITHMS)}")
        return found

    def _ask(self, address: str, parcel: Parcel | None = None) -> Reply:
        try:
            return ask_service(address, self.terms.policy, parcel=parcel, network=self._network)
        except FetchError as error:
            raise ProviderUnreachable(error.plain) from error

    @contextmanager
    def _one_of_few(self) -> Iterator[None]:
        if not self._places.acquire(timeout=2):
            raise ProviderUnreachable("it is being asked for others, and slow")
        try:
            yield
        finally:
            self._places.release()


def _read(model: type[_Kind], reply: Reply, error: type[NotTrusted | ProviderUnreachable]) -> _Kind:
    try:
        return model.model_validate_json(reply.body)
    except ValidationError as problem:
        # Without what it said, which may hold tokens.
        places = ", ".join(sorted({".".join(map(str, each["loc"])) or "JSON" for each in problem.errors()}))
        raise error(f"its answer is not what OpenID Connect says ({places})") from None


class _Error(_Said):
    error: str


def _error(reply: Reply) -> str:
    try:
        return repr(_Error.model_validate_json(reply.body).error[:60])
    except ValidationError:
        return "no reason given"


def _usable(written: tuple[dict[str, Any], ...]) -> Iterator[Key]:
    """The keys with which a token may be signed; others, such as those for encryption, are passed over."""
    for each in written:
        kind = _KINDS.get(str(each.get("kty")))
        if kind is None or each.get("use", "sig") != "sig":
            continue
        if kind is RSAKey and len(str(each.get("n"))) * 6 < _SHORTEST_RSA:
            continue  # joserfc would only warn
        try:
            key = kind.import_key(each)
            short = isinstance(key, RSAKey) and key.public_key.key_size < _SHORTEST_RSA
        except (JoseError, ValueError, TypeError):
            continue
        if not short:
            yield key


def _fitting(keys: tuple[Key, ...], kid: str | None, algorithm: str) -> tuple[Key, ...]:
    """The keys that can have signed: by name, or any where the token names none."""
    return tuple(
        key
        for key in keys
        if (kid is None or key.kid == kid)
        and key.alg in (None, algorithm)
        and ALGORITHMS.get(algorithm) == ("RSA" if isinstance(key, RSAKey) else key.curve_name)
    )
