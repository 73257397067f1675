"""Who may read the metrics: nobody, this machine, or whoever has the token."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Literal

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import NotFound

from checker.errors import SettingsError
from checker.settings import Settings, secret_of
from web.desk import desk
from web.origin import is_here

metrics = Blueprint("metrics", __name__)

TOKEN_LENGTH = 24
"""Characters of a token at the least: nobody counts how often it is guessed."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who may read: readers on this machine, or those who have a token."""

    to: Literal["here", "token"]
    token: str = ""


def access_of(settings: Settings) -> Access | None:
    """Who may read the metrics by the settings, None for nobody; raises SettingsError."""
    if settings.metrics != "token":
        return None if settings.metrics == "off" else Access("here")
    token = secret_of(settings, "metrics_token")
    if len(token) < TOKEN_LENGTH or not token.isascii() or not token.isprintable():
        raise SettingsError(
            f"ONRECORD_METRICS=token needs a token of at least {TOKEN_LENGTH} ASCII characters in ONRECORD_METRICS_TOKEN_FILE "
            "or ONRECORD_METRICS_TOKEN, such as “openssl rand -hex 32” prints"
        )
    return Access("token", token)


@metrics.get("/metrics")
def read() -> Response:
    """Everything that is counted, of all processes of this service; without a setting there is no such page."""
    access: Access | None = current_app.extensions["metrics"]
    if access is None or (access.to == "here" and not is_here()):
        raise NotFound
    if access.to == "token" and not _has(access.token):
        refused = Response("The token for the metrics is needed.\n", 401, mimetype="text/plain")
        refused.headers["WWW-Authenticate"] = "Bearer"
        return refused
    # Imported here because nobody who counts nothing needs it.
    from web.metrics.counted import MEDIA, exposed

    response = Response(exposed(desk()), content_type=MEDIA)
    response.headers["Cache-Control"] = "no-store"
    return response


def _has(token: str) -> bool:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    return scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode())
