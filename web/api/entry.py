"""Who asks, and whether they may: a key for every operation, its scopes, its owner's role, and how often it may ask.

Keys are sent in a header that no other site's page can make a browser send, so there is nothing here that a foreign form
could use (`web/origin.py`), and cookies are not looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from flask import Flask, Response, g, request

from web.access import RULES
from web.api.problems import LARGEST_BODY, Problem, is_api, refused
from web.desk import desk
from web.store import embargoes, keys
from web.store.accounts import Role
from web.store.keys import Key, KeyRefused, Usage

if TYPE_CHECKING:  # the table reads and answers through modules that ask who is there
    from web.api.contract import Operation

OPEN = frozenset({"api.openapi", "api.documentation", "api.problem"})
"""What needs no key: the description of all this."""

_POLICY = "requests"


def guard_api(app: Flask, operations: Mapping[str, Operation]) -> None:
    """Ask before every answer of the API, and put on each what its asker should know."""

    @app.before_request
    def enter() -> None:
        if not is_api():
            return
        request.max_content_length = LARGEST_BODY
        if request.endpoint is not None and request.endpoint not in OPEN:
            _admit(operations.get(request.endpoint))

    @app.after_request
    def tell(response: Response) -> Response:
        if is_api():
            response.headers.setdefault("Cache-Control", "private, no-cache")
            response.headers.extend(_limits(g.get("usage")))
            if request.endpoint not in OPEN:
                response.vary.add("Authorization")
        return response


def key() -> Key:
    """The key that opened this."""
    found = g.key
    assert isinstance(found, Key)
    return found


def admits(operation: Operation, key: Key) -> str | None:
    """The kind of problem because of which a key may not; None if it may."""
    if operation.scope is not None and operation.scope not in key.scopes:
        return "scope-missing"
    if key.owner.role not in roles_of(operation):
        return "role-missing"
    return "test-key" if operation.stores and key.test else None


def roles_of(operation: Operation) -> frozenset[Role]:
    """The roles that may ask it: those that may use the same at the desk."""
    rule = RULES[operation.like] if operation.like else RULES["accounts.mine"]
    assert isinstance(rule, frozenset)
    return rule


def _admit(operation: Operation | None) -> None:
    """Let in whoever may; what is not in the table is refused to everybody. Raises Problem, UnderEmbargo and StoreUnavailable."""
    g.key = _key()
    limit = desk().settings.api_requests
    with desk().store.writing() as connection:
        g.usage = keys.used(connection, g.key, limit=limit)
    if g.usage.left < 0:
        detail = f"This key may ask {limit} times a minute."
        raise Problem("too-many-requests", detail, headers={"Retry-After": str(g.usage.seconds)})
    kind = admits(operation, g.key) if operation else "role-missing"
    if operation and kind == "scope-missing":
        raise Problem(kind, f"This needs the scope “{operation.scope}”; the key has {', '.join(g.key.scopes)}.")
    if kind is not None:
        raise Problem(kind)
    id = (request.view_args or {}).get("id")
    if id is not None and operation is not None and (operation.like or "").startswith("review."):
        with desk().store.reading() as connection:
            embargoes.check(connection, id, g.key.owner)


def _key() -> Key:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise Problem("key-missing", headers={"WWW-Authenticate": "Bearer"})
    try:
        with desk().store.reading() as connection:
            return keys.of(connection, secret.strip())
    except KeyRefused as error:
        raise refused(error) from error


def _limits(usage: Usage | None) -> Mapping[str, str]:
    """What a key may still do, as the httpapi draft writes it."""
    if usage is None:
        return MappingProxyType({})
    return {
        "RateLimit-Policy": f'"{_POLICY}";q={usage.limit};w={keys.WINDOW}',
        "RateLimit": f'"{_POLICY}";r={max(0, usage.left)};t={usage.seconds}',
    }
