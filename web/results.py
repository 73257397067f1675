"""What was found in a draft, as a page that fills as it is read, as the next piece of it, or as a report to keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from time import monotonic

from flask import Response, render_template

from checker.claims import unchecked
from checker.export import finding_html, report_html
from checker.export.article import Piece, pieces
from checker.export.card import Card, card, tally, web_address
from checker.extract.body import body
from checker.query import without_marks
from checker.types import Article, Claim, Report
from corpus.store import Added
from corpus.types import Document
from web.access import may, who
from web.desk import desk, one_quote
from web.drafts import Case, Draft, Statement
from web.exports.download import download, in_english
from web.exports.reports import Form, Reported, export
from web.given import Given
from web.progress import AT_ONCE, FIRST, MANY, NEXT, Checked, checked, underlines
from web.schemas import CheckForm, CorrectionError, Typed, draft_of
from web.selection import Selection, choices
from web.store import decisions
from web.store.decisions import GROUNDS, Remembered
from web.store.findings import words_of

_HEADLINE = 140
ONE = "quote"
"""The anchor of a draft's only statement, where the draft is one quotation."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A source that a reader gave, and whether the record changed by it."""

    document: Document
    outcome: Added


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a source that a reader gave was not stored, at which field, and what was typed."""

    given: Given
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Sources:
    """What a result says of the reader's own sources: whether they can be added, what was, and what could not be."""

    allowed: bool
    stored: tuple[Stored, ...] = ()
    problems: Mapping[int, Problem] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Slice:
    """A piece of an article's findings: those that are here, and from which on there are more to come."""

    found: tuple[Checked, ...]
    next: int | None
    of: int


def drafted(form: CheckForm) -> Draft:
    """A form as a draft: one quotation or an article, whichever it is."""
    if form.kind == "quote" or (form.kind == "decide" and one_quote(form.text, desk().checks)):
        return draft_of(form, "quote")
    draft = draft_of(form, "article")
    return draft if draft.title else _headed(draft)


def show(draft: Draft, sources: Sources, *, whole: bool = False, trouble: CorrectionError | None = None,
         fresh: int | None = None, chosen: Selection = "all") -> str:  # fmt: skip
    """The page of a draft; `whole` waits for all findings, otherwise those that come at once are on it.

    `fresh` is how many statements a change of the text made new, `chosen` which findings an article's page shows.
    """
    if draft.kind == "quote":
        return _quote(draft, sources)
    begun = monotonic()
    statements = desk().statements(draft)
    if len(statements) >= MANY:
        desk().prepare()
    if whole or sources.problems:
        first = _slice(draft, statements)
    else:
        # The first finding shares its time with no other.
        first = _slice(draft, statements, seconds=FIRST - (monotonic() - begun), at_once=1)
    cards, offered = _cards(first.found), choices(first.found, chosen, complete=first.next is None)
    return render_template(
        "article.html",
        draft=draft, typed=typed(draft), sources=sources, link=web_address(draft.link), trouble=trouble, fresh=fresh,
        slice=first, cards=cards, tally=tally(cards), pieces=_pieces(draft, statements, first.found),
        asked=_asked(statements), cases=_cases(draft), remembered=_remembered(cards), grounds=GROUNDS,
        choices=offered, chosen=next((each.selection for each in offered if each.chosen), chosen if first.next else "all"),
    )  # fmt: skip


def more(draft: Draft, sources: Sources, *, start: int, chosen: Selection = "all") -> str:
    """The next findings of an article, for a page that is being read."""
    statements = desk().statements(draft)
    piece = _slice(draft, statements, start=start, seconds=NEXT)
    new = {each.statement.anchor for each in piece.found}
    known = [*_known(draft, statements[:start]), *piece.found]
    new_cards = _cards(piece.found)
    return render_template(
        "findings.html",
        draft=draft, sources=sources, slice=piece, cards=new_cards, tally=tally(_cards(known)),
        pieces=[each for each in _pieces(draft, statements, known) if _shows(each, new)],
        asked=_asked(statements), cases=_cases(draft), remembered=_remembered(new_cards), grounds=GROUNDS,
        choices=choices(known, chosen, complete=piece.next is None), chosen=chosen,
    )  # fmt: skip


def page_to_keep(draft: Draft) -> Response:
    """All that was found, as one page to keep and send."""
    found = _report(draft)
    with in_english():
        page = finding_html(found.findings[0]) if draft.kind == "quote" else report_html(found)
    return download(page, "onrecord-report", "html")


def file_to_keep(draft: Draft, form: Form) -> Response:
    """All that was found, as a file for other programs."""
    found = _report(draft)
    with in_english():
        name = draft.title or ("Quotation" if draft.kind == "quote" else "Article")
        return export([Reported(name, found, quote=draft.kind == "quote")], name, form)


def _report(draft: Draft) -> Report:
    """Everything about a draft, however long it takes."""
    if draft.kind == "quote":
        finding = desk().check(_claim(draft))
        return Report(Article("quote", finding.claim.quote), (finding,), finding.provenance)
    found = _slice(draft, desk().statements(draft)).found
    warnings = tuple(unchecked(each.statement.attribution, each.problem) for each in found if each.problem)
    findings = tuple(each.finding for each in found if each.finding)
    return Report(draft.article, findings, desk().provenance, warnings)


def claim_at(draft: Draft, anchor: str) -> Claim | None:
    """What the statement of that name claims; None where the draft has no such statement."""
    if draft.kind == "quote":
        return _claim(draft) if anchor == ONE else None
    found = next((each for each in desk().statements(draft) if each.anchor == anchor), None)
    return desk().claim_of(found, draft) if found else None


def fresh_in(changed: Draft, before: Draft) -> int:
    """How many statements of a changed draft must be checked anew."""
    known = {desk().claim_of(each, before) for each in desk().statements(before)}
    return sum(desk().claim_of(each, changed) not in known for each in desk().statements(changed))


def typed(draft: Draft) -> Typed:
    """The draft as it stands in a form."""
    return Typed(draft.text, draft.speaker, str(draft.date or ""), draft.kind, draft.title, draft.link)


def _quote(draft: Draft, sources: Sources) -> str:
    shown = card(desk().check(_claim(draft)), anchor=ONE)
    asked = next(({ONE: mark.at} for mark in reversed(draft.marks) if mark.kind == "asked"), {})
    return render_template(
        "quote.html",
        draft=draft, shown=shown, typed=typed(draft), sources=sources, asked=asked, cases=_cases(draft),
        remembered=_remembered((shown,)), grounds=GROUNDS,
    )  # fmt: skip


def _claim(draft: Draft) -> Claim:
    return Claim(quote=without_marks(draft.text), speaker=draft.speaker or None, date=draft.date)


def _slice(
    draft: Draft, statements: Sequence[Statement], *, start: int = 0, seconds: float | None = None,
    at_once: int = AT_ONCE,
) -> Slice:  # fmt: skip
    """The findings from one statement on: those for which there is time, or all."""
    rest = statements[start:]
    claims = [desk().claim_of(each, draft) for each in rest]
    found = tuple(checked(rest, claims=claims, check=desk().check, seconds=seconds, at_once=at_once))
    upto = start + len(found)
    return Slice(found, upto if upto < len(statements) else None, len(statements))


def _known(draft: Draft, statements: Sequence[Statement]) -> list[Checked]:
    """What was found before, as far as it is still known: a page that was opened long ago loses its count, nothing else."""
    found = ((each, desk().checked(desk().claim_of(each, draft))) for each in statements)
    return [Checked.of(statement, finding) for statement, finding in found if finding]


def _pieces(draft: Draft, statements: Sequence[Statement], found: Sequence[Checked]) -> tuple[Piece, ...]:
    return pieces(draft.text, underlines(statements, found), proper=body(draft.text))


def _shows(piece: Piece, anchors: set[str]) -> bool:
    return any(each.anchor in anchors for each in (*piece.opens, *((piece.statement,) if piece.statement else ())))


def _cards(found: Sequence[Checked]) -> tuple[Card, ...]:
    return tuple(each.card for each in found if each.card)


def _remembered(cards: Sequence[Card]) -> Mapping[str, Sequence[Remembered]]:
    """What editors decided when the same words came before, for those who may read reviews: nothing of it is public."""
    if not may("review.case"):
        return {}
    hashes = {each.anchor: words_of(each.finding.claim.quote) for each in cards}
    with desk().store.reading() as connection:
        found = decisions.remembered(connection, list(hashes.values()), reader=who())
    return {anchor: found.get(words, ()) for anchor, words in hashes.items()}


def _asked(statements: Sequence[Statement]) -> Mapping[str, str]:
    return {each.anchor: each.asked_at for each in statements if each.asked_at}


def _cases(draft: Draft) -> Mapping[str, Case]:
    return {each.anchor: each for each in desk().drafts.cases(draft.id)}


def _headed(draft: Draft) -> Draft:
    """The same with its first line as its title, when that is short enough to be a headline."""
    first = draft.text.strip().partition("\n")[0].strip()
    return replace(draft, title=first if len(first) <= _HEADLINE else "")
