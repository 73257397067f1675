"""What a corpus does with vectors: keep them, say how many there are, find the nearest."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, Engine

from corpus.database import place_of, writing
from corpus.embed import SPACES, Embedder, Encoders, Space, Vectors
from corpus.errors import EncoderMismatch
from corpus.postings import Numbers
from corpus.vectors import rows
from corpus.vectors.codes import signs
from corpus.vectors.counted import Counted
from corpus.vectors.scan import Nearest, Signs, ordered

RESCORED = 1_000
"""So many of the nearest by sign bits are ordered exactly: recall of the first ten 0.986 among a million passages
(benchmarks/vectors.py); below come near misses, above only time is lost."""

MANY = 100_000
"""So many vectors a server counts itself, if it can. Fewer are read whole: it is under six megabytes, and a search takes
two thirds of the time (benchmarks/vectors.py --server)."""


@dataclass(frozen=True, slots=True)
class _InMemory:
    """A space's sign bits as far as they have been read, those of superseded passages left out."""

    held: rows.StoredSpace
    signs: Signs
    last_block: int
    superseded: int
    generation: str = ""


class VectorStore:
    """The vectors of a corpus; sign bits that no server counts are read when they are first needed, and then only what is new."""

    def __init__(self, engine: Callable[[], Engine], reading: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._engine = engine
        self._reading = reading
        self._lock = threading.Lock()
        self._memory: dict[Space, _InMemory] = {}
        self._encoded: tuple[object, int] | None = None

    # Writing

    def begin(self, space: Space, embedder: Embedder, *, again: bool = False) -> rows.StoredSpace:
        """The space that an encoder's vectors go to; raises EncoderMismatch where another's are, unless they may go."""
        with writing(self._engine()) as connection:
            held = rows.read_spaces(connection).get(space)
            if held is not None and again:
                rows.drop_space(connection, held)
            if held is None or again:
                after = held.id if held else 0
                held = rows.put_space(connection, space, embedder.name, embedder.dimensions, after=after)
                connection.commit()
        return _same(held, embedder)

    def keep(self, held: rows.StoredSpace, numbers: Numbers, vectors: Vectors) -> int:
        """Store vectors in one transaction, each with its passage's number; returns how many of the passages had none."""
        with writing(self._engine()) as connection:
            kept = rows.write_block(connection, held, numbers, vectors)
            connection.commit()
        return kept

    # Reading

    def spaces(self) -> tuple[rows.StoredSpace, ...]:
        """The spaces that hold vectors, in a fixed order."""
        with self._reading() as connection:
            found = rows.read_spaces(connection)
        return tuple(found[space] for space in SPACES if space in found)

    def connect(self) -> Connection:
        """A connection for reading."""
        return self._engine().connect()

    def numbers(self, space: Space) -> Numbers:
        """The passages that have a vector in a space."""
        with self._reading() as connection:
            held = rows.read_spaces(connection).get(space)
            return np.unique(rows.read_numbers(connection, held)) if held else np.zeros(0, np.uint32)

    def encoded(self, superseded: Numbers) -> int:
        """How many current passages have a vector in any space."""
        with self._reading() as connection:
            spaces = rows.read_spaces(connection)
            if not spaces:
                return 0
            known = tuple(sorted(each.id for each in spaces.values()))
            state = (rows.generation(connection), rows.last_block(connection), known, len(superseded))
            if self._encoded is None or self._encoded[0] != state:
                numbers = np.concatenate([rows.read_numbers(connection, each) for each in spaces.values()])
                self._encoded = (state, _count(numbers, without=superseded))
        return self._encoded[1]

    def problems(self, connection: Connection) -> Iterator[str]:
        """What is wrong with the vectors: blocks and codes that do not agree, or of another length, or of no passage."""
        for held in rows.read_spaces(connection).values():
            yield from (f"{held.space} vectors: {problem}" for problem in rows.problems(connection, held))

    def nearest(
        self,
        connection: Connection,
        space: Space,
        text: str,
        encoders: Encoders,
        *,
        superseded: Numbers,
        limit: int,
        only: Numbers | None = None,
    ) -> Nearest:
        """The passages of a space whose meaning is nearest to a text's; raises EncoderMismatch."""
        held = rows.read_spaces(connection).get(space)
        if held is None:
            return ()
        among = self._among(connection, held, superseded, only)
        if among is None:
            return ()
        _same(held, encoders.embedder(space))
        vector = encoders.vector(space, text)
        near = among.nearest(signs(vector[None, :])[0], count=max(RESCORED, limit))
        numbers, vectors = rows.read_vectors(connection, held, np.unique(near))
        return ordered(numbers, vectors @ vector, limit=limit)

    def _among(
        self, connection: Connection, held: rows.StoredSpace, superseded: Numbers, only: Numbers | None
    ) -> Signs | Counted | None:
        """What is searched: the bits in memory, or the rows of a server if they are many and it can count; None when empty."""
        hamming = place_of(connection).hamming(connection)
        if hamming is not None and rows.count_signs(connection, held) >= MANY:
            self._memory.pop(held.space, None)
            return Counted(connection, held.id, hamming, superseded, only)
        found = self._current(connection, held, superseded).signs
        if not len(found):
            return None
        return found if only is None else found.only(only)

    def _current(self, connection: Connection, held: rows.StoredSpace, superseded: Numbers) -> _InMemory:
        space = held.space
        with self._lock:
            generation = rows.generation(connection)
            memory = self._memory.get(space)
            if memory is None or memory.held != held or memory.generation != generation:
                memory = _InMemory(held, Signs.none(held.dimensions), 0, 0, generation)
            blocks = list(rows.read_blocks(connection, held, memory.last_block))
            if blocks or memory.superseded != len(superseded):
                found = memory.signs
                if blocks:
                    numbers = np.concatenate([block.numbers for block in blocks])
                    found = found.with_more(numbers, np.concatenate([block.bits for block in blocks]))
                last = blocks[-1].id if blocks else memory.last_block
                memory = _InMemory(held, found.without(superseded), last, len(superseded), generation)
            self._memory[space] = memory
            return memory


def _count(numbers: Numbers, *, without: Numbers) -> int:
    """How many different numbers there are, by marking each: they are dense, and sorting them takes ten times as long."""
    marked = np.zeros(int(max(numbers.max(initial=0), without.max(initial=0))) + 1, dtype=bool)
    marked[numbers] = True
    marked[without] = False
    return int(np.count_nonzero(marked))


def _same(held: rows.StoredSpace, embedder: Embedder) -> rows.StoredSpace:
    if (held.name, held.dimensions) != (embedder.name, embedder.dimensions):
        raise EncoderMismatch(
            f"the {held.space} vectors of this corpus were made by {held.name}, not by {embedder.name}: set the encoder "
            "that made them, encode another corpus, or replace them with “onrecord corpus encode --again”"
        )
    return held
