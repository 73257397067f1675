"""Articles on the desk, and what editors decide about their statements."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, RootModel, StringConstraints

from checker.types import Status
from web.api.shapes.articles import ArticleAsked, EmbargoRead
from web.api.shapes.base import Answered, Asked, Count, Note, Page, Paged, text
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


class ReviewSent(ArticleAsked):
    """An article for the desk, under embargo from the first moment where that is wanted."""


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
    embargo: EmbargoRead | None


class _About(Asked):
    """Which statement is decided about; `basis` and `seen` are sent back as they were read, so that nobody decides about something else."""

    statement: Annotated[str, text(60, shortest=1)]
    basis: Annotated[str, text(100)]
    seen: Annotated[Count, Field(description="The newest decision that was seen; 0 for none")]


class Accept(_About):
    """The machine's verdict stands."""

    decision: Literal["accept"]
    note: Note = ""


class Override(_About):
    """The statement is something else, on a ground, and with a note by which it is understood later."""

    decision: Literal["override"]
    status: Status
    ground: Ground
    note: Annotated[str, StringConstraints(pattern=r"^[^\x00]*[^\x00\s][^\x00]*$", max_length=4000)]


class Withdraw(_About):
    """The last decision is taken back."""

    decision: Literal["withdraw"]


class DecisionAsked(RootModel[Annotated[Accept | Override | Withdraw, Field(discriminator="decision")]]):
    """What an editor decides."""
