"""Runs tell what failed before, and still does, from what failed for the first time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make room; runs of before counted both as failed."""
    op.add_column("source_run", sa.Column("known_failures", sa.Integer, nullable=False, server_default="0"))
