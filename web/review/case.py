"""A review as a page shows it: each statement with the machine's verdict and, apart from it, the editors' decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from checker.export.card import Card, card
from web.desk import Desk
from web.store import articles, decisions, embargoes, reviews, signing
from web.store.accounts import Account
from web.store.articles import StoredArticle, StoredFinding
from web.store.decisions import Decision, Remembered
from web.store.embargoes import Embargo
from web.store.reviews import Comment, Review
from web.store.signing import SignOff


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement on the desk. `decision` counts; `outdated` was made about another verdict or source."""

    anchor: str
    card: Card
    basis: str
    history: Sequence[Decision]
    decision: Decision | None
    outdated: Decision | None
    comments: Sequence[Comment]
    remembered: Sequence[Remembered]

    @property
    def last(self) -> int:
        """The newest decision that this page knows of; 0 for none."""
        return self.history[-1].id if self.history else 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a review stands: what the strip on top and the sign-off show."""

    review: Review
    sha256: str
    statements: int
    decided: int
    overridden: int
    signed: SignOff | None
    checked: bool

    @property
    def ready(self) -> bool:
        """True when the text was checked and nothing is left to decide."""
        return self.checked and self.decided == self.statements


@dataclass(frozen=True, slots=True)
class Case:
    """All of a review."""

    stored: StoredArticle
    standing: Standing
    statements: Sequence[Statement]
    remarks: Sequence[Comment]
    """Comments on the article as a whole, and on statements that it does not hold any more."""
    embargo: Embargo | None


def case_of(desk: Desk, id: str, *, reader: Account) -> Case:
    """An article under review with all its statements, as a reader is shown it; raises NotHere."""
    with desk.store.reading() as connection:
        stored = articles.stored(connection, id)
        found = articles.findings(connection, id, stored.revision, desk.wording)
        comments = reviews.comments(connection, id)
        held = {each.anchor for each in found}
        return Case(
            stored,
            standing_of(connection, stored),
            _statements(connection, id, found, comments, reader),
            [each for each in comments if each.anchor not in held],
            embargoes.standing(connection, id),
        )


def statement_of(desk: Desk, id: str, anchor: str, *, reader: Account) -> tuple[Statement, Standing]:
    """One statement as it stands now, and the whole review; raises NotHere."""
    with desk.store.reading() as connection:
        stored = articles.stored(connection, id)
        found = articles.finding_of(connection, id, stored.revision, anchor, desk.wording)
        (statement,) = _statements(connection, id, [found], reviews.comments(connection, id), reader)
        return statement, standing_of(connection, stored)


def standing_of(connection: Connection, stored: StoredArticle) -> Standing:
    """How far a review is."""
    bases = articles.bases(connection, stored.id, stored.revision)
    histories = decisions.histories(connection, stored.id)
    current = [decisions.in_force(histories.get(anchor, ()), basis) for anchor, basis in bases.items()]
    return Standing(
        reviews.review_of(connection, stored.id),
        stored.sha256,
        len(bases),
        sum(each is not None for each in current),
        sum(each is not None and each.ruling.kind == "override" for each in current),
        signing.last(connection, stored.id),
        stored.checked_at is not None,
    )


def _statements(
    connection: Connection, id: str, found: Sequence[StoredFinding], comments: Sequence[Comment], reader: Account
) -> list[Statement]:
    histories = decisions.histories(connection, id)
    remembered = decisions.remembered(connection, [each.words for each in found], reader=reader, beside=id)
    return [_statement(each, histories, comments, remembered) for each in found]


def _statement(
    each: StoredFinding,
    histories: Mapping[str, Sequence[Decision]],
    comments: Sequence[Comment],
    remembered: Mapping[str, Sequence[Remembered]],
) -> Statement:
    history = histories.get(each.anchor, ())
    current = decisions.in_force(history, each.basis)
    last = history[-1] if history else None
    outdated = last if last and not current and last.ruling.kind != "withdraw" else None
    return Statement(
        each.anchor,
        card(each.finding, number=each.number, anchor=each.anchor),
        each.basis,
        history,
        current,
        outdated,
        [one for one in comments if one.anchor == each.anchor],
        remembered.get(each.words, ()),
    )
