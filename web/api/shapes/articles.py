"""Whole articles, which are checked while their sender does something else."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from web.api.shapes.base import MOMENT, Answered, Asked, Date, Line, text

LONGEST_ARTICLE = 1_000_000
LONGEST_AT_ONCE = 50_000
"""Code points of an article that is checked while its sender waits, which takes a minute or two."""

ArticleState = Literal["waiting", "running", "done", "failed", "cancelled"]
Tone = Literal["verified", "paraphrased", "altered", "unsourced", "uncovered"]


class EmbargoAsked(Asked):
    """Until when nothing of an article leaves the desk."""

    until: Annotated[
        str | None,
        StringConstraints(pattern=MOMENT, max_length=40),
        Field(
            description="A moment to come, with its offset or Z; null: until somebody lifts it",
            examples=["2031-05-04T18:00:00+02:00"],
        ),
    ]


class EmbargoRead(Answered):
    """An embargo that stands: `until` in UTC, null until somebody lifts it; `local` as it was written, with its zone."""

    until: str | None
    local: str
    set_at: str
    set_by: str


class ArticleAsked(Asked):
    """An article's text; with its date, words like “on Monday” say when. With `embargo` nothing of it leaves the desk before that is over."""

    text: Annotated[str, text(LONGEST_ARTICLE, shortest=1)]
    title: Line = ""
    date: Annotated[Date | None, Field(description="When it appeared, or will")] = None
    embargo: EmbargoAsked | None = None


class ArticleLinks(Answered):
    """Where more of it is had."""

    self: str
    events: str
    report: str
    results: str


class ReportAsked(Asked):
    """A short article that is checked while its sender waits."""

    text: Annotated[str, text(LONGEST_AT_ONCE, shortest=1)]
    title: Line = ""
    date: Annotated[Date | None, Field(description="When it appeared, or will")] = None


class ItemProblem(Answered):
    """Why an article could not be checked."""

    code: str
    message: str


class ArticleStatus(Answered):
    """How far an article is; `statements` is known once its text was read, `tones` once it is done."""

    version: Literal[1]
    id: str
    state: ArticleState
    title: str
    created_at: str
    created_by: str
    ended_at: str | None
    statements: int | None
    findings: int
    tones: dict[Tone, int]
    error: ItemProblem | None
    embargo: EmbargoRead | None
    links: ArticleLinks


class ProgressEvent(Answered):
    """`event: progress`: how far the article is."""

    state: ArticleState
    statements: int | None
    findings: int
