"""Whose form it is: another site's page may not make a reader's browser send ours, and who may add sources.

Nobody is logged in here, so there is no session that a token could belong to. Browsers say themselves where a form comes
from: in Sec-Fetch-Site, and where that is not sent (plain http on a network) in Origin. A request with neither comes from
no browser, and whoever can send one needs no reader's browser for it. Go's CrossOriginProtection decides in the same way.
The API looks at no cookies; what opens it is a header that no other site's page can make a browser send.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, request

from web.api.problems import is_api

_SAFE = ("GET", "HEAD", "OPTIONS")
_FORWARDED = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip")


class ForeignForm(Exception):
    """Another site's page sent this form."""


def guard_origin(app: Flask) -> None:
    """Refuse whatever changes or asks something on behalf of another site."""

    @app.before_request
    def check() -> None:
        if request.method not in _SAFE and not is_api() and not _ours():
            raise ForeignForm


def _ours() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc.lower() == request.host.lower()


def is_here() -> bool:
    """True when the reader sits at this machine: it asked, under a name of its own, and nobody is seen to have passed it on.

    A proxy on this machine that names the service by its loopback address and adds no header is seen only by the older HTTP that nginx
    speaks by default, or by the page that a browser says its form comes from; docs/operations.md has the headers to set.
    """
    names = [request.host, *(urlsplit(each).netloc for each in request.headers.getlist("Origin"))]
    passed_on = request.environ.get("SERVER_PROTOCOL") == "HTTP/1.0" or any(
        name in request.headers for name in _FORWARDED
    )
    return all(map(_is_ours, names)) and _is_loopback(request.remote_addr or "") and not passed_on


def _is_ours(place: str) -> bool:
    """Whether a host, with its port, is a name that this machine has for itself."""
    host = urlsplit(f"//{place}").hostname or ""
    return host == "localhost" or _is_loopback(host)


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
