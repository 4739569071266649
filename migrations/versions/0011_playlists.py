"""What a playlist said of its channels, the guides it names, and sources that are files."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("live_guide_sources", sa.Column("path", sa.Text(), nullable=True))
    op.add_column(
        "live_guide_sources",
        sa.Column("guide_urls", postgresql.ARRAY(sa.TEXT()), server_default="{}", nullable=False),
    )
    op.add_column(
        "live_source_channels",
        sa.Column(
            "said",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="{}",
            nullable=False,
        ),
    )
    op.add_column("live_source_channels", sa.Column("import_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("live_source_channels", "import_id")
    op.drop_column("live_source_channels", "said")
    op.drop_column("live_guide_sources", "guide_urls")
    op.drop_column("live_guide_sources", "path")
