"""Vectors: the encoders that made them, a code for each passage, and blocks of sign bits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0002"
down_revision = "0001"

_Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_Text = sa.Text().with_variant(TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Make room for vectors; none are there yet."""
    op.create_table(
        "encoder",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("space", _Text, nullable=False),
        sa.Column("name", _Text, nullable=False),
        sa.Column("dimensions", sa.Integer, nullable=False),
        sa.UniqueConstraint("space", name="uq_encoder_space"),
    )
    op.create_table(
        "vector",
        sa.Column("encoder_id", sa.Integer, sa.ForeignKey("encoder.id", name="fk_vector_encoder_id"), primary_key=True),
        sa.Column("passage_id", _Id, sa.ForeignKey("passage.id", name="fk_vector_passage_id"), primary_key=True),
        sa.Column("code", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sign_block",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "encoder_id", sa.Integer, sa.ForeignKey("encoder.id", name="fk_sign_block_encoder_id"), nullable=False
        ),
        sa.Column("numbers", sa.LargeBinary, nullable=False),
        sa.Column("bits", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_sign_block_encoder_id", "sign_block", ["encoder_id"])
