"""Spaces have a time zone; what playlists bring is told to the planner at once."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column(
        "spaces_spaces",
        sa.Column("time_zone", sa.Text(), server_default="UTC", nullable=False),
    )
    op.execute("GRANT MAINTAIN ON live_source_channels TO mediatheque_app")


def downgrade() -> None:
    op.execute("REVOKE MAINTAIN ON live_source_channels FROM mediatheque_app")
    op.drop_column("spaces_spaces", "time_zone")
