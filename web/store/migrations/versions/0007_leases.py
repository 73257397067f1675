"""Whose a request is that was begun under an Idempotency-Key."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add who holds the lease; of those that run now nobody knows."""
    op.add_column("repeat", sa.Column("lease", sa.Text))
