"""Packages and entitlements; notices; what is played, and by which players."""

import sqlalchemy as sa
from alembic import op
from policies import protect

revision = "0009"
down_revision = "0008"

TABLES = (
    "entitlements_packages",
    "entitlements_entitlements",
    "notifications_notices",
    "watch_playbacks",
    "watch_players",
)


def upgrade() -> None:
    op.create_table(
        "entitlements_packages",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_entitlements_packages")),
    )
    op.create_index(
        "uq_entitlements_packages_name",
        "entitlements_packages",
        ["space_id", sa.literal_column("lower(name)")],
        unique=True,
    )
    op.create_table(
        "entitlements_entitlements",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("package_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="grant", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "starts_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("granted_by", sa.Uuid(), nullable=True),
        sa.Column(
            "granted_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('package', 'grant', 'promo')", name=op.f("ck_entitlements_entitlements_kind")
        ),
        sa.CheckConstraint(
            "expires_at > starts_at", name=op.f("ck_entitlements_entitlements_times")
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "package_id"],
            ["entitlements_packages.space_id", "entitlements_packages.id"],
            name=op.f("fk_entitlements_entitlements_space_id_package_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["accounts_users.id"],
            name=op.f("fk_entitlements_entitlements_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_entitlements_entitlements")),
    )
    op.create_index(
        "ix_entitlements_entitlements_package_id",
        "entitlements_entitlements",
        ["space_id", "package_id"],
        unique=False,
    )
    op.create_index(
        "ix_entitlements_entitlements_user_id",
        "entitlements_entitlements",
        ["space_id", "user_id", "package_id"],
        unique=False,
    )
    op.create_table(
        "notifications_notices",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("profile_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("ref_kind", sa.Text(), nullable=True),
        sa.Column("ref_id", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["accounts_users.id"],
            name=op.f("fk_notifications_notices_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_notifications_notices")),
    )
    op.create_index(
        "ix_notifications_notices_unread",
        "notifications_notices",
        ["space_id", "user_id"],
        unique=False,
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.create_index(
        "ix_notifications_notices_user_id",
        "notifications_notices",
        ["space_id", "user_id", "id"],
        unique=False,
    )
    op.create_index(
        "uq_notifications_notices_key",
        "notifications_notices",
        ["space_id", "user_id", "key"],
        unique=True,
        postgresql_where=sa.text("key IS NOT NULL"),
    )
    op.create_table(
        "watch_playbacks",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("profile_id", sa.Uuid(), nullable=True),
        sa.Column("device_id", sa.Uuid(), nullable=True),
        sa.Column("ref_kind", sa.Text(), nullable=False),
        sa.Column("ref_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.Text(), server_default="", nullable=False),
        sa.Column("programme", sa.Text(), nullable=True),
        sa.Column("client", sa.Text(), server_default="", nullable=False),
        sa.Column("watched_seconds", sa.Integer(), server_default="0", nullable=False),
        sa.Column(
            "started_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "last_seen_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "end_reason IN ('stopped', 'idle', 'expired', 'revoked', 'not_entitled')",
            name=op.f("ck_watch_playbacks_end_reason"),
        ),
        sa.CheckConstraint(
            "ref_kind IN ('channel', 'title', 'episode')", name=op.f("ck_watch_playbacks_ref_kind")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["accounts_users.id"],
            name=op.f("fk_watch_playbacks_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_watch_playbacks")),
    )
    op.create_index(
        "ix_watch_playbacks_open",
        "watch_playbacks",
        ["space_id", "user_id"],
        unique=False,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "ix_watch_playbacks_user_id", "watch_playbacks", ["space_id", "user_id", "id"], unique=False
    )
    op.create_table(
        "watch_players",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("credential_id", sa.Uuid(), nullable=False),
        sa.Column("profile_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_tuner", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["credential_id"],
            ["accounts_credentials.id"],
            name=op.f("fk_watch_players_credential_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["accounts_users.id"],
            name=op.f("fk_watch_players_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_watch_players")),
    )
    op.create_index(
        "ix_watch_players_user_id", "watch_players", ["space_id", "user_id"], unique=False
    )
    op.create_index(
        "uq_watch_players_credential_id",
        "watch_players",
        ["space_id", "credential_id"],
        unique=True,
    )
    op.create_foreign_key(
        op.f("fk_live_channels_space_id_package_id"),
        "live_channels",
        "entitlements_packages",
        ["space_id", "package_id"],
        ["space_id", "id"],
        ondelete="SET NULL (package_id)",
    )
    for table in TABLES:
        protect(table)


def downgrade() -> None:
    op.drop_constraint("fk_live_channels_space_id_package_id", "live_channels")
    for table in reversed(TABLES):
        op.drop_table(table)
