"""Runs tell apart what they did not look at, and what robots.txt bars."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make room; runs of before counted the first as unchanged and the second as failed."""
    for name in ("not_looked_at", "barred"):
        op.add_column("source_run", sa.Column(name, sa.Integer, nullable=False, server_default="0"))
