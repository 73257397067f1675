"""The places that the head of every page leads to, as far as they are there, and small words of all pages."""

from __future__ import annotations

from collections.abc import Iterator

from babel import Locale
from flask import Flask, current_app

from checker.tongue import noted, said, spoken
from checker.wording import language, long_date
from corpus.types import PartialDate
from web.desk import desk

PLACES = (
    ("pages.home", noted("Check")),
    ("shelf.page", noted("The record")),
    ("pages.coverage", noted("What is held")),
    ("changes.listed", noted("What changed")),
    ("review.queue", noted("Review")),
    ("batch.listed", noted("Batches")),
    ("pages.about", noted("How it works")),
)


def show_navigation(app: Flask) -> None:
    """Tell the templates where to lead, and how dates and languages are said."""
    app.jinja_env.globals.update(navigation=navigation, keep_days=lambda: desk().keep_days, month_name=_month_name)
    app.jinja_env.filters.update(language_list=_language_list, stored_date=_stored_date)


def navigation() -> Iterator[tuple[str, str]]:
    """The places of this service and what they are called."""
    return ((endpoint, said(label)) for endpoint, label in PLACES if endpoint in current_app.view_functions)


def _month_name(month: int) -> str:
    return str(Locale(spoken().locale).months["stand-alone"]["abbreviated"][month])


def _language_list(codes: str) -> str:
    return ", ".join(map(language, codes.split()))


def _stored_date(written: str | None) -> str:
    return long_date(PartialDate.parse(written) if written else None)
