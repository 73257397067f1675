"""Captures and events: the bytes behind a version, and what became of a document at its source."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0003"
down_revision = "0002"

_Text = sa.Text().with_variant(TEXT(collation="C"), "postgresql")
_Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make room; versions that are there already have no bytes kept."""
    op.create_table(
        "capture",
        sa.Column("id", _Id, primary_key=True),
        sa.Column("document_id", _Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("url", _Text, nullable=False),
        sa.Column("kind", _Text, nullable=False),
        sa.Column("sha256", _Text, nullable=False),
        sa.Column("fetched_at", _Text, nullable=False),
        sa.Column("seen_at", _Text, nullable=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("document_id", "version", "sha256", name="uq_capture_document_id"),
    )
    op.create_table(
        "event",
        sa.Column("id", _Id, primary_key=True),
        sa.Column("document_id", _Text, nullable=False),
        sa.Column("kind", _Text, nullable=False),
        sa.Column("noticed_at", _Text, nullable=False),
        sa.Column("from_version", sa.Integer, nullable=False),
        sa.Column("to_version", sa.Integer, nullable=False),
        sa.Column("added", sa.Integer, nullable=False),
        sa.Column("removed", sa.Integer, nullable=False),
    )
    op.create_index("ix_event_document_id", "event", ["document_id"])
    op.create_index("ix_event_noticed_at", "event", ["noticed_at"])
