"""Sources: the runs of connectors, what they know of each entry, and how far back their lists were walked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0004"
down_revision = "0003"

_Text = sa.Text().with_variant(TEXT(collation="C"), "postgresql")
_Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make room; no source was synced before."""
    op.create_table(
        "source_run",
        sa.Column("id", _Id, primary_key=True),
        sa.Column("source", _Text, nullable=False),
        sa.Column("started_at", _Text, nullable=False),
        sa.Column("ended_at", _Text),
        sa.Column("outcome", _Text, nullable=False),
        *(
            sa.Column(name, sa.Integer, nullable=False)
            for name in ("seen", "new", "changed", "unchanged", "gone", "failed")
        ),
        sa.Column("error", _Text, nullable=False),
    )
    op.create_index("ix_source_run_source", "source_run", ["source", "id"])
    op.create_table(
        "source_entry",
        sa.Column("source", _Text, primary_key=True),
        sa.Column("document_id", _Text, primary_key=True),
        sa.Column("url", _Text, nullable=False),
        sa.Column("title", _Text, nullable=False),
        sa.Column("published", _Text),
        sa.Column("mark", _Text, nullable=False),
        sa.Column("etag", _Text, nullable=False),
        sa.Column("modified", _Text, nullable=False),
        sa.Column("outcome", _Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("error", _Text, nullable=False),
        sa.Column("noted_at", _Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "source_list",
        sa.Column("source", _Text, primary_key=True),
        sa.Column("list", _Text, primary_key=True),
        sa.Column("reached", _Text, nullable=False),
        sa.Column("floor", _Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "source_walked",
        *(sa.Column(name, _Text, primary_key=True) for name in ("source", "list", "document_id")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "source_page",
        sa.Column("source", _Text, primary_key=True),
        sa.Column("url", _Text, primary_key=True),
        *(sa.Column(name, _Text, nullable=False) for name in ("etag", "modified", "next", "others")),
        *(sa.Column(name, _Text) for name in ("newest", "oldest")),
        sqlite_with_rowid=False,
    )
