"""The nearest of many vectors by their sign bits, counted by the database: what `scan` does in memory, with the same ties."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sqlalchemy import ARRAY, BigInteger, Connection, Float, Text, cast, func, literal, select
from sqlalchemy.dialects.postgresql import BIT
from sqlalchemy.sql.selectable import TableValuedAlias

from corpus.postings import Numbers
from corpus.schema import sign_bits
from corpus.vectors.codes import Bits


@dataclass(frozen=True, slots=True)
class Counted:
    """The sign bits of a space as rows of a server, but for those of superseded passages, or only those of some.

    `hamming` is the operator that counts in how many bits two rows differ.
    """

    connection: Connection
    encoder_id: int
    hamming: str
    superseded: Numbers
    only: Numbers | None

    def nearest(self, query: Bits, *, count: int) -> Numbers:
        """The passages whose signs differ least from the query's: of about `count` vectors, since equals stay together.

        Of twice as many the database keeps the order in memory; WITH TIES makes it sort all, which takes half as long
        again and is left for equals that do not even end among those.
        """
        wanted = literal("x" + query.astype("<u8").tobytes().hex(), BIT(varying=True))
        distance = sign_bits.c.bits.op(self.hamming, return_type=Float())(wanted).label("distance")
        near = select(sign_bits.c.passage_id, distance).where(sign_bits.c.encoder_id == self.encoder_id)
        if len(self.superseded):
            old = _table(self.superseded)
            near = near.where(~select(1).where(old.c.number == sign_bits.c.passage_id).exists())
        if self.only is not None:
            near = near.where(sign_bits.c.passage_id.in_(select(_table(self.only).c.number)))
        near = near.order_by(distance)
        found = self.connection.execute(near.limit(2 * count)).all()
        if len(found) == 2 * count and found[-1].distance == found[count - 1].distance:
            found = self.connection.execute(near.fetch(count, with_ties=True)).all()
        last = found[min(count, len(found)) - 1].distance if found else 0
        return np.array([number for number, distance in found if distance <= last], np.uint32)


def _table(numbers: Numbers) -> TableValuedAlias:
    """Numbers as a table, since not every server looks a long list up quickly; as one text, which is sent more quickly."""
    said = literal(f"{{{','.join(map(str, numbers.tolist()))}}}", Text())
    return func.unnest(cast(said, ARRAY(BigInteger))).table_valued("number").render_derived()
