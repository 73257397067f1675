"""Editors' decisions beside the machine's verdicts: only ever added to, and remembered when the words come again.

A decision is about a claim, a verdict and its evidence (their hash is its basis). Where these change, it is shown as made about
something else and does not count any more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, cast, get_args

from sqlalchemy import Connection, Row, func, insert, select

from checker.tongue import noted, worded
from checker.types import Status
from web.store import audit, embargoes, reviews, webhooks
from web.store.accounts import Account
from web.store.articles import StoredFinding
from web.store.clock import now
from web.store.errors import NotNow, Overtaken, WrongEntry
from web.store.schema import article, decision, revision

Kind = Literal["accept", "override", "withdraw"]
GROUNDS: Mapping[str, str] = MappingProxyType(
    {
        "own-recording": noted("Our own recording"),
        "interview-notes": noted("Notes of our interview"),
        "agency-copy": noted("A news agency’s copy"),
        "translation-checked": noted("The translation was checked"),
        "press-office": noted("Confirmed by the press office"),
        "judgement": noted("Editor’s judgement"),
    }
)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What an editor decides: the machine's verdict stands, or another status with its ground and a note."""

    kind: Kind
    status: Status | None = None
    ground: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of a statement's history: what was decided, about which verdict, by whom and when."""

    id: int
    article_id: str
    anchor: str
    ruling: Ruling
    speaker: str | None
    machine_status: str
    machine_reason: str
    basis: str
    revision: int
    at: str
    by: str


@dataclass(frozen=True, slots=True)
class Remembered:
    """A decision about the same words in another article."""

    decision: Decision
    title: str


def decide(
    connection: Connection, id: str, about: StoredFinding, ruling: Ruling, *, revision: int, seen: int, by: str
) -> None:
    """Add a decision; `seen` is the last one that its maker knows of (0 for none).

    Raises Overtaken, NotNow when the review is not open, and WrongEntry.
    """
    checked = _checked(ruling)
    reviews.is_open(connection, id)
    _last_seen(connection, id, about.anchor, seen)
    _add(connection, id, about, checked, revision, by)


def withdraw(connection: Connection, id: str, about: StoredFinding, *, revision: int, seen: int, by: str) -> None:
    """Take the decision back that stands; raises Overtaken and NotNow."""
    reviews.is_open(connection, id)
    past = _last_seen(connection, id, about.anchor, seen)
    if past is None or past.ruling.kind == "withdraw":
        raise NotNow(worded("There is no decision to undo."))
    _add(connection, id, about, Ruling("withdraw"), revision, by)


def stands(connection: Connection, id: str, anchor: str, ruling: Ruling, *, seen: int, basis: str, by: str) -> bool:
    """Whether the first decision since one that was seen (0 for none) is this one, by the same person about the same."""
    query = select(decision).where(decision.c.article_id == id, decision.c.anchor == anchor, decision.c.id > seen)
    row = connection.execute(query.order_by(decision.c.id).limit(1)).first()
    if row is None:
        return False
    made, asked = _decision(row), Ruling(ruling.kind, ruling.status, ruling.ground, ruling.note.strip())
    return (made.ruling, made.basis, made.by) == (asked, basis, by)


def histories(connection: Connection, id: str) -> Mapping[str, Sequence[Decision]]:
    """All decisions about an article by statement, oldest first."""
    found: dict[str, list[Decision]] = {}
    for row in connection.execute(select(decision).where(decision.c.article_id == id).order_by(decision.c.id)):
        found.setdefault(row.anchor, []).append(_decision(row))
    return found


def in_force(history: Sequence[Decision], basis: str) -> Decision | None:
    """The decision that counts: the last one, unless it was taken back or was about something else."""
    last = history[-1] if history else None
    return last if last and last.ruling.kind != "withdraw" and last.basis == basis else None


def remembered(
    connection: Connection, words: Sequence[str], *, reader: Account, beside: str = ""
) -> Mapping[str, Sequence[Remembered]]:
    """What was decided about the same words, in other articles than one that a reader may see, newest first, by the hash of the words."""
    newest = select(func.max(decision.c.id)).group_by(decision.c.article_id, decision.c.anchor)
    query = (
        select(decision, revision.c.title)
        .join(article, article.c.id == decision.c.article_id)
        .join(revision, (revision.c.article_id == article.c.id) & (revision.c.number == decision.c.revision))
        .where(decision.c.words.in_(set(words)), decision.c.id.in_(newest), decision.c.kind != "withdraw")
        .where(decision.c.article_id != beside, embargoes.open_to(decision.c.article_id, reader))
        .order_by(decision.c.id.desc())
    )
    found: dict[str, list[Remembered]] = {}
    for row in connection.execute(query):
        found.setdefault(row.words, []).append(Remembered(_decision(row), row.title))
    return found


def _last_seen(connection: Connection, id: str, anchor: str, seen: int) -> Decision | None:
    query = select(decision).where(decision.c.article_id == id, decision.c.anchor == anchor)
    row = connection.execute(query.order_by(decision.c.id.desc()).limit(1)).first()
    last = _decision(row) if row else None
    if (last.id if last else 0) != seen:
        raise Overtaken(
            worded(
                "%(name)s decided about this statement since you opened it; nothing of yours was saved. Look and decide again.",
                name=last.by,
            )
            if last
            else worded(
                "A decision was undone since you opened this; nothing of yours was saved. Look and decide again."
            )
        )
    return last


def _checked(ruling: Ruling) -> Ruling:
    if ruling.kind == "accept":
        note = ruling.note.strip()
        return Ruling("accept", note=reviews.usable(note, "note", worded("Write a note.")) if note else "")
    if ruling.status not in get_args(Status):
        raise WrongEntry("status", worded("Say what the statement is."))
    if ruling.ground not in GROUNDS:
        raise WrongEntry("ground", worded("Say on what ground."))
    note = reviews.usable(ruling.note, "note", worded("Write a note: an override must be understood later."))
    return Ruling("override", ruling.status, ruling.ground, note)


def _add(connection: Connection, id: str, about: StoredFinding, ruling: Ruling, revision: int, by: str) -> None:
    verdict = about.finding.verdict
    values = {
        "article_id": id, "anchor": about.anchor, "kind": ruling.kind, "status": ruling.status, "ground": ruling.ground,
        "note": ruling.note, "words": about.words, "speaker": about.finding.claim.speaker,
        "machine_status": verdict.status, "machine_reason": verdict.reason, "basis": about.basis, "revision": revision,
        "at": now(), "by": by,
    }  # fmt: skip
    (number,) = connection.execute(insert(decision).values(**values)).inserted_primary_key or (None,)
    audit.append(connection, "decide", id, by=by, detail={"decision": number, **values})
    webhooks.tell(
        connection, "review.decided", {"review": id, "statement": about.anchor, "decision": ruling.kind, "by": by}
    )


def _decision(row: Row) -> Decision:  # type: ignore[type-arg]
    ruling = Ruling(cast(Kind, row.kind), cast(Status | None, row.status), row.ground, row.note)
    return Decision(
        row.id, row.article_id, row.anchor, ruling, row.speaker, row.machine_status, row.machine_reason, row.basis,
        row.revision, row.at, row.by,
    )  # fmt: skip
