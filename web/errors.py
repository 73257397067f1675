"""What went wrong, as a status and a page: one table, read from the top, the first that fits decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response, render_template
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound, RequestEntityTooLarge

from checker.errors import CheckerError, QuoteError
from checker.tongue import noted, said, told
from corpus.errors import CorpusError
from web.access import NotAllowed, StaleForm
from web.admission import Overloaded
from web.answered import log_failure
from web.api import problems
from web.desk import AddingOff, UnknownDocument
from web.drafts import UnderReview, UnknownDraft
from web.origin import ForeignForm
from web.pages import start_page
from web.schemas import AddressError, FormError, TextTooLarge
from web.store.errors import (
    DeskError,
    NotHere,
    NotNow,
    NotYours,
    Overtaken,
    StoreUnavailable,
    UnderEmbargo,
    WrongEntry,
)

_TO_START = noted("Go back to the start page and paste a quotation or an article.")


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What a reader is told: what happened, and what to do; without a text of ours the exception's own."""

    status: int
    title: str
    says: str | None
    advice: str


ERRORS: tuple[tuple[type[Exception], ErrorPage], ...] = (
    (
        UnknownDocument,
        ErrorPage(
            404,
            noted("No such document"),
            noted("The record holds no document of this id, or not in this version."),
            noted("Check the id; it may have been typed or shortened wrongly."),
        ),
    ),
    (
        UnknownDraft,
        ErrorPage(
            404,
            noted("No such check"),
            noted("Nothing is kept under this address; it may have been deleted, or its time is over."),
            _TO_START,
        ),
    ),
    (
        UnderReview,
        ErrorPage(
            409,
            noted("A review rests on it"),
            noted("An article under review is not deleted."),
            noted("Whoever reviews it decides what becomes of it."),
        ),
    ),
    (
        StoreUnavailable,
        ErrorPage(
            503,
            noted("The desk's database is not available"),
            noted("Checks cannot be kept or read at the moment."),
            noted("Your text was not judged. Try again in a moment."),
        ),
    ),
    (
        Overloaded,
        ErrorPage(
            503,
            noted("Too many requests at once"),
            noted("The service has more to do at the moment than it can. Nothing was checked, and nothing was saved."),
            noted("Wait some seconds and load this page again; what you typed is sent again with it."),
        ),
    ),
    (
        AddingOff,
        ErrorPage(
            403,
            noted("Sources are not added here"),
            noted("Whoever runs this service has not opened the record to its readers."),
            noted("Ask them to add the source, or to set ONRECORD_ADDING."),
        ),
    ),
    (
        ForeignForm,
        ErrorPage(
            403,
            noted("This form came from another site"),
            noted("Nothing was checked and nothing was stored, since another site's page sent this in your name."),
            noted("If you meant it, paste the text here yourself."),
        ),
    ),
    (
        NotAllowed,
        ErrorPage(
            403,
            noted("Your role does not include this"),
            noted("Nothing was changed."),
            noted("Ask an admin for another role, or somebody who has it to do this."),
        ),
    ),
    (
        StaleForm,
        ErrorPage(
            403,
            noted("This page was too old"),
            noted("Nothing was changed: the page belongs to a session that is over."),
            noted("Go back, load the page again, and repeat what you did."),
        ),
    ),
    (
        NotHere,
        ErrorPage(404, noted("Nothing at this address"), None, noted("Check the address; it may have been shortened.")),
    ),
    (
        UnderEmbargo,
        ErrorPage(
            403,
            noted("Under embargo"),
            None,
            noted(
                "Wait until the embargo is over, or ask for it to be lifted. It can be printed from its page meanwhile, marked as under embargo."
            ),
        ),
    ),
    (NotYours, ErrorPage(403, noted("Not yours to decide"), None, noted("Ask one of them to do it."))),
    (Overtaken, ErrorPage(409, noted("Somebody was faster"), None, noted("Go back and load the page again."))),
    (NotNow, ErrorPage(409, noted("Not now"), None, noted("Go back and load the page again."))),
    (WrongEntry, ErrorPage(400, noted("Something is missing"), None, noted("Go back and correct it."))),
    (
        CorpusError,
        ErrorPage(
            503,
            noted("The corpus is not available"),
            noted("The record cannot be read at the moment."),
            noted("Your text was not judged. Try again in a moment."),
        ),
    ),
    (FormError, ErrorPage(400, noted("Something is missing"), None, noted("Correct the marked field."))),
    (
        CheckerError,
        ErrorPage(400, noted("This text cannot be checked"), None, noted("Change the text and check again.")),
    ),
    (
        AddressError,
        ErrorPage(400, noted("This address means nothing"), None, noted("Open the document without the last part.")),
    ),
    (
        TextTooLarge,
        ErrorPage(
            413,
            noted("The text is too long"),
            noted("At most 1 MB of text can be checked at once."),
            noted("Check it in parts."),
        ),
    ),
    (
        RequestEntityTooLarge,
        ErrorPage(
            413,
            noted("The text is too long"),
            noted("At most 1 MB of text can be checked at once."),
            noted("Check it in parts."),
        ),
    ),
    (NotFound, ErrorPage(404, noted("No such page"), noted("There is nothing at this address."), _TO_START)),
    (
        MethodNotAllowed,
        ErrorPage(405, noted("Not possible here"), noted("This page cannot be asked in that way."), _TO_START),
    ),
    (
        Exception,
        ErrorPage(
            500,
            noted("Something broke on our side"),
            noted("This says nothing about the text that you checked."),
            noted("Try again; if it happens again, tell whoever runs this service when it happened."),
        ),
    ),
)


Handler = Callable[[Exception], tuple[str, int]]


def register_errors(app: Flask) -> None:
    """Give every kind of exception its page, and other programs a problem document."""
    for kind, page in ERRORS:
        app.register_error_handler(kind, _or_problem(_answer_with(page)))
    app.register_error_handler(FormError, _or_problem(_form_again))
    app.register_error_handler(HTTPException, _or_problem(_plain))


def _or_problem(page: Handler) -> Callable[[Exception], Response | tuple[str, int]]:
    def answer(error: Exception) -> Response | tuple[str, int]:
        return problems.answer(error) if problems.is_api() else page(error)

    return answer


def _answer_with(page: ErrorPage) -> Handler:
    def answer(error: Exception) -> tuple[str, int]:
        if page.status >= 500:  # what our own side reports is for the log: it names folders of this machine
            log_failure(page.title, error, unexpected=page.status == 500)
        closest = error.closest if isinstance(error, UnknownDocument) else ()
        return render_template(
            "error.html", page=page, says=_says(page, error), ours=_is_ours(page, error), closest=closest
        ), page.status

    return answer


def _says(page: ErrorPage, error: Exception) -> str:
    """What happened, in the reader's language as far as it is ours to say."""
    if page.says:
        return said(page.says)
    return told(error.says) if isinstance(error, QuoteError | DeskError) else str(error)


def _is_ours(page: ErrorPage, error: Exception) -> bool:
    """True where that is said in the reader's language; what another program reports is English."""
    return bool(page.says) or isinstance(error, QuoteError | DeskError | FormError | AddressError)


def _form_again(error: Exception) -> tuple[str, int]:
    """The start page as it was filled in, with the message beside its field."""
    assert isinstance(error, FormError)
    return start_page(error.typed, error), 400


def _plain(error: Exception) -> tuple[str, int]:
    """Any other answer of the HTTP layer, with its own status."""
    assert isinstance(error, HTTPException)
    status = error.code or 500
    page = ErrorPage(status, error.name, None, _TO_START)
    return render_template(
        "error.html", page=page, says=said(error.description or error.name), ours=False, closest=()
    ), status
