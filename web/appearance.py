"""How the pages look and speak: light or dark, English or Russian, as a reader chose or as the browser asks."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from flask import Blueprint, Flask, g, redirect, request
from flask_babel import Babel, get_translations
from werkzeug.wrappers import Response

from checker.tongue import Tongue, speaking

Theme = Literal["system", "light", "dark"]
LANGUAGES = ("en", "ru")
THEMES: tuple[Theme, ...] = ("system", "light", "dark")
_A_YEAR = 365 * 86_400

appearance = Blueprint("appearance", __name__)


@dataclass(frozen=True, slots=True)
class Appearance:
    """What a reader chose, or what the browser asks for."""

    language: str
    theme: Theme


def chosen() -> Appearance:
    """How this reader wants the pages; `speak` in an address is for newsreaders, which keep no cookies."""
    asked = (request.args.get("speak"), request.cookies.get("language"))
    language = next((each for each in asked if each in LANGUAGES), None)
    if language is None:
        language = request.accept_languages.best_match(LANGUAGES, default="en")
    theme: Theme = next((each for each in THEMES if each == request.cookies.get("theme")), "system")
    return Appearance(str(language), theme)


@appearance.post("/appearance")
def choose() -> Response:
    """Remember a choice in the reader's own browser, and go back to where it was made."""
    answer = redirect(_ours(request.form.get("back", "/")), 303)
    for name, allowed in (("language", LANGUAGES), ("theme", THEMES)):
        value = request.form.get(name, "")
        if value in allowed:
            answer.set_cookie(name, value, max_age=_A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure)
    return answer


def speak(app: Flask) -> None:
    """Answer every request in its reader's language."""
    Babel(app, locale_selector=lambda: chosen().language)

    @app.before_request
    def begin() -> None:
        found = get_translations()
        g.spoken = ExitStack()
        g.spoken.enter_context(speaking(Tongue(chosen().language, found.gettext, found.ngettext)))

    @app.teardown_request
    def end(_error: BaseException | None) -> None:
        spoken = g.pop("spoken", None)
        if spoken is not None:
            spoken.close()

    @app.context_processor
    def shown() -> dict[str, object]:
        return {"appearance": chosen(), "here": here}


def here() -> str:
    """The address of this page, for coming back to it; a page that answers a form has none of its own."""
    if request.method != "GET":
        return "/"
    return request.full_path if request.query_string else request.path


def _ours(address: str) -> str:
    """An address within these pages: nobody is led elsewhere by our form."""
    parts = urlsplit(address)
    inside = address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return address if inside and address.isprintable() and "\\" not in address else "/"
