"""Articles under an address that stays: their texts one after another, and what the machine found in each."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from checker.tongue import worded
from checker.types import Article, Finding
from corpus.types import PartialDate
from web.store import audit, signing
from web.store.clock import now
from web.store.errors import NotHere, Overtaken
from web.store.findings import FindDocument, basis_of, dump_finding, load_finding, words_of
from web.store.schema import article, finding, revision

_ID = 9
"""Bytes of an id: nobody guesses another one's article."""


@dataclass(frozen=True, slots=True)
class Text:
    """What is to be checked, as it was given; `speaker` belongs to a single quotation."""

    text: str
    title: str = ""
    speaker: str | None = None
    date: PartialDate | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """One text of an article; `revision` counts them from 1, `newest` is the last one's number."""

    id: str
    kind: str
    text: Text
    sha256: str
    revision: int
    newest: int
    created_at: str
    created_by: str | None
    checked_at: str | None
    """When the machine looked at this text last; None when it has not yet."""

    @property
    def article(self) -> Article:
        """The text as the checker takes it."""
        return Article(self.id, self.text.text, title=self.text.title, date=self.text.date, url=self.text.url)


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A finding under its lasting name, and the hash of what it rests on."""

    anchor: str
    number: int
    words: str
    basis: str
    finding: Finding


def create(
    connection: Connection, text: Text, *, kind: str = "article", by: str | None = None, id: str | None = None
) -> str:
    """Keep a text; gives the id under which it is found. One that is kept under a given id is not kept again."""
    if id is not None and connection.execute(select(article.c.id).where(article.c.id == id)).first():
        return id
    id = id or secrets.token_urlsafe(_ID)
    connection.execute(insert(article).values(id=id, kind=kind, revision=1, created_at=now(), created_by=by))
    _add(connection, id, 1, text, by)
    return id


def revise(connection: Connection, id: str, text: Text, *, seen: int, by: str | None = None) -> int:
    """Keep a newer text of an article, whose sign-off is void by it; gives its number.

    Raises NotHere, and Overtaken when `seen` is not the newest revision any more.
    """
    held = stored(connection, id)
    if held.newest != seen:
        raise Overtaken(
            worded(
                "The text was changed meanwhile (revision %(revision)s); look at it before you save yours.",
                revision=held.newest,
            )
        )
    if held.text == text:
        return seen
    number = seen + 1
    _add(connection, id, number, text, by)
    connection.execute(update(article).where(article.c.id == id).values(revision=number))
    audit.append(connection, "revise", id, by=by or "", detail={"revision": number, "sha256": text_hash(text)})
    signing.text_changed(connection, id, because=f"The text was changed (revision {number}).")
    return number


def stored(connection: Connection, id: str, *, number: int | None = None) -> StoredArticle:
    """An article in its newest text, or in an earlier one; raises NotHere."""
    query = select(article.c.id, article.c.kind, article.c.revision.label("newest"), revision).join(
        revision, revision.c.article_id == article.c.id
    )
    wanted = revision.c.number == (article.c.revision if number is None else number)
    row = connection.execute(query.where(article.c.id == id, wanted)).first()
    if row is None:
        raise NotHere(worded("There is no article at this address."))
    text = Text(row.text, row.title, row.speaker, PartialDate.parse(row.date) if row.date else None, row.url)
    return StoredArticle(
        id, row.kind, text, row.sha256, row.number, row.newest, row.created_at, row.created_by, row.checked_at
    )


def record(connection: Connection, id: str, number: int, findings: Sequence[tuple[str, Finding]]) -> None:
    """Keep what the machine found in a revision under lasting names, instead of what it found there before."""
    connection.execute(delete(finding).where(finding.c.article_id == id, finding.c.revision == number))
    rows = [
        {
            "article_id": id, "revision": number, "anchor": anchor, "number": place, "words": words_of(each.claim.quote),
            "quote": each.claim.quote, "speaker": each.claim.speaker, "status": each.verdict.status,
            "reason": each.verdict.reason, "basis": basis_of(each), "content": dump_finding(each), "checked_at": now(),
        }
        for place, (anchor, each) in enumerate(findings, start=1)
    ]  # fmt: skip
    if rows:
        connection.execute(insert(finding), rows)
    mine = (revision.c.article_id == id, revision.c.number == number)
    connection.execute(update(revision).where(*mine).values(checked_at=now()))


def refresh(connection: Connection, id: str, number: int, held: StoredFinding, found: Finding) -> None:
    """Keep a finding as it comes out today, where there is the same to decide about; another one leaves it as it is."""
    mine = (finding.c.article_id == id, finding.c.revision == number, finding.c.anchor == held.anchor)
    same = finding.c.basis == basis_of(found)
    connection.execute(update(finding).where(*mine, same).values(content=dump_finding(found), checked_at=now()))


def findings(connection: Connection, id: str, number: int, find: FindDocument) -> tuple[StoredFinding, ...]:
    """What the machine found in a revision, in the order of its text."""
    query = select(finding).where(finding.c.article_id == id, finding.c.revision == number).order_by(finding.c.number)
    return tuple(
        StoredFinding(row.anchor, row.number, row.words, row.basis, load_finding(row.content, find))
        for row in connection.execute(query)
    )


def finding_of(connection: Connection, id: str, number: int, anchor: str, find: FindDocument) -> StoredFinding:
    """One finding of a revision; raises NotHere."""
    mine = (finding.c.article_id == id, finding.c.revision == number, finding.c.anchor == anchor)
    row = connection.execute(select(finding).where(*mine)).first()
    if row is None:
        raise NotHere(worded("There is no such statement in the article any more."))
    return StoredFinding(row.anchor, row.number, row.words, row.basis, load_finding(row.content, find))


def bases(connection: Connection, id: str, number: int) -> Mapping[str, str]:
    """What there is to decide about in a revision: each statement's name with the hash of what it rests on."""
    query = select(finding.c.anchor, finding.c.basis).where(finding.c.article_id == id, finding.c.revision == number)
    return {row.anchor: row.basis for row in connection.execute(query.order_by(finding.c.number))}


def sources(found: Sequence[StoredFinding]) -> Mapping[str, tuple[int, str]]:
    """The documents that findings rest on: version and hash by id."""
    places = (place for each in found for place in each.finding.evidence)
    return {place.document.id: (place.version.number, place.version.sha256) for place in places}


def text_hash(text: Text) -> str:
    """What a sign-off locks: the words and the headline."""
    return hashlib.sha256(f"{text.title}\n\n{text.text}".encode()).hexdigest()


def _add(connection: Connection, id: str, number: int, text: Text, by: str | None) -> None:
    connection.execute(
        insert(revision).values(
            article_id=id, number=number, text=text.text, sha256=text_hash(text), title=text.title,
            speaker=text.speaker, date=str(text.date) if text.date else None, url=text.url,
            created_at=now(), created_by=by,
        )
    )  # fmt: skip
