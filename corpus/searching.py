"""A query over one state of a corpus: by words, by meaning, and apart among the passages to which it is narrowed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from corpus import rows
from corpus.embed import SPACES, Encoders
from corpus.embed.encoders import reads
from corpus.postings import Numbers
from corpus.retrieve import Frequencies, Lexical, Ranking, Semantic
from corpus.types import Candidate, Query
from corpus.vectors.store import VectorStore


@dataclass(frozen=True, slots=True)
class Held:
    """What a search has to know of the whole corpus, read before it takes a connection: nobody may hold one and wait for another.

    `calendar` and `versions` are for queries that are narrowed to a time and to a speaker.
    """

    passages: int
    superseded: Numbers
    calendar: rows.Calendar
    versions: Sequence[int]


def by_words(
    connection: Connection, query: Query, held: Held,
    *, limit: int, frequencies: Frequencies | None = None, went: Numbers = rows.NONE,
) -> tuple[Candidate, ...]:  # fmt: skip
    """The passages that share most word sequences; up to half of the places are those of what the query is narrowed to.

    `went` are passages that count as current though they are not.
    """
    lexical = Lexical(connection, held.passages, held.superseded, frequencies=frequencies)
    found = rows.read_candidates(connection, lexical, query, limit, went=went)
    only = _only(connection, query, held)
    if only is None:
        return found
    named = rows.read_candidates(connection, replace(lexical, only=only), query, (limit + 1) // 2)
    taken = {candidate.passage.id for candidate in named}
    others = [candidate for candidate in found if candidate.passage.id not in taken]
    # The sort is stable: of equals, those that the search is narrowed to come first.
    return tuple(sorted([*named, *others[: limit - len(named)]], key=lambda candidate: -candidate.score))


def by_meaning(
    connection: Connection, vectors: VectorStore, query: Query, held: Held, *, limit: int, encoders: Encoders
) -> list[list[Candidate]]:
    """A ranking for each space that reads the query's language, and another of what the query is narrowed to."""
    text = " ".join(query.parts)
    only = _only(connection, query, held)
    rankings: list[Ranking] = []
    for space in SPACES if text.strip() else ():
        if not (encoders.has(space) and reads(space, text)):
            continue
        semantic = Semantic(connection, vectors, space, encoders, held.superseded)
        rankings.append(semantic.rank(text, query, limit=limit))
        if only is not None:
            rankings.append(replace(semantic, only=only).rank(text, query, limit=(limit + 1) // 2))
    passages = rows.read_passages(connection, {number for ranking in rankings for number, _ in ranking})
    return [
        [Candidate(passages[number], cosine, cosine) for number, cosine in ranking if number in passages]
        for ranking in rankings
    ]


def _only(connection: Connection, query: Query, held: Held) -> Numbers | None:
    """The passages to which a query narrows part of the search; None when to nothing."""
    if query.document_id is not None:
        return rows.passages_of_document(connection, query.document_id)
    if query.labels or query.publishers:
        return rows.passages_of_versions(connection, held.versions)
    return rows.passages_between(held.calendar, *query.between) if query.between else None
