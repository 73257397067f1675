"""What the service writes down of its work: lines for people or JSON for programs, and never a word of what somebody sent.

A line says what happened, where in the program, and in which request; an exception is its kinds and the places it went through.
What an exception says itself is left out unless one of ours was raised on purpose: libraries repeat their input in it.
"""

from __future__ import annotations

import logging
import time
import traceback
from logging.config import dictConfig
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, TypeAlias

from flask import g, has_request_context, request
from gunicorn.glogging import Logger
from pythonjsonlogger.json import JsonFormatter

Form = Literal["text", "json"]
Raised: TypeAlias = (
    "tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]"  # as logging has it
)

ANSWERED = "web.answered"
"""The logger that has a line for every answer."""

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_TIME = "%Y-%m-%dT%H:%M:%SZ"
_HOME = Path(__file__).parents[1]
_UNREADABLE, _UNANSWERED = "Invalid request from", "Error handling request"
"""How gunicorn begins what it says of a request with words of the request."""


def configure(form: Form) -> None:
    """Have this process write its log to the standard error output."""
    dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "filters": {"request": {"()": _InRequest}},
            "formatters": {"lines": {"()": _Json if form == "json" else _Text}},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines", "filters": ["request"]}},
            "root": {"level": "WARNING", "handlers": ["stderr"]},
            "loggers": {ANSWERED: {"level": "INFO" if form == "json" else "WARNING"}},
        }
    )


class Named(Logger):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's log, through the handler of ours."""

    def setup(self, cfg: object) -> None:
        """Take gunicorn's own handlers away."""
        super().setup(cfg)
        for handler in tuple(self.error_log.handlers):
            self.error_log.removeHandler(handler)
        self.error_log.propagate = True

    def warning(self, msg: str, *args: object, **kwargs: Any) -> None:
        """A warning; of a request that cannot be taken apart without what stood in it."""
        told = "A request could not be taken apart." if str(msg).startswith(_UNREADABLE) else msg
        super().warning(told, *args, **kwargs)

    def exception(self, msg: str, *args: object, **kwargs: Any) -> None:
        """An error over a request, without its address."""
        if str(msg).startswith(_UNANSWERED):
            super().exception("A request could not be answered.", **kwargs)
        else:
            super().exception(msg, *args, **kwargs)


class _InRequest(logging.Filter):
    """Puts into each record in which request it was made."""

    def filter(self, record: logging.LogRecord) -> bool:
        if has_request_context():
            record.request_id = g.get("request_id", "")
            record.method, record.route = method(), route()
        return True


class _Placed(logging.Formatter):
    """Times in UTC, and of an exception its places only, whatever another formatter has made of it."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None
        return str(super().format(record))

    def formatException(self, ei: Raised) -> str:
        return places(ei[1])


class _Text(_Placed):
    """`2026-11-27T08:15:02Z ERROR web.errors 1f0c…: The record cannot be read: …`."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s%(of)s: %(message)s", _TIME)

    def format(self, record: logging.LogRecord) -> str:
        record.of = f" {id}" if (id := getattr(record, "request_id", "")) else ""
        return super().format(record)


class _Json(_Placed, JsonFormatter):
    """One object a line: time, level, logger, message, and of a request its id, method, route, status and milliseconds."""

    def __init__(self) -> None:
        renamed = {"asctime": "time", "levelname": "level", "name": "logger", "exc_info": "exception"}
        JsonFormatter.__init__(self, "%(asctime)s %(levelname)s %(name)s %(message)s", _TIME, rename_fields=renamed)


def method() -> str:
    """The method of this request; one that a client made up is `other`."""
    return request.method if request.method in _METHODS else "other"


def route() -> str:
    """The pattern of this request's address; `none` where there is no such page."""
    return request.url_rule.rule if request.url_rule else "none"


def places(error: BaseException | None) -> str:
    """An exception as its kind and where it went through, and that of which it came; without what it says."""
    if error is None:
        return ""
    frames = (
        f"{_place(each.filename)}:{each.lineno} {each.name}" for each in traceback.extract_tb(error.__traceback__)
    )
    told = f"{type(error).__module__}.{type(error).__qualname__} at {' > '.join(frames) or 'an unknown place'}"
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return f"{told}; because of {places(cause)}" if cause is not None else told


def _place(file: str) -> str:
    path = Path(file)
    return str(path.relative_to(_HOME)) if path.is_relative_to(_HOME) else "/".join(path.parts[-2:])
