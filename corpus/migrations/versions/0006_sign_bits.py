"""On a server, the sign bits as rows too: what pgvector scans. They follow the blocks by a trigger; SQLite gets nothing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import BIT

revision = "0006"
down_revision = "0005"

_SPREAD = """
CREATE FUNCTION spread_signs(numbers bytea, bits bytea) RETURNS TABLE (number bigint, signs bit varying)
LANGUAGE sql IMMUTABLE AS $$
    SELECT get_byte(numbers, 4 * i) + (get_byte(numbers, 4 * i + 1) << 8) + (get_byte(numbers, 4 * i + 2) << 16)
               + (CAST(get_byte(numbers, 4 * i + 3) AS bigint) << 24),
           CAST('x' || encode(substring(bits FROM i * width + 1 FOR width), 'hex') AS bit varying)
    FROM generate_series(0, octet_length(numbers) / 4 - 1) AS i,
         (SELECT 4 * octet_length(bits) / nullif(octet_length(numbers), 0)) AS vector (width)
$$
"""
# Only what differs is touched: to forget the passages of one document changes a few of a block's two thousand rows.
_FOLLOW = """
CREATE FUNCTION follow_sign_block() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    space integer := coalesce(NEW.encoder_id, OLD.encoder_id);
    touched bigint[] := ARRAY(
        SELECT number FROM (SELECT * FROM spread_signs(OLD.numbers, OLD.bits)
                            EXCEPT ALL SELECT * FROM spread_signs(NEW.numbers, NEW.bits)) AS gone
        UNION SELECT number FROM (SELECT * FROM spread_signs(NEW.numbers, NEW.bits)
                                  EXCEPT ALL SELECT * FROM spread_signs(OLD.numbers, OLD.bits)) AS come);
BEGIN
    DELETE FROM sign_bits WHERE encoder_id = space AND passage_id = ANY (touched);
    INSERT INTO sign_bits (encoder_id, passage_id, bits)
        SELECT space, number, signs FROM spread_signs(NEW.numbers, NEW.bits) WHERE number = ANY (touched);
    RETURN NULL;
END
$$
"""


def upgrade() -> None:
    """Spread the blocks that are there. Nothing here needs the extension, which may come and go."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.create_table(
        "sign_bits",
        sa.Column("encoder_id", sa.Integer, nullable=False),
        sa.Column("passage_id", sa.BigInteger, nullable=False),
        sa.Column("bits", BIT(varying=True), nullable=False),
    )
    op.execute(_SPREAD)
    op.execute(_FOLLOW)
    op.execute(
        "INSERT INTO sign_bits (encoder_id, passage_id, bits) "
        "SELECT encoder_id, number, signs FROM sign_block, spread_signs(numbers, bits) ORDER BY sign_block.id"
    )
    op.create_index("ix_sign_bits_encoder_id", "sign_bits", ["encoder_id", "passage_id"])
    op.execute(
        "CREATE TRIGGER follow_sign_block AFTER INSERT OR UPDATE OR DELETE ON sign_block "
        "FOR EACH ROW EXECUTE FUNCTION follow_sign_block()"
    )
