"""Articles on the desk, and what editors decide about their statements."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from checker.types import Status
from web.api.shapes.articles import LONGEST_ARTICLE
from web.api.shapes.base import Answered, Asked, Date, Line, Note, Page, Paged, text
from web.api.shapes.findings import Finding
from web.store.decisions import Kind
from web.store.reviews import State

Ground = Literal["own-recording", "interview-notes", "agency-copy", "translation-checked", "press-office", "judgement"]


class ReviewsAsked(Paged):
    """Which reviews are wanted."""

    state: State | None = None
    mine: Annotated[Literal["yes", "no"], Field(description="`yes`: those that the key's owner wrote or works on")] = (
        "no"
    )


class ReviewSent(Asked):
    """An article for the desk."""

    text: Annotated[str, text(LONGEST_ARTICLE, shortest=1)]
    title: Line = ""
    date: Date | None = None


class ReviewLine(Answered):
    """A review in the queue; `version` grows with each step."""

    id: str
    state: State
    version: int
    title: str
    author: str
    assignee: str | None
    due: str | None
    created_at: str
    changed_at: str
    statements: int
    decided: int


class Reviews(Page):
    """The queue, what is due first on top."""

    items: list[ReviewLine]


class DecisionMade(Answered):
    """One line of a statement's history; nothing of it is ever changed."""

    id: int
    statement: str
    decision: Kind
    status: Status | None
    ground: str | None
    note: str
    machine_status: str
    machine_reason: str
    revision: int
    at: str
    by: str


class Decisions(Answered):
    """All decisions about an article, the oldest first."""

    items: list[DecisionMade]


class CommentMade(Answered):
    """Somebody's remark."""

    id: int
    text: str
    at: str
    by: str
    resolved_at: str | None


class StatementReviewed(Answered):
    """One statement: the machine's finding and, apart from it, what an editor decided.

    `decision` counts; `outdated` was made about another verdict or source. `basis` and `seen` are to be sent with a decision.
    """

    statement: str
    number: int
    basis: str
    seen: int
    finding: Finding
    decision: DecisionMade | None
    outdated: DecisionMade | None
    comments: list[CommentMade]


class SignedOff(Answered):
    """Somebody answered for the text; `void_because` says what ended that."""

    revision: int
    sha256: str
    at: str
    by: str
    void_at: str | None
    void_because: str | None


class ReviewRead(Answered):
    """All of a review."""

    id: str
    state: State
    version: int
    title: str
    text: str
    date: str | None
    revision: int
    sha256: str
    author: str
    assignee: str | None
    due: str | None
    checked: bool
    decided: int
    statements: list[StatementReviewed]
    comments: list[CommentMade]
    sign_off: SignedOff | None


class DecisionAsked(Asked):
    """What an editor decides; `basis` and `seen` say what was decided about, so that nobody decides about something else."""

    statement: Annotated[str, text(60, shortest=1)]
    decision: Kind
    status: Annotated[Status | None, Field(description="Of an override: what the statement is")] = None
    ground: Annotated[Ground | None, Field(description="Of an override: on what ground")] = None
    note: Annotated[Note, Field(description="An override needs one")] = ""
    basis: Annotated[str, text(100)]
    seen: Annotated[int, Field(ge=0, le=2**53, description="The newest decision that was seen; 0 for none")]
