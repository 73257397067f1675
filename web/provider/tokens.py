"""An ID token: who somebody is, believed only when signature, issuer, audience, times and nonce fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from authlib.oidc.core.claims import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jws import JWSRegistry

from web.provider.errors import NotTrusted
from web.provider.known import Granted, Key, Provider
from web.store.identities import LONGEST_SUBJECT, Identity

_LEEWAY = 60
"""Seconds that two clocks may differ."""


@dataclass(frozen=True, slots=True)
class Person:
    """What the provider says of somebody; `email` only where it has verified it."""

    identity: Identity
    name: str
    email: str
    groups: tuple[str, ...]


def person_of(granted: Granted, provider: Provider, *, nonce: str) -> Person:
    """Who an ID token is about; raises NotTrusted and ProviderUnreachable."""
    terms, allowed = provider.terms, provider.metadata.algorithms

    def signer(token: Any) -> Key:
        header = token.headers()
        kid, algorithm = header.get("kid"), header.get("alg")
        if algorithm not in allowed:
            raise NotTrusted(f"the token is signed with {algorithm!r}, which is not one of {', '.join(allowed)}")
        if str(header.get("typ", "JWT")).upper() != "JWT":
            raise NotTrusted(f"the token is of the type {header['typ']!r}, and no ID token")
        return provider.key(kid, algorithm)

    try:
        read = jwt.decode(
            granted.id_token, signer, algorithms=allowed,
            registry=JWSRegistry(algorithms=allowed, strict_check_header=False),
        )  # fmt: skip
        CodeIDToken(
            read.claims,
            read.header,
            options={
                "iss": {"essential": True, "value": terms.issuer},
                "aud": {"essential": True, "value": terms.client},
                "sub": {"essential": True},
            },
            params={"nonce": nonce, "client_id": terms.client, "access_token": granted.access_token},
        ).validate(leeway=_LEEWAY)
    except (JoseError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise NotTrusted(f"the token does not hold: {type(error).__name__}, {error}") from error
    claims: dict[str, Any] = read.claims
    subject = claims["sub"]
    if not (isinstance(subject, str) and 0 < len(subject) <= LONGEST_SUBJECT and subject.isprintable()):
        raise NotTrusted("the token names nobody (sub)")
    return Person(Identity(terms.issuer, subject), _name(claims), _email(claims), _groups(claims, terms.claim))


def _name(claims: dict[str, Any]) -> str:
    for each in ("name", "preferred_username", "email"):
        if isinstance(found := claims.get(each), str) and found.strip():
            return found.partition("@")[0]
    return ""


def _email(claims: dict[str, Any]) -> str:
    email = claims.get("email")
    return email if isinstance(email, str) and claims.get("email_verified") is True else ""


def _groups(claims: dict[str, Any], claim: str) -> tuple[str, ...]:
    """The groups of a claim, or of one within a claim where its name is divided by dots."""
    found: Any = claims
    for step in (claim,) if claim in claims else claim.split("."):
        found = found.get(step) if isinstance(found, dict) else None
    listed = [found] if isinstance(found, str) else found if isinstance(found, list) else []
    return tuple(each for each in listed if isinstance(each, str))
