"""A review to keep, to print or to send: page, table, lines of JSON, and a Word document with the decisions as comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from flask import Response, render_template

from checker import wording
from checker.export import finding_object, json_line
from checker.export.article import pieces, underline
from checker.export.card import tally
from checker.export.html import style
from web.exports.download import download
from web.exports.tables import csv_lines
from web.exports.word import Annotated, Remark, Stretch, word_document
from web.review.case import Case, Statement
from web.review.forms import Format
from web.store.decisions import GROUNDS, Decision
from web.store.reviews import Comment

HEADER = (
    "number", "quote", "speaker", "machine_status", "machine_reason", "confidence", "summary", "decision", "status",
    "ground", "note", "decided_by", "decided_at", "publisher", "document", "date", "url", "version", "comments",
)  # fmt: skip


def export_of(case: Case, form: Format) -> Response:
    """The review as a file."""
    title = case.stored.text.title or "review"
    if form == "csv":
        return download(csv_lines(HEADER, map(_row, case.statements)), title, form)
    if form == "jsonl":
        return download((json_line(each) + "\n" for each in _objects(case)), title, form)
    if form == "docx":
        return download(word_document([_annotated(case)]), title, form)
    return download(_page(case), title, form)


def decision_words(decision: Decision | None) -> str:
    """What an editor decided, in words."""
    if decision is None:
        return "not decided"
    ruling = decision.ruling
    if ruling.kind == "accept":
        said = "accepted"
    else:
        status = wording.STATUSES[ruling.status].short if ruling.status else ""
        said = f"overridden: {status} – {GROUNDS.get(ruling.ground or '', ruling.ground)}"
    return f"{said}. {ruling.note}" if ruling.note else said


def standing_words(case: Case) -> str:
    """Whether somebody answers for the text."""
    signed, state = case.standing.signed, case.standing.review.state
    if signed is None or state in ("open", "sent-back"):
        return f"Not signed off: {case.standing.decided} of {wording.count(case.standing.statements, 'statement')} decided."
    if signed.void_at:
        return f"Sign-off by {signed.by} of {signed.at[:16]} is void: {signed.void_because}"
    return f"Signed off by {signed.by}, {signed.at[:16].replace('T', ' ')} UTC."


def _row(each: Statement) -> tuple[object, ...]:
    finding, decision = each.card.finding, each.decision
    ruling = decision.ruling if decision else None
    best = finding.evidence[0] if finding.evidence else None
    document = best.document if best else None
    return (
        each.card.number, finding.claim.quote, finding.claim.speaker, finding.verdict.status, finding.verdict.reason,
        finding.verdict.confidence, finding.verdict.summary,
        ruling.kind if ruling else "", (ruling.status or finding.verdict.status) if ruling else "",
        ruling.ground if ruling else "", ruling.note if ruling else "",
        decision.by if decision else "", decision.at if decision else "",
        document.publisher if document else "", document.id if document else "", document.date if document else "",
        document.url if document else "", best.version.number if best else "",
        "\n".join(f"{one.by}: {one.text}" for one in each.comments),
    )  # fmt: skip


def _objects(case: Case) -> Iterator[dict[str, object]]:
    """First the article, then its statements: the finding as `quotes` gives it, with the decision beside it."""
    signed = case.standing.signed
    yield {
        "article": case.stored.id, "title": case.stored.text.title, "revision": case.stored.revision,
        "sha256": case.stored.sha256, "state": case.standing.review.state, "sign_off": asdict(signed) if signed else None,
        "comments": [_comment(one) for one in case.remarks],
    }  # fmt: skip
    for each in case.statements:
        yield {
            **finding_object(each.card.finding), "id": each.anchor,
            "decision": _decision(each.decision) if each.decision else None,
            "history": [_decision(one) for one in each.history],
            "comments": [_comment(one) for one in each.comments],
        }  # fmt: skip


def _decision(each: Decision) -> dict[str, object]:
    return {**asdict(each.ruling), "by": each.by, "at": each.at, "revision": each.revision}


def _comment(each: Comment) -> dict[str, object]:
    return {"by": each.by, "at": each.at, "text": each.text, "resolved_at": each.resolved_at}


def _annotated(case: Case) -> Annotated:
    cards = [each.card for each in case.statements]
    lines = [underline(each) for each in cards]
    text = [
        Stretch(piece.text, piece.statement.anchor if piece.statement else "")
        for piece in pieces(case.stored.text.text, lines)
    ]
    facts = [f"Revision {case.stored.revision} · SHA-256 {case.stored.sha256}", standing_words(case)]
    remarks = [("", Remark(one.by, one.text)) for one in case.remarks]
    for each in case.statements:
        verdict = each.card.finding.verdict
        said = f"{each.card.status}, {each.card.reason.short}. {verdict.summary}"
        remarks.append((each.anchor, Remark("OnRecord", said)))
        if each.decision:
            remarks.append((each.anchor, Remark(each.decision.by, decision_words(each.decision))))
        remarks += [(each.anchor, Remark(one.by, one.text)) for one in each.comments]
    return Annotated(case.stored.text.title or "Article", facts, text, remarks)


def _page(case: Case) -> str:
    cards = [each.card for each in case.statements]
    return render_template(
        "review/print.html", case=case, style=style(), pieces=pieces(case.stored.text.text, [underline(each) for each in cards]), tally=tally(cards),
        standing=standing_words(case), decision_words=decision_words,
    )  # fmt: skip
