"""Who somebody is at a provider of identities, and who is on the way there and back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables of sign-in through a provider."""
    op.create_table(
        "identity",
        sa.Column("issuer", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("account_id", _Id, nullable=False),
        sa.Column("bound_at", sa.Text, nullable=False),
        sa.Column("bound_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("issuer", "subject", name="pk_identity"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_identity_account_id"),
    )
    op.create_index("ix_identity_account_id", "identity", ["account_id"])
    op.create_table(
        "journey",
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("browser", sa.Text, nullable=False),
        sa.Column("issuer", sa.Text, nullable=False),
        sa.Column("nonce", sa.Text, nullable=False),
        sa.Column("verifier", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("leads_to", sa.Text, nullable=False),
        sa.Column("account_id", _Id),
        sa.Column("begun_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("state", name="pk_journey"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_journey_account_id"),
    )
    op.create_index("ix_journey_begun_at", "journey", ["begun_at"])
