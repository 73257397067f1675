"""Articles on the desk: the same steps as on its pages, with the same rules."""

from __future__ import annotations

from urllib.parse import quote

from web.api import found as findings
from web.api.again import begun_before, made
from web.api.answering import Placed
from web.api.asking import cut, position
from web.api.contract import operation
from web.api.embargoes import embargo_read, imposed, term
from web.api.entry import key
from web.api.problems import PREFIX, Problem
from web.api.quotes import date_of
from web.api.shapes.articles import EmbargoAsked, EmbargoRead
from web.api.shapes.reviews import (
    Accept,
    CommentMade,
    DecisionAsked,
    DecisionMade,
    Decisions,
    ReviewLine,
    ReviewRead,
    Reviews,
    ReviewsAsked,
    ReviewSent,
    SignedOff,
    StatementReviewed,
    Withdraw,
)
from web.desk import desk
from web.review import steps
from web.review.case import Statement, case_of, statement_of
from web.review.forms import Seen
from web.schemas import LARGEST_TEXT
from web.store import decisions, reviews
from web.store.articles import Text
from web.store.decisions import Decision, Ruling
from web.store.errors import Overtaken
from web.store.reviews import Comment, Queued
from web.store.signing import SignOff

_TAG = "Reviews"


@operation("GET", "/reviews", tag=_TAG, scope="review", like="review.queue", query=ReviewsAsked, answers=Reviews)
def list_reviews(query: ReviewsAsked) -> Reviews:
    """What lies on the desk, what is due first on top; what is under embargo is in no list, whoever asks."""
    steps.look_at_sources(desk())
    with desk().store.reading() as connection:
        of = key().owner.name if query.mine == "yes" else None
        found = reviews.queue(connection, reader=None, state=query.state, of=of)
    last = position(query, of="reviews")
    ids = [each.review.article_id for each in found]
    start = ids.index(last[0]) + 1 if last and last[0] in ids else 0
    shown, following = cut(found[start:], query, of="reviews", place=lambda each: (each.review.article_id,))
    return Reviews(items=[_line(each) for each in shown], next=following)


@operation("POST", "/reviews", tag=_TAG, scope="review", like="review.send", status=201, asks=ReviewSent, answers=ReviewRead, problems=("not-now",), stores=True)  # fmt: skip
def send_review(asked: ReviewSent) -> Placed:
    """Check an article and put it on the desk.

    With `embargo` nothing of it leaves the desk before that is over: it is read at its own address by keys of its author, editors and admins, and
    stands in no list, file or message to a webhook.
    """
    if len(asked.text.encode()) > LARGEST_TEXT:
        raise Problem("too-large", f"At most {LARGEST_TEXT:,} bytes of text are checked at once; send it in parts.")
    text = Text(asked.text, title=asked.title, date=date_of(asked.date))
    embargo = term(asked.embargo, field="embargo/until") if asked.embargo else None
    id = steps.send(desk(), text, by=key().owner, id=made(), embargo=embargo)
    return Placed(_review(id), f"{PREFIX}/reviews/{id}")


@operation("GET", "/reviews/<id>", tag=_TAG, scope="review", like="review.case", answers=ReviewRead, problems=("not-found", "under-embargo"))  # fmt: skip
def read_review(id: str) -> ReviewRead:
    """An article under review: each statement with the machine's finding and, apart from it, what editors decided."""
    steps.look_at_sources(desk())
    return _review(id)


@operation("POST", "/reviews/<id>/embargo", tag=_TAG, scope="review", like="review.impose", asks=EmbargoAsked, answers=EmbargoRead, problems=("not-found", "not-now", "under-embargo"), stores=True)  # fmt: skip
def set_embargo(id: str, asked: EmbargoAsked) -> EmbargoRead:
    """Put an article under embargo, or change until when it is; its author, editors and admins may.

    What waits to be told of it to webhooks is given up. The log keeps who did it.
    """
    return imposed(id, asked, of="article")


@operation("DELETE", "/reviews/<id>/embargo", tag=_TAG, scope="review", like="review.lift", status=204, problems=("not-found", "not-now", "under-embargo"), stores=True)  # fmt: skip
def lift_embargo(id: str) -> None:
    """End an article's embargo now; one with a moment ends by itself when that comes."""
    steps.lift(desk(), id, of="article", by=key().owner)


@operation("GET", "/reviews/<id>/decisions", tag=_TAG, scope="review", like="review.case", answers=Decisions, problems=("not-found", "under-embargo"))  # fmt: skip
def list_decisions(id: str) -> Decisions:
    """Everything that was ever decided about an article, also what was taken back."""
    with desk().store.reading() as connection:
        reviews.review_of(connection, id)
        histories = decisions.histories(connection, id)
    found = sorted((each for history in histories.values() for each in history), key=lambda each: each.id)
    return Decisions(items=[_decision(each) for each in found])


@operation("POST", "/reviews/<id>/decisions", tag=_TAG, scope="review", like="review.decide", status=201, asks=DecisionAsked, answers=StatementReviewed, problems=("not-found", "overtaken", "not-now", "under-embargo"), stores=True)  # fmt: skip
def decide(id: str, asked: DecisionAsked) -> Placed:
    """Accept a verdict, override it with a status, a ground and a note, or take the last decision back.

    The machine's verdict stays beside it. `basis` and `seen` are those of the statement as it was read: where somebody else
    has decided, or a text or source has changed since, nothing is saved (409).
    """
    decision, by = asked.root, key().owner.name
    seen = Seen(decision.seen, decision.basis)
    if isinstance(decision, Withdraw):
        ruling = Ruling("withdraw")
    elif isinstance(decision, Accept):
        ruling = Ruling("accept", note=decision.note)
    else:
        ruling = Ruling("override", decision.status, decision.ground, decision.note)
    try:
        if ruling.kind == "withdraw":
            steps.withdraw(desk(), id, decision.statement, seen=seen, by=by)
        else:
            steps.decide(desk(), id, decision.statement, ruling, seen=seen, by=by)
    except Overtaken:
        if not begun_before() or not _stands(id, decision.statement, ruling, seen, by):
            raise
    statement, _ = statement_of(desk(), id, decision.statement, reader=key().owner)
    return Placed(_statement(statement), f"{PREFIX}/reviews/{quote(id, safe='')}/decisions")


def _stands(id: str, anchor: str, ruling: Ruling, seen: Seen, by: str) -> bool:
    """Whether this was saved when it was sent before, and only its answer was lost."""
    with desk().store.reading() as connection:
        return decisions.stands(connection, id, anchor, ruling, seen=seen.last, basis=seen.basis, by=by)


def _review(id: str) -> ReviewRead:
    case = case_of(desk(), id, reader=key().owner)
    stored, standing = case.stored, case.standing
    review, text = standing.review, stored.text
    return ReviewRead(
        id=stored.id, state=review.state, version=review.version, title=text.title, text=text.text,
        date=str(text.date) if text.date else None, revision=stored.revision, sha256=stored.sha256, author=review.author,
        assignee=review.assignee, due=review.due, checked=standing.checked, decided=standing.decided,
        statements=[_statement(each) for each in case.statements], comments=[_comment(each) for each in case.remarks],
        sign_off=_signed(standing.signed) if standing.signed else None,
        embargo=embargo_read(case.embargo) if case.embargo else None,
    )  # fmt: skip


def _line(each: Queued) -> ReviewLine:
    review = each.review
    return ReviewLine(
        id=review.article_id, state=review.state, version=review.version, title=each.title, author=review.author,
        assignee=review.assignee, due=review.due, created_at=review.created_at, changed_at=review.changed_at,
        statements=each.statements, decided=each.decided,
    )  # fmt: skip


def _statement(each: Statement) -> StatementReviewed:
    return StatementReviewed(
        statement=each.anchor, number=each.card.number, basis=each.basis, seen=each.last,
        finding=findings.finding(each.card.finding, id=each.anchor),
        decision=_decision(each.decision) if each.decision else None,
        outdated=_decision(each.outdated) if each.outdated else None,
        comments=[_comment(one) for one in each.comments],
    )  # fmt: skip


def _decision(each: Decision) -> DecisionMade:
    ruling = each.ruling
    return DecisionMade(
        id=each.id, statement=each.anchor, decision=ruling.kind, status=ruling.status, ground=ruling.ground, note=ruling.note,
        machine_status=each.machine_status, machine_reason=each.machine_reason, revision=each.revision, at=each.at, by=each.by,
    )  # fmt: skip


def _comment(each: Comment) -> CommentMade:
    return CommentMade(id=each.id, text=each.text, at=each.at, by=each.by, resolved_at=each.resolved_at)


def _signed(each: SignOff) -> SignedOff:
    return SignedOff(
        revision=each.revision, sha256=each.sha256, at=each.at, by=each.by, void_at=each.void_at, void_because=each.void_because
    )  # fmt: skip
