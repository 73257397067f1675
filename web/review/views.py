"""The pages of the desk."""

from __future__ import annotations

from typing import cast, get_args

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from checker.export.article import pieces, underline
from checker.export.card import tally
from web.access import who
from web.desk import desk
from web.exports.download import in_english
from web.review import steps
from web.review.case import case_of, statement_of
from web.review.embargo import add_embargo_forms
from web.review.exports import export_of
from web.review.forms import (
    ZONES,
    Format,
    line,
    lines,
    number,
    read_embargo,
    read_ruling,
    read_seen,
    read_text,
)
from web.store import accounts, articles, audit, embargoes, reviews, signing
from web.store.accounts import Account
from web.store.decisions import GROUNDS
from web.store.embargoes import Embargo
from web.store.errors import DeskError, NotNow, Overtaken, WrongEntry
from web.store.reviews import State

review = Blueprint("review", __name__, url_prefix="/review")

_PART = "X-Part"
"""Sent by our script, which wants the changed parts of a page and not all of it."""


@review.get("")
def queue() -> str:
    """What lies on the desk: everything, of one state, or what is mine."""
    steps.look_at_sources(desk())
    state, mine = request.args.get("state", ""), "mine" in request.args
    with desk().store.reading() as connection:
        wanted = state if state in get_args(State) else None
        found = reviews.queue(connection, reader=who(), state=wanted, of=who().name if mine else None)
        waiting = signing.alerts(connection, who())
    return render_template(
        "review/queue.html", queue=found, state=state, mine=mine, states=get_args(State), alerts=waiting
    )


@review.get("/alerts")
def alerts() -> str:
    """What somebody should know."""
    with desk().store.reading() as connection:
        return render_template("review/alerts.html", alerts=signing.alerts(connection, who()))


@review.post("/alerts")
def see() -> AnyResponse:
    """Mark them as seen."""
    with desk().store.writing() as connection:
        signing.see(connection, who())
    return redirect(url_for("review.queue"), 303)


@review.get("/new")
def begin() -> str:
    """A box for an article that is to be reviewed."""
    return render_template("review/text.html", stored=None, typed={}, error=None, zones=ZONES)


@review.post("")
def send() -> AnyResponse | tuple[str, int]:
    """Put an article on the desk: a new one, or one that has an address already."""
    held = line(request.form, "article")
    try:
        if held:
            steps.send_held(desk(), held, by=who(), embargo=read_embargo(request.form))
            return redirect(url_for("review.case", id=held), 303)
        id = steps.send(desk(), read_text(request.form), by=who(), embargo=read_embargo(request.form))
    except WrongEntry as error:
        if held:
            raise
        page = render_template("review/text.html", stored=None, typed=request.form, error=error, zones=ZONES)
        return page, 400
    return redirect(url_for("review.case", id=id), 303)


@review.get("/<id>")
def case(id: str) -> str:
    """An article with its statements, to be decided about one by one."""
    steps.look_at_sources(desk())
    return _case(id)


@review.get("/<id>/text")
def text(id: str) -> str:
    """The text, to be changed."""
    with desk().store.reading() as connection:
        reviews.review_of(connection, id)
        stored = articles.stored(connection, id)
    typed = {"text": stored.text.text, "title": stored.text.title, "date": str(stored.text.date or "")}
    return render_template("review/text.html", stored=stored, typed=typed, error=None)


@review.post("/<id>/text")
def revise(id: str) -> AnyResponse | tuple[str, int]:
    """Keep a newer text and check it."""
    seen = number(request.form, "seen")
    try:
        steps.revise(desk(), id, read_text(request.form), seen=seen, by=who().name)
    except (WrongEntry, Overtaken) as error:
        with desk().store.reading() as connection:
            stored = articles.stored(connection, id)
        page = render_template("review/text.html", stored=stored, typed=request.form, error=error)
        return page, 409 if isinstance(error, Overtaken) else 400
    return redirect(url_for("review.case", id=id), 303)


@review.post("/<id>/decisions/<anchor>")
def decide(id: str, anchor: str) -> str | AnyResponse | tuple[str, int]:
    """Accept the verdict or override it."""
    try:
        ruling, seen = read_ruling(request.form)
        steps.decide(desk(), id, anchor, ruling, seen=seen, by=who().name)
    except (WrongEntry, Overtaken, NotNow) as error:
        return _part(id, anchor, error)
    return _part(id, anchor)


@review.post("/<id>/decisions/<anchor>/undo")
def withdraw(id: str, anchor: str) -> str | AnyResponse | tuple[str, int]:
    """Undo the decision that stands."""
    try:
        steps.withdraw(desk(), id, anchor, seen=read_seen(request.form), by=who().name)
    except (Overtaken, NotNow) as error:
        return _part(id, anchor, error)
    return _part(id, anchor)


@review.post("/<id>/comments")
def comment(id: str) -> str | AnyResponse | tuple[str, int]:
    """Comment on a statement or on the article."""
    anchor = line(request.form, "anchor")
    try:
        with desk().store.writing() as connection:
            reviews.say(connection, id, anchor=anchor, text=lines(request.form, "comment"), by=who().name)
    except WrongEntry as error:
        return _part(id, anchor, error)
    return _part(id, anchor)


@review.post("/<id>/comments/<int:comment_id>/resolve")
def resolve(id: str, comment_id: int) -> AnyResponse | str | tuple[str, int]:
    """Mark a comment as dealt with."""
    with desk().store.writing() as connection:
        reviews.resolve(connection, id, comment_id, by=who().name)
    return _part(id, line(request.form, "anchor"))


@review.post("/<id>/assignment")
def assign(id: str) -> AnyResponse | tuple[str, int]:
    """Say who works on it and until when."""
    try:
        with desk().store.writing() as connection:
            reviews.assign(
                connection, id, assignee=line(request.form, "assignee"), due=line(request.form, "due"),
                seen=number(request.form, "seen"), by=who().name,
            )  # fmt: skip
    except WrongEntry as error:
        return _case(id, error), 400
    return redirect(url_for("review.case", id=id), 303)


@review.post("/<id>/send-back")
def send_back(id: str) -> AnyResponse | tuple[str, int]:
    """Return it to its author."""
    try:
        with desk().store.writing() as connection:
            note = lines(request.form, "note")
            reviews.send_back(connection, id, note=note, seen=number(request.form, "seen"), by=who().name)
    except WrongEntry as error:
        return _case(id, error), 400
    return redirect(url_for("review.case", id=id), 303)


@review.post("/<id>/reopen")
def reopen(id: str) -> AnyResponse:
    """Put it back on the desk."""
    with desk().store.writing() as connection:
        reviews.reopen(connection, id, seen=number(request.form, "seen"), by=who().name)
    return redirect(url_for("review.case", id=id), 303)


@review.post("/<id>/check")
def check_again(id: str) -> AnyResponse:
    """Check the text against what the record holds now."""
    steps.check_again(desk(), id, seen=number(request.form, "seen"), by=who().name)
    return redirect(url_for("review.case", id=id), 303)


@review.post("/<id>/sign-off")
def sign(id: str) -> AnyResponse:
    """Answer for the text."""
    steps.sign(desk(), id, seen=number(request.form, "seen"), by=who().name)
    return redirect(url_for("review.case", id=id), 303)


@review.get("/<id>/history")
def history(id: str) -> str:
    """What the log says of an article, and whether the log is whole."""
    with desk().store.reading() as connection:
        stored = articles.stored(connection, id)
        reviews.review_of(connection, id)
        told = tuple(audit.entries(connection, subject=id))
    return render_template("review/history.html", stored=stored, entries=told, told=audit.told)


@review.get("/<id>/export/<any(html, csv, jsonl, docx):form>")
def export(id: str, form: str) -> Response:
    """The review to keep, to print or to send."""
    if form not in get_args(Format):
        raise NotFound
    if form != "html":  # the page to print says in large letters that it is under embargo
        with desk().store.reading() as connection:
            embargoes.keep_here(connection, id)
    with in_english():
        return export_of(case_of(desk(), id, reader=who()), cast(Format, form))


def _case(id: str, error: DeskError | None = None, anchor: str = "") -> str:
    shown = case_of(desk(), id, reader=who())
    cards = [each.card for each in shown.statements]
    with desk().store.reading() as connection:
        people = [each.name for each in accounts.everyone(connection) if _may_work(each, shown.embargo)]
    return render_template(
        "review/case.html", case=shown, standing=shown.standing, pieces=pieces(shown.stored.text.text, [underline(each) for each in cards]),
        tally=tally(cards), people=people, grounds=GROUNDS, error=error, at=anchor,
        typed=request.form, embargo=shown.embargo, zones=ZONES, imposes=embargoes.is_privy(who(), shown.standing.review.author),
    )  # fmt: skip


def _may_work(each: Account, embargo: Embargo | None) -> bool:
    return each.active and each.role != "read-only" and embargoes.sees(embargo, each)


def _part(id: str, anchor: str, error: DeskError | None = None) -> str | AnyResponse | tuple[str, int]:
    """What a step about one statement changed: for our script that part alone, else the page at its place."""
    status = 200 if error is None else 400 if isinstance(error, WrongEntry) else 409
    if _PART in request.headers and anchor:
        statement, standing = statement_of(desk(), id, anchor, reader=who())
        page = render_template(
            "review/part.html", statement=statement, standing=standing, id=id, grounds=GROUNDS, error=error,
            at=anchor, typed=request.form,
        )  # fmt: skip
        return page, status
    if error is not None:
        return _case(id, error, anchor), status
    return redirect(url_for("review.case", id=id, _anchor=f"ruling-{anchor}" if anchor else None), 303)


add_embargo_forms(review, of="article", page="review.case", rejected=_case)
