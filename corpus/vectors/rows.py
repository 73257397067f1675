"""The vectors in the database: spaces, blocks of sign bits, and a code for each passage; inside the caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import numpy as np
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from corpus.database import insert_rows
from corpus.embed.embedder import Space, Vectors
from corpus.postings import Numbers
from corpus.schema import GENERATION, encoder, passage, setting, sign_block, vector
from corpus.vectors.codes import Bits, code_size, from_codes, signs, to_codes

_CODES = (
    select(vector.c.passage_id, vector.c.code)
    .where(
        vector.c.encoder_id == bindparam("encoder"),
        vector.c.passage_id.in_(bindparam("numbers", expanding=True)),
    )
    .order_by(vector.c.passage_id)
)
_AT_ONCE = 5_000
"""SQLite takes 32,766 values a statement at most."""


@dataclass(frozen=True, slots=True)
class StoredSpace:
    """A space of a corpus: which encoder made its vectors."""

    id: int
    space: Space
    name: str
    dimensions: int


@dataclass(frozen=True, slots=True)
class Block:
    """Sign bits that were written together; `bits` has a row for each passage."""

    id: int
    numbers: Numbers
    bits: Bits


def read_spaces(connection: Connection) -> dict[Space, StoredSpace]:
    """The spaces that hold vectors, by name."""
    rows = connection.execute(select(encoder.c.id, encoder.c.space, encoder.c.name, encoder.c.dimensions))
    return {row.space: StoredSpace(*row) for row in rows}


def put_space(connection: Connection, space: Space, name: str, dimensions: int, *, after: int = 0) -> StoredSpace:
    """Begin a space, with a number above `after`: whoever has vectors in memory must see that these are others."""
    last = connection.execute(select(func.max(encoder.c.id))).scalar() or 0
    held = StoredSpace(max(last, after) + 1, space, name, dimensions)
    connection.execute(insert(encoder), asdict(held))
    return held


def drop_space(connection: Connection, held: StoredSpace) -> None:
    """Forget a space with its vectors."""
    connection.execute(delete(vector).where(vector.c.encoder_id == held.id))
    connection.execute(delete(sign_block).where(sign_block.c.encoder_id == held.id))
    connection.execute(delete(encoder).where(encoder.c.id == held.id))


def write_block(connection: Connection, held: StoredSpace, numbers: Numbers, vectors: Vectors) -> int:
    """Store the vectors of passages that have none yet; returns how many passages those are.

    The vectors of one passage stand together, each with the passage's number.
    """
    taken = set(_present(connection, held, numbers))
    fresh = np.array([number not in taken for number in numbers.tolist()], dtype=bool)
    numbers, vectors = numbers[fresh], vectors[fresh]
    if not len(numbers):
        return 0
    codes: dict[int, bytes] = defaultdict(bytes)
    for number, code in zip(numbers.tolist(), to_codes(vectors), strict=True):
        codes[number] += code
    rows = [{"encoder_id": held.id, "passage_id": number, "code": code} for number, code in codes.items()]
    insert_rows(connection, vector, rows)
    last = connection.execute(select(func.max(sign_block.c.id))).scalar() or 0
    block = {
        "id": last + 1,
        "encoder_id": held.id,
        "numbers": numbers.astype("<u4").tobytes(),
        "bits": signs(vectors).tobytes(),
    }
    connection.execute(insert(sign_block), block)
    return len(codes)


def _present(connection: Connection, held: StoredSpace, numbers: Numbers) -> Iterator[int]:
    wanted = select(vector.c.passage_id).where(vector.c.encoder_id == held.id)
    for at in range(0, len(numbers), _AT_ONCE):
        some = np.unique(numbers[at : at + _AT_ONCE]).tolist()
        yield from connection.execute(wanted.where(vector.c.passage_id.in_(some))).scalars()


def forget_passages(connection: Connection, numbers: Numbers) -> None:
    """Drop the vectors of passages that will be no more."""
    for block in connection.execute(select(sign_block)).all():
        held = np.frombuffer(block.numbers, "<u4")
        kept = np.isin(held, numbers, invert=True)
        if not kept.all():
            bits = np.frombuffer(block.bits, np.uint8).reshape(len(held), -1)[kept]
            mine = sign_block.c.id == block.id
            values = {"numbers": held[kept].tobytes(), "bits": bits.tobytes()}
            connection.execute(
                update(sign_block).where(mine).values(values) if kept.any() else delete(sign_block).where(mine)
            )
    for at in range(0, len(numbers), _AT_ONCE):
        connection.execute(delete(vector).where(vector.c.passage_id.in_(numbers[at : at + _AT_ONCE].tolist())))


def read_blocks(connection: Connection, held: StoredSpace, after: int = 0) -> Iterator[Block]:
    """The blocks behind one, in the order in which they were written."""
    wanted = select(sign_block.c.id, sign_block.c.numbers, sign_block.c.bits)
    rows = connection.execute(
        wanted.where(sign_block.c.encoder_id == held.id, sign_block.c.id > after).order_by(sign_block.c.id)
    )
    for id, numbers, bits in rows:
        yield Block(id, np.frombuffer(numbers, "<u4"), np.frombuffer(bits, "<u8").reshape(-1, held.dimensions // 64))


def count_signs(connection: Connection, held: StoredSpace) -> int:
    """How many vectors a space holds."""
    bytes_ = func.coalesce(func.sum(func.length(sign_block.c.numbers)), 0)
    return int(connection.execute(select(bytes_).where(sign_block.c.encoder_id == held.id)).scalar_one()) // 4


def read_numbers(connection: Connection, held: StoredSpace) -> Numbers:
    """The passages that have a vector in a space, each as often as it has one."""
    rows = connection.execute(select(sign_block.c.numbers).where(sign_block.c.encoder_id == held.id)).scalars()
    return np.frombuffer(b"".join(rows), "<u4").astype(np.uint32)


def read_vectors(connection: Connection, held: StoredSpace, numbers: Numbers) -> tuple[Numbers, Vectors]:
    """The vectors of passages, in the order of their numbers, and of which passage each is; several may be of one."""
    found: list[int] = []
    codes: list[bytes] = []
    for at in range(0, len(numbers), _AT_ONCE):
        values = {"encoder": held.id, "numbers": numbers[at : at + _AT_ONCE].tolist()}
        for number, code in connection.execute(_CODES, values):
            found.append(number)
            codes.append(code)
    if not found:
        return np.zeros(0, np.uint32), np.zeros((0, held.dimensions), np.float32)
    counts = [len(code) // code_size(held.dimensions) for code in codes]
    return np.repeat(np.array(found, np.uint32), counts), from_codes(codes, held.dimensions)


def generation(connection: Connection) -> str:
    """How often passages were cut anew: with another one, what is known of their numbers is over."""
    return connection.execute(select(setting.c.value).where(setting.c.name == GENERATION)).scalar() or ""


def last_block(connection: Connection) -> int:
    """The number of the newest block of any space: another one says that vectors were added."""
    return connection.execute(select(func.max(sign_block.c.id))).scalar() or 0


def problems(connection: Connection, held: StoredSpace) -> Iterator[str]:
    """Damage of a space, in words."""
    mine = vector.c.encoder_id == held.id
    wanted = select(vector.c.passage_id, func.length(vector.c.code)).where(mine).order_by(vector.c.passage_id)
    stored = [(number, length) for number, length in connection.execute(wanted)]
    if any(length % code_size(held.dimensions) or not length for _, length in stored):
        yield "a code has another length than its encoder's"
    numbers: list[int] = []
    for row in connection.execute(select(sign_block).where(sign_block.c.encoder_id == held.id)):
        if len(row.numbers) * held.dimensions != len(row.bits) * 32:
            yield f"block {row.id} has another length than its encoder's"
        numbers += np.frombuffer(row.numbers[: len(row.numbers) // 4 * 4], "<u4").tolist()
    if sorted(numbers) != [number for number, length in stored for _ in range(length // code_size(held.dimensions))]:
        yield "the passages in the blocks are not those that have a code; encode again with --again"
        return
    nowhere = select(func.count()).select_from(vector).outerjoin(passage, passage.c.id == vector.c.passage_id)
    lost = connection.execute(nowhere.where(mine, passage.c.id.is_(None))).scalar_one()
    if lost:
        yield f"{lost:,} codes are of no passage; encode again with --again"
    wrong = [block.id for block in read_blocks(connection, held) if not _agree(connection, held, block)]
    if wrong:
        yield f"the bits of {len(wrong):,} blocks are not those of the codes; encode again with --again"


def _agree(connection: Connection, held: StoredSpace, block: Block) -> bool:
    """True when the bits have the codes' signs, as far as a code is not rounded to zero."""
    _, vectors = read_vectors(connection, held, np.unique(block.numbers))
    bits = block.bits[np.argsort(block.numbers, kind="stable")]
    return vectors.shape[0] == len(bits) and not ((signs(vectors) & ~bits) | (signs(-vectors) & bits)).any()
