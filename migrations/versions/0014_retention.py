"""How long a space keeps its schedule and the reports of its guides."""

import sqlalchemy as sa
from alembic import op
from policies import protect

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "live_retention",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("programme_days", sa.Integer(), nullable=True),
        sa.Column("report_days", sa.Integer(), nullable=True),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("programme_days >= 1", name=op.f("ck_live_retention_programme_days")),
        sa.CheckConstraint("report_days >= 1", name=op.f("ck_live_retention_report_days")),
        sa.ForeignKeyConstraint(
            ["space_id"],
            ["spaces_spaces.id"],
            name=op.f("fk_live_retention_space_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", name=op.f("pk_live_retention")),
    )
    protect("live_retention")


def downgrade() -> None:
    op.drop_table("live_retention")
