"""What every answer tells the browser: run nothing but ours, send nothing elsewhere, keep no results."""

from __future__ import annotations

from flask import Flask, Response

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)

HEADERS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    # Others learn nothing, but our own forms must be able to say that they are ours (see web/origin.py).
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)


def guard(app: Flask) -> None:
    """Put the headers on every answer, errors included."""

    @app.after_request
    def add(response: Response) -> Response:
        for name, value in HEADERS:
            response.headers.setdefault(name, value)
        if response.mimetype == "text/html":  # a draft belongs to its author, not to a shared cache
            response.headers.setdefault("Cache-Control", "no-store")
        return response
