"""Batches may be under embargo too: one table holds of what kind each is, and whose."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table anew with what stood in it; nobody becomes the author of a review later, so that the name can be copied."""
    connection = op.get_bind()
    standing = connection.execute(
        sa.text(
            "SELECT embargo.article_id AS subject, 'article' AS kind, review.author, until, local, set_at, set_by "
            "FROM embargo JOIN review ON review.article_id = embargo.article_id"
        )
    ).mappings().all()  # fmt: skip
    op.drop_table("embargo")
    made = op.create_table(
        "embargo",
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("until", sa.Text),
        sa.Column("local", sa.Text, nullable=False),
        sa.Column("set_at", sa.Text, nullable=False),
        sa.Column("set_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("subject", name="pk_embargo"),
    )
    if standing:
        op.bulk_insert(made, [dict(row) for row in standing])
