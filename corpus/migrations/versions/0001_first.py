"""The first schema: versions of documents, their turns and passages, postings, settings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0001"
down_revision = None

_Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_Text = sa.Text().with_variant(TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Create everything."""
    op.create_table(
        "version",
        sa.Column("id", _Id, primary_key=True),
        sa.Column("document_id", _Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("current", sa.Boolean, nullable=False),
        sa.Column("sha256", _Text, nullable=False),
        sa.Column("publisher", _Text, nullable=False),
        sa.Column("title", _Text, nullable=False),
        sa.Column("date", _Text),
        sa.Column("url", _Text),
        sa.Column("language", _Text, nullable=False),
        sa.Column("kind", _Text, nullable=False),
        sa.Column("tier", _Text, nullable=False),
        sa.Column("translation", _Text),
        sa.Column("licence", _Text),
        sa.Column("speakers", _Text, nullable=False),
        sa.Column("text", _Text, nullable=False),
        sa.Column("metadata", sa.LargeBinary, nullable=False),
        sa.Column("added_at", _Text, nullable=False),
        sa.UniqueConstraint("document_id", "number", name="uq_version_document_id"),
    )
    op.create_index("ix_version_sha256", "version", ["sha256"])
    op.create_index("ix_version_publisher", "version", ["publisher", "date"])
    op.create_table(
        "turn",
        sa.Column("version_id", _Id, sa.ForeignKey("version.id", name="fk_turn_version_id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("speaker", _Text, nullable=False),
        sa.Column("kind", _Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_turn_speaker", "turn", ["speaker"])
    op.create_table(
        "passage",
        sa.Column("id", _Id, primary_key=True),
        sa.Column("version_id", _Id, sa.ForeignKey("version.id", name="fk_passage_version_id"), nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
    )
    op.create_index("ix_passage_version_id", "passage", ["version_id"])
    op.create_table(
        "segment",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("postings", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "posting",
        sa.Column("size", sa.Integer, primary_key=True),
        sa.Column("bucket", sa.Integer, primary_key=True),
        sa.Column("segment", sa.Integer, primary_key=True),
        sa.Column("entries", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "setting",
        sa.Column("name", _Text, primary_key=True),
        sa.Column("value", _Text, nullable=False),
    )
