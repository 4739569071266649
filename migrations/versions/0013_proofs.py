"""When whoever is in a session last showed again who they are."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0011"


def upgrade() -> None:
    op.add_column(
        "accounts_credentials", sa.Column("proven_at", sa.DateTime(timezone=True), nullable=True)
    )


def downgrade() -> None:
    op.drop_column("accounts_credentials", "proven_at")
