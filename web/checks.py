"""Checking: a form becomes a draft with an address, its page fills with findings, and readers correct what it says."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from checker.export import finding_object
from corpus.errors import FetchError
from web import samples
from web.access import may
from web.desk import desk
from web.drafts import Case, Draft, Mark
from web.exports.reports import FORMS, Form
from web.origin import is_here
from web.results import Sources, claim_at, drafted, file_to_keep, fresh_in, more, page_to_keep, show
from web.schemas import (
    LARGEST_UPLOAD,
    AddressError,
    CheckForm,
    CorrectionError,
    FormError,
    read_check,
    read_mark,
    read_objection,
    read_place,
    read_selection,
    with_article,
)
from web.store import embargoes

checks = Blueprint("checks", __name__)


@checks.get("/check")
def ask_again() -> AnyResponse:
    """Without a text there is nothing to check: this leads to the box."""
    return redirect(url_for("pages.home"))


@checks.post("/check")
def check() -> AnyResponse:
    """Give what was pasted, dropped or linked an address, and go there."""
    request.max_content_length = LARGEST_UPLOAD
    sample = samples.find(request.form.get("sample", ""))
    draft = sample or drafted(_fetched(read_check(request.form, request.files.get("file"))))
    return redirect(url_for("checks.page", id=desk().keep(draft).id), 303)


@checks.get("/checks/<id>")
def page(id: str) -> str:
    """What was found; with `whole` all at once, otherwise as it is found."""
    fresh = request.args.get("fresh", "")
    return show(
        desk().drafts.read(id), _sources(), whole="whole" in request.args, chosen=read_selection(request.args),
        fresh=int(fresh) if fresh.isascii() and fresh.isdigit() and len(fresh) < 6 else None,
    )  # fmt: skip


@checks.get("/checks/<id>/findings")
def findings(id: str) -> str:
    """The next findings, for a page that is open."""
    return more(desk().drafts.read(id), _sources(), start=read_place(request.args), chosen=read_selection(request.args))


@checks.get("/checks/<id>/report")
@checks.get(f"/checks/<id>/report.<any({', '.join(FORMS)}):form>")
def keep(id: str, form: Form | None = None) -> Response:
    """All that was found as one file: a page, or in another form."""
    with desk().store.reading() as connection:
        embargoes.keep_here(connection, id)
    draft = desk().drafts.read(id)
    return page_to_keep(draft) if form is None else file_to_keep(draft, form)


@checks.post("/checks/<id>")
def change(id: str) -> AnyResponse:
    """Another text under the same address; only what changed in it is checked anew."""
    before = desk().drafts.read(id)
    changed = replace(drafted(replace(read_check(request.form), kind=before.kind)), id=id, marks=before.marks)
    desk().drafts.change(changed)
    fresh = fresh_in(changed, before) if changed.kind == "article" else None
    return redirect(url_for("checks.page", id=id, fresh=fresh), 303)


@checks.post("/checks/<id>/marks")
def mark(id: str) -> str | tuple[str, int] | AnyResponse:
    """Correct a statement, add one, or say that the press office was asked."""
    draft = desk().drafts.read(id)
    try:
        made = read_mark(request.form)
        _meant(made, draft)
    except CorrectionError as error:
        return show(draft, _sources(), whole=True, trouble=error), 400
    desk().drafts.mark(id, made)
    return _back(id, made.anchor if made.kind in ("speaker", "asked") else "")


@checks.post("/checks/<id>/undo")
def undo(id: str) -> AnyResponse:
    """Take the last correction back."""
    desk().drafts.read(id)
    desk().drafts.undo(id)
    return _back(id, "")


@checks.post("/checks/<id>/cases")
def report_wrong(id: str) -> AnyResponse:
    """Keep a verdict that a reader calls wrong, with the claim and what would be right."""
    draft, said = desk().drafts.read(id), read_objection(request.form)
    claim = claim_at(draft, said.anchor)
    if claim is None:
        raise AddressError(_("This statement is not in the text any more."))
    found = finding_object(desk().check(claim))
    desk().drafts.report(Case(id, said.anchor, claim, found, said.expected, said.note, desk().fingerprint))
    return _back(id, said.anchor)


@checks.post("/checks/<id>/delete")
def delete(id: str) -> AnyResponse:
    """Forget a draft."""
    desk().drafts.forget(id)
    return redirect(url_for("pages.home"), 303)


def _meant(made: Mark, draft: Draft) -> None:
    """Refuse a correction that would change nothing; raises CorrectionError and AddressError."""
    if made.kind == "added":
        if not any(map(str.isalnum, made.words)):
            raise CorrectionError(_("Select the words in the article, or paste them here."), made)
        if draft.text.count(made.words) < made.occurrence:
            raise CorrectionError(_("These words do not stand in the article in this form."), made)
    elif claim_at(draft, made.anchor) is None:
        raise AddressError(_("This statement is not in the text any more."))


def _back(id: str, anchor: str) -> AnyResponse:
    return redirect(url_for("checks.page", id=id, _anchor=f"card-{anchor}" if anchor else None), 303)


def _sources() -> Sources:
    return Sources(desk().adds(here=is_here()) and may("sources.add"))


def _fetched(form: CheckForm) -> CheckForm:
    """The same with the article that its link leads to; raises FormError, which keeps the link in its box."""
    if not form.is_link:
        return form
    try:
        article = desk().article_at(form.typed.text.strip())
    except FetchError as error:
        raise FormError("text", str(error), form.typed) from error
    return with_article(form, article)
