"""The tables of live television; imports count what they remove."""

import sqlalchemy as sa
from alembic import op
from policies import protect
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"

TABLES = (
    "live_guide_sources",
    "live_replaced",
    "live_channels",
    "live_channel_genres",
    "live_source_channels",
    "live_stream_checks",
    "live_templates",
    "live_template_overrides",
    "live_programmes",
    "live_reminders",
)
OUTCOMES = "'created', 'updated', %s'skipped', 'needs_review', 'failed'"


def _outcomes(more: str) -> None:
    op.execute("ALTER TABLE exchange_rows DROP CONSTRAINT ck_exchange_rows_outcome")
    op.execute(
        "ALTER TABLE exchange_rows ADD CONSTRAINT ck_exchange_rows_outcome "
        f"CHECK (outcome IN ({OUTCOMES % more}))"
    )


def upgrade() -> None:
    op.add_column(
        "exchange_imports",
        sa.Column("removed", sa.Integer(), server_default="0", nullable=False),
    )
    op.add_column(
        "exchange_imports",
        sa.Column("checkpoint", postgresql.JSONB(), server_default="{}", nullable=False),
    )
    _outcomes("'removed', ")
    op.create_table(
        "live_guide_sources",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("kind", sa.Text(), server_default="xmltv", nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_hand", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("interval_minutes", sa.Integer(), nullable=True),
        sa.Column("is_enabled", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("time_zone", sa.Text(), server_default="UTC", nullable=False),
        sa.Column("unknown_channels", sa.Text(), server_default="auto", nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("message", sa.Text(), server_default="", nullable=False),
        sa.Column("last_import_id", sa.Uuid(), nullable=True),
        sa.Column("file_key", sa.Text(), nullable=True),
        sa.Column("filename", sa.Text(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("kind IN ('xmltv', 'm3u')", name=op.f("ck_live_guide_sources_kind")),
        sa.CheckConstraint(
            "unknown_channels IN ('auto', 'create', 'leave')",
            name=op.f("ck_live_guide_sources_unknown_channels"),
        ),
        sa.CheckConstraint(
            "interval_minutes >= 15", name=op.f("ck_live_guide_sources_interval_minutes")
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_live_guide_sources")),
    )
    op.create_index(
        "ix_live_guide_sources_next_at",
        "live_guide_sources",
        ["next_at"],
        unique=False,
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )
    op.create_index(
        "uq_live_guide_sources_hand",
        "live_guide_sources",
        ["space_id", "kind"],
        unique=True,
        postgresql_where=sa.text("is_hand"),
    )
    op.create_table(
        "live_replaced",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("row", postgresql.JSONB(), nullable=False),
        sa.Column(
            "replaced_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint(
            "space_id", "import_id", "programme_id", name=op.f("pk_live_replaced")
        ),
    )
    op.create_table(
        "live_channels",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("names", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("guide_key", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("logo_id", sa.Uuid(), nullable=True),
        sa.Column("logo_url", sa.Text(), nullable=True),
        sa.Column("website_url", sa.Text(), nullable=True),
        sa.Column("groups", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("stream_url", sa.Text(), nullable=True),
        sa.Column("stream_options", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("package_id", sa.Uuid(), nullable=True),
        sa.Column("min_age", sa.SmallInteger(), nullable=True),
        sa.Column("is_hidden", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "edited_fields", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False
        ),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("min_age BETWEEN 0 AND 21", name=op.f("ck_live_channels_min_age")),
        sa.ForeignKeyConstraint(
            ["space_id", "logo_id"],
            ["files_files.space_id", "files_files.id"],
            name=op.f("fk_live_channels_space_id_logo_id"),
            ondelete="SET NULL (logo_id)",
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_live_channels")),
        sa.UniqueConstraint("space_id", "slug", name=op.f("uq_live_channels_space_id_slug")),
    )
    op.create_index(
        "ix_live_channels_guide_key", "live_channels", ["space_id", "guide_key"], unique=False
    )
    op.create_index(
        "ix_live_channels_position", "live_channels", ["space_id", "position", "id"], unique=False
    )
    op.create_table(
        "live_channel_genres",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("genre", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["space_id", "channel_id"],
            ["live_channels.space_id", "live_channels.id"],
            name=op.f("fk_live_channel_genres_space_id_channel_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "space_id", "channel_id", "genre", name=op.f("pk_live_channel_genres")
        ),
    )
    op.create_index(
        "ix_live_channel_genres_genre",
        "live_channel_genres",
        ["space_id", "genre", "channel_id"],
        unique=False,
    )
    op.create_table(
        "live_source_channels",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("names", postgresql.JSONB(), server_default="[]", nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("icon_url", sa.Text(), nullable=True),
        sa.Column("detail", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("state", sa.Text(), server_default="unknown", nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=True),
        sa.Column("suggested_id", sa.Uuid(), nullable=True),
        sa.Column("score", sa.SmallInteger(), nullable=True),
        sa.Column("reasons", postgresql.JSONB(), server_default="[]", nullable=False),
        sa.Column("shift_minutes", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("programmes", sa.Integer(), server_default="0", nullable=False),
        sa.Column(
            "seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.CheckConstraint(
            "(state = 'mapped') = (channel_id IS NOT NULL)",
            name=op.f("ck_live_source_channels_mapped"),
        ),
        sa.CheckConstraint(
            "state IN ('mapped', 'suggested', 'unknown', 'ignored')",
            name=op.f("ck_live_source_channels_state"),
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "channel_id"],
            ["live_channels.space_id", "live_channels.id"],
            name=op.f("fk_live_source_channels_space_id_channel_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "source_id"],
            ["live_guide_sources.space_id", "live_guide_sources.id"],
            name=op.f("fk_live_source_channels_space_id_source_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "space_id", "source_id", "key", name=op.f("pk_live_source_channels")
        ),
        sa.UniqueConstraint(
            "space_id",
            "source_id",
            "channel_id",
            name=op.f("uq_live_source_channels_space_id_source_id_channel_id"),
        ),
    )
    op.create_index(
        "ix_live_source_channels_channel_id",
        "live_source_channels",
        ["space_id", "channel_id"],
        unique=False,
    )
    op.create_table(
        "live_stream_checks",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), server_default="unknown", nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("http_status", sa.SmallInteger(), nullable=True),
        sa.Column("milliseconds", sa.Integer(), nullable=True),
        sa.Column("content_type", sa.Text(), nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("message", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "state IN ('unknown', 'up', 'down')", name=op.f("ck_live_stream_checks_state")
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "channel_id"],
            ["live_channels.space_id", "live_channels.id"],
            name=op.f("fk_live_stream_checks_space_id_channel_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "channel_id", name=op.f("pk_live_stream_checks")),
    )
    op.create_table(
        "live_templates",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sub_title", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("genres", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("min_age", sa.SmallInteger(), nullable=True),
        sa.Column("icon_url", sa.Text(), nullable=True),
        sa.Column("title_id", sa.Uuid(), nullable=True),
        sa.Column("detail", postgresql.JSONB(), nullable=True),
        sa.Column("rrule", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("start_time", sa.Time(), nullable=False),
        sa.Column("duration_minutes", sa.Integer(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("is_enabled", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("made_until", sa.Date(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "duration_minutes BETWEEN 1 AND 2880", name=op.f("ck_live_templates_duration_minutes")
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "channel_id"],
            ["live_channels.space_id", "live_channels.id"],
            name=op.f("fk_live_templates_space_id_channel_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "title_id"],
            ["catalog_titles.space_id", "catalog_titles.id"],
            name=op.f("fk_live_templates_space_id_title_id"),
            ondelete="SET NULL (title_id)",
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_live_templates")),
    )
    op.create_index(
        "ix_live_templates_channel_id", "live_templates", ["space_id", "channel_id"], unique=False
    )
    op.create_table(
        "live_template_overrides",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("template_id", sa.Uuid(), nullable=False),
        sa.Column("occurs_on", sa.Date(), nullable=False),
        sa.Column("is_cancelled", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("start_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("duration_minutes", sa.Integer(), nullable=True),
        sa.Column("changes", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "template_id"],
            ["live_templates.space_id", "live_templates.id"],
            name=op.f("fk_live_template_overrides_space_id_template_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "space_id", "template_id", "occurs_on", name=op.f("pk_live_template_overrides")
        ),
    )
    op.create_table(
        "live_programmes",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("start_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stop_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_hash", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sub_title", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("season", sa.Integer(), nullable=True),
        sa.Column("episode", sa.Integer(), nullable=True),
        sa.Column("part", sa.Integer(), nullable=True),
        sa.Column("year", sa.SmallInteger(), nullable=True),
        sa.Column("genres", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("min_age", sa.SmallInteger(), nullable=True),
        sa.Column("is_new", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("is_premiere", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("is_last_chance", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("is_repeat", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("icon_url", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("detail", postgresql.JSONB(), nullable=True),
        sa.Column("origin", sa.Text(), server_default="hand", nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column("template_id", sa.Uuid(), nullable=True),
        sa.Column("template_on", sa.Date(), nullable=True),
        sa.Column("title_id", sa.Uuid(), nullable=True),
        sa.Column("episode_id", sa.Uuid(), nullable=True),
        sa.Column("match_score", sa.SmallInteger(), nullable=True),
        sa.Column("match_how", sa.Text(), nullable=True),
        sa.Column("matched_by", sa.Uuid(), nullable=True),
        sa.Column("edited_by", sa.Uuid(), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        postgresql.ExcludeConstraint(
            (sa.column("space_id"), "="),
            (sa.column("channel_id"), "="),
            (sa.text("tstzrange(start_at, stop_at)"), "&&"),
            deferrable=True,
            initially="IMMEDIATE",
            using="gist",
            name="ex_live_programmes_overlap",
        ),
        sa.CheckConstraint(
            "match_how IN ('auto', 'hand')", name=op.f("ck_live_programmes_match_how")
        ),
        sa.CheckConstraint(
            "origin IN ('guide', 'hand', 'template')", name=op.f("ck_live_programmes_origin")
        ),
        sa.CheckConstraint("stop_at > start_at", name=op.f("ck_live_programmes_times")),
        sa.ForeignKeyConstraint(
            ["space_id", "channel_id"],
            ["live_channels.space_id", "live_channels.id"],
            name=op.f("fk_live_programmes_space_id_channel_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "episode_id"],
            ["catalog_episodes.space_id", "catalog_episodes.id"],
            name=op.f("fk_live_programmes_space_id_episode_id"),
            ondelete="SET NULL (episode_id)",
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "title_id"],
            ["catalog_titles.space_id", "catalog_titles.id"],
            name=op.f("fk_live_programmes_space_id_title_id"),
            ondelete="SET NULL (title_id)",
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_live_programmes")),
    )
    op.create_index(
        "ix_live_programmes_episode_id",
        "live_programmes",
        ["space_id", "episode_id"],
        unique=False,
        postgresql_where=sa.text("episode_id IS NOT NULL"),
    )
    op.create_index(
        "ix_live_programmes_start_at",
        "live_programmes",
        ["space_id", "channel_id", "start_at"],
        unique=False,
        postgresql_include=["stop_at"],
    )
    op.create_index(
        "ix_live_programmes_template_id",
        "live_programmes",
        ["space_id", "template_id", "template_on"],
        unique=False,
        postgresql_where=sa.text("template_id IS NOT NULL"),
    )
    op.create_index(
        "ix_live_programmes_title_id",
        "live_programmes",
        ["space_id", "title_id", "start_at"],
        unique=False,
        postgresql_where=sa.text("title_id IS NOT NULL"),
    )
    op.create_table(
        "live_reminders",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("profile_id", sa.Uuid(), nullable=True),
        sa.Column("programme_id", sa.Uuid(), nullable=True),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("start_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes_before", sa.SmallInteger(), server_default="10", nullable=False),
        sa.Column("notify_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'sent', 'missed', 'gone')", name=op.f("ck_live_reminders_state")
        ),
        sa.CheckConstraint(
            "minutes_before BETWEEN 0 AND 1440", name=op.f("ck_live_reminders_minutes_before")
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "channel_id"],
            ["live_channels.space_id", "live_channels.id"],
            name=op.f("fk_live_reminders_space_id_channel_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "programme_id"],
            ["live_programmes.space_id", "live_programmes.id"],
            name=op.f("fk_live_reminders_space_id_programme_id"),
            ondelete="SET NULL (programme_id)",
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_live_reminders")),
    )
    op.create_index(
        "ix_live_reminders_due",
        "live_reminders",
        ["notify_at"],
        unique=False,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "ix_live_reminders_programme_id",
        "live_reminders",
        ["space_id", "programme_id"],
        unique=False,
    )
    op.create_index(
        "ix_live_reminders_user_id",
        "live_reminders",
        ["space_id", "user_id", "start_at"],
        unique=False,
    )
    op.create_index(
        "uq_live_reminders_programme",
        "live_reminders",
        ["space_id", "user_id", "profile_id", "programme_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
        postgresql_where=sa.text("programme_id IS NOT NULL"),
    )

    for table in TABLES:
        protect(table)
    # Checking a foreign key against a table that was filled just now and never looked at takes
    # twenty times as long: imports have it looked at.
    op.execute("GRANT MAINTAIN ON live_channels, live_programmes TO mediatheque_app")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.execute("DELETE FROM exchange_rows WHERE outcome = 'removed'")
    _outcomes("")
    op.drop_column("exchange_imports", "checkpoint")
    op.drop_column("exchange_imports", "removed")
