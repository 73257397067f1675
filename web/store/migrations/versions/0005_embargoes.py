"""Until when an article under review is kept at the desk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table of embargoes."""
    op.create_table(
        "embargo",
        sa.Column("article_id", sa.Text, nullable=False),
        sa.Column("until", sa.Text),
        sa.Column("local", sa.Text, nullable=False),
        sa.Column("set_at", sa.Text, nullable=False),
        sa.Column("set_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_embargo"),
        sa.ForeignKeyConstraint(["article_id"], ["review.article_id"], name="fk_embargo_article_id"),
    )
