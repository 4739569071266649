"""The tables of the areas, each space-owned one under its row policy."""

import sqlalchemy as sa
from alembic import op
from policies import grant, protect
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"


SPACE_OWNED = (
    "catalog_aliases",
    "catalog_credits",
    "catalog_duplicates",
    "catalog_episodes",
    "catalog_external_ids",
    "catalog_merges",
    "catalog_people",
    "catalog_seasons",
    "catalog_terms",
    "catalog_title_terms",
    "catalog_titles",
    "core_versions",
    "exchange_imports",
    "exchange_mappings",
    "exchange_rows",
    "files_files",
    "library_copies",
    "library_editions",
    "library_libraries",
    "library_loans",
    "library_marks",
    "library_notes",
    "library_origins",
    "library_ratings",
    "search_documents",
    "search_words",
    "spaces_invitations",
    "spaces_memberships",
)
SHARED = (
    "accounts_credentials",
    "accounts_users",
)


def upgrade() -> None:
    op.create_table(
        "accounts_users",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("locale", sa.Text(), server_default="en", nullable=False),
        sa.Column("time_zone", sa.Text(), server_default="UTC", nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column(
            "is_instance_owner", sa.Boolean(), server_default=sa.text("false"), nullable=False
        ),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_login_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_users")),
    )
    op.create_index(
        "uq_accounts_users_email",
        "accounts_users",
        [sa.literal_column("lower(email)")],
        unique=True,
    )
    op.create_table(
        "catalog_merges",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("kept_id", sa.Uuid(), nullable=False),
        sa.Column("gone_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.Text(), server_default="", nullable=False),
        sa.Column("snapshot", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("merged_by", sa.Uuid(), nullable=True),
        sa.Column(
            "merged_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_catalog_merges")),
    )
    op.create_table(
        "catalog_people",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.TEXT(collation="C"), nullable=False),
        sa.Column("name_key", sa.TEXT(collation="C"), nullable=False),
        sa.Column("distinction", sa.Text(), server_default="", nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_catalog_people")),
        sa.UniqueConstraint(
            "space_id",
            "name_key",
            "distinction",
            name=op.f("uq_catalog_people_space_id_name_key_distinction"),
        ),
        sa.UniqueConstraint("space_id", "slug", name=op.f("uq_catalog_people_space_id_slug")),
    )
    op.create_index(
        "ix_catalog_people_sort_key", "catalog_people", ["space_id", "sort_key", "id"], unique=False
    )
    op.create_table(
        "catalog_terms",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "scheme IN ('genre', 'tag', 'mood', 'theme', 'language', 'country')",
            name=op.f("ck_catalog_terms_scheme"),
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_catalog_terms")),
        sa.UniqueConstraint(
            "space_id", "scheme", "slug", name=op.f("uq_catalog_terms_space_id_scheme_slug")
        ),
    )
    op.create_table(
        "core_journal",
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("space_id", sa.Uuid(), nullable=True),
        sa.Column(
            "at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ref_kind", sa.Text(), nullable=False),
        sa.Column("ref_id", sa.Uuid(), nullable=True),
        sa.Column("label", sa.Text(), server_default="", nullable=False),
        sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("after", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("request_id", sa.Text(), server_default="", nullable=False),
        sa.Column("ip", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_core_journal")),
    )
    op.create_index(
        "ix_core_journal_ref",
        "core_journal",
        ["space_id", "ref_kind", "ref_id", "position"],
        unique=False,
    )
    op.create_index(
        "ix_core_journal_space_id_position", "core_journal", ["space_id", "position"], unique=False
    )
    op.create_table(
        "core_versions",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("space_id", name=op.f("pk_core_versions")),
    )
    op.create_table(
        "exchange_imports",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), server_default="", nullable=False),
        sa.Column("file_key", sa.Text(), server_default="", nullable=False),
        sa.Column("file_size", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("status", sa.Text(), server_default="queued", nullable=False),
        sa.Column("mode", sa.Text(), server_default="add", nullable=False),
        sa.Column("dry_run", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "options", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False
        ),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("created", sa.Integer(), server_default="0", nullable=False),
        sa.Column("updated", sa.Integer(), server_default="0", nullable=False),
        sa.Column("skipped", sa.Integer(), server_default="0", nullable=False),
        sa.Column("needs_review", sa.Integer(), server_default="0", nullable=False),
        sa.Column("failed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("busy_seconds", sa.Double(), server_default="0", nullable=False),
        sa.Column("error", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column(
            "enrichment",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="{}",
            nullable=False,
        ),
        sa.Column(
            "kept", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False
        ),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "mode IN ('add', 'fill', 'overwrite')", name=op.f("ck_exchange_imports_mode")
        ),
        sa.CheckConstraint(
            "status IN ('queued', 'running', 'paused', 'needs_mapping', 'failed', 'succeeded', 'cancelled', 'undoing', 'undone')",
            name=op.f("ck_exchange_imports_status"),
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_exchange_imports")),
    )
    op.create_index(
        "ix_exchange_imports_created_at",
        "exchange_imports",
        ["space_id", "created_at", "id"],
        unique=False,
    )
    op.create_table(
        "exchange_mappings",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("mapping", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "used_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.PrimaryKeyConstraint("space_id", "signature", name=op.f("pk_exchange_mappings")),
    )
    op.create_table(
        "files_files",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("blurhash", sa.Text(), nullable=True),
        sa.Column("dominant_color", sa.Text(), nullable=True),
        sa.Column(
            "variants", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False
        ),
        sa.Column("alt", sa.Text(), server_default="", nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("unused_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("kind IN ('image', 'document')", name=op.f("ck_files_files_kind")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_files_files")),
    )
    op.create_table(
        "library_libraries",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="mixed", nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("is_default", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_library_libraries")),
        sa.UniqueConstraint("space_id", "slug", name=op.f("uq_library_libraries_space_id_slug")),
    )
    op.create_index(
        "uq_library_libraries_default",
        "library_libraries",
        ["space_id"],
        unique=True,
        postgresql_where=sa.text("is_default"),
    )
    op.create_table(
        "search_documents",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("ref_kind", sa.Text(), nullable=False),
        sa.Column("ref_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("name", sa.TEXT(collation="C"), nullable=False),
        sa.Column("key", sa.TEXT(collation="C"), nullable=False),
        sa.Column("words", postgresql.TSVECTOR(), nullable=False),
        sa.Column("facets", postgresql.ARRAY(sa.TEXT()), server_default="{}", nullable=False),
        sa.Column("weight", sa.Integer(), server_default="0", nullable=False),
        sa.Column(
            "indexed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("space_id", "ref_kind", "ref_id", name=op.f("pk_search_documents")),
    )
    op.create_index(
        "ix_search_documents_key", "search_documents", ["space_id", "key"], unique=False
    )
    op.create_index(
        "ix_search_documents_letter",
        "search_documents",
        ["space_id", sa.literal_column('"left"(key, 1)'), sa.literal_column("weight DESC")],
        unique=False,
    )
    op.create_index(
        "ix_search_documents_letters",
        "search_documents",
        ["space_id", sa.literal_column('"left"(key, 2)'), sa.literal_column("weight DESC")],
        unique=False,
    )
    op.create_index(
        "ix_search_documents_words",
        "search_documents",
        ["words"],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"gin_pending_list_limit": 256},
    )
    op.create_table(
        "search_words",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("word", sa.TEXT(collation="C"), nullable=False),
        sa.Column("near", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.PrimaryKeyConstraint("space_id", "word", name=op.f("pk_search_words")),
    )
    op.create_index(
        "ix_search_words_near",
        "search_words",
        ["near"],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"gin_pending_list_limit": 256},
    )
    op.create_index(
        "ix_search_words_word",
        "search_words",
        ["space_id", "word"],
        unique=False,
        postgresql_ops={"word": "gin_trgm_ops"},
        postgresql_using="gin",
        postgresql_with={"gin_pending_list_limit": 256},
    )
    op.create_table(
        "spaces_spaces",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spaces_spaces")),
        sa.UniqueConstraint("slug", name=op.f("uq_spaces_spaces_slug")),
    )
    op.create_table(
        "accounts_credentials",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("audience", sa.Text(), server_default="app", nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), server_default="", nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.TEXT()), nullable=True),
        sa.Column("ip", sa.Text(), server_default="", nullable=False),
        sa.Column("user_agent", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "audience IN ('app', 'admin')", name=op.f("ck_accounts_credentials_audience")
        ),
        sa.CheckConstraint(
            "kind IN ('session', 'device', 'api_key', 'setup')",
            name=op.f("ck_accounts_credentials_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["accounts_users.id"],
            name=op.f("fk_accounts_credentials_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_credentials")),
    )
    op.create_index(
        "ix_accounts_credentials_user_id", "accounts_credentials", ["user_id"], unique=False
    )
    op.create_index(
        "uq_accounts_credentials_token_hash", "accounts_credentials", ["token_hash"], unique=True
    )
    op.create_table(
        "catalog_titles",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), server_default="published", nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("original_title", sa.Text(), nullable=True),
        sa.Column("sort_title", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.TEXT(collation="C"), nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("synopsis", sa.Text(), nullable=True),
        sa.Column("year", sa.SmallInteger(), nullable=True),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("runtime_minutes", sa.Integer(), nullable=True),
        sa.Column("age_rating", sa.Text(), nullable=True),
        sa.Column("rating", sa.SmallInteger(), nullable=True),
        sa.Column("popularity", sa.Integer(), server_default="0", nullable=False),
        sa.Column(
            "details", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False
        ),
        sa.Column("poster_id", sa.Uuid(), nullable=True),
        sa.Column("available_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("available_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "edited_fields", postgresql.ARRAY(sa.TEXT()), server_default="{}", nullable=False
        ),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "kind IN ('movie', 'series', 'album', 'book', 'game', 'comic', 'other')",
            name=op.f("ck_catalog_titles_kind"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'in_review', 'scheduled', 'published', 'archived')",
            name=op.f("ck_catalog_titles_status"),
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "poster_id"],
            ["files_files.space_id", "files_files.id"],
            name=op.f("fk_catalog_titles_space_id_poster_id"),
            ondelete="SET NULL (poster_id)",
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_catalog_titles")),
        sa.UniqueConstraint("space_id", "slug", name=op.f("uq_catalog_titles_space_id_slug")),
    )
    op.create_index(
        "ix_catalog_titles_created_at",
        "catalog_titles",
        ["space_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_catalog_titles_due",
        "catalog_titles",
        ["available_from"],
        unique=False,
        postgresql_where=sa.text("status = 'scheduled'"),
    )
    op.create_index(
        "ix_catalog_titles_kind_sort_key",
        "catalog_titles",
        ["space_id", "kind", "sort_key", "id"],
        unique=False,
    )
    op.create_index(
        "ix_catalog_titles_match",
        "catalog_titles",
        ["space_id", "title_key", "kind", "year"],
        unique=False,
    )
    op.create_index(
        "ix_catalog_titles_popularity",
        "catalog_titles",
        ["space_id", "popularity", "id"],
        unique=False,
    )
    op.create_index(
        "ix_catalog_titles_rating", "catalog_titles", ["space_id", "rating", "id"], unique=False
    )
    op.create_index(
        "ix_catalog_titles_sort_key", "catalog_titles", ["space_id", "sort_key", "id"], unique=False
    )
    op.create_index(
        "ix_catalog_titles_year", "catalog_titles", ["space_id", "year", "id"], unique=False
    )
    op.create_table(
        "exchange_rows",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("message", sa.Text(), server_default="", nullable=False),
        sa.Column("label", sa.Text(), server_default="", nullable=False),
        sa.Column("ref_kind", sa.Text(), nullable=True),
        sa.Column("ref_id", sa.Uuid(), nullable=True),
        sa.Column(
            "raw", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False
        ),
        sa.Column("item", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("problems", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("candidates", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('created', 'updated', 'skipped', 'needs_review', 'failed')",
            name=op.f("ck_exchange_rows_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "import_id"],
            ["exchange_imports.space_id", "exchange_imports.id"],
            name=op.f("fk_exchange_rows_space_id_import_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "import_id", "position", name=op.f("pk_exchange_rows")),
    )
    op.create_index(
        "ix_exchange_rows_outcome",
        "exchange_rows",
        ["space_id", "import_id", "outcome", "position"],
        unique=False,
    )
    op.create_index(
        "ix_exchange_rows_review",
        "exchange_rows",
        ["space_id", "import_id", "position"],
        unique=False,
        postgresql_where=sa.text("outcome = 'needs_review'"),
    )
    op.create_table(
        "spaces_invitations",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by", sa.Uuid(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "role IN ('owner', 'manager', 'catalog_editor', 'editor', 'author', 'moderator', 'support', 'member', 'viewer')",
            name=op.f("ck_spaces_invitations_role"),
        ),
        sa.ForeignKeyConstraint(
            ["space_id"],
            ["spaces_spaces.id"],
            name=op.f("fk_spaces_invitations_space_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_spaces_invitations")),
    )
    op.create_index(
        "uq_spaces_invitations_token_hash", "spaces_invitations", ["token_hash"], unique=True
    )
    op.create_table(
        "spaces_memberships",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "role IN ('owner', 'manager', 'catalog_editor', 'editor', 'author', 'moderator', 'support', 'member', 'viewer')",
            name=op.f("ck_spaces_memberships_role"),
        ),
        sa.ForeignKeyConstraint(
            ["space_id"],
            ["spaces_spaces.id"],
            name=op.f("fk_spaces_memberships_space_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["accounts_users.id"],
            name=op.f("fk_spaces_memberships_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_spaces_memberships")),
        sa.UniqueConstraint(
            "space_id", "user_id", name=op.f("uq_spaces_memberships_space_id_user_id")
        ),
    )
    op.create_index(
        "ix_spaces_memberships_user_id", "spaces_memberships", ["user_id"], unique=False
    )
    op.create_table(
        "catalog_aliases",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("alias", sa.Text(), nullable=False),
        sa.Column("title_id", sa.Uuid(), nullable=False),
        sa.Column("merge_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["space_id", "title_id"],
            ["catalog_titles.space_id", "catalog_titles.id"],
            name=op.f("fk_catalog_aliases_space_id_title_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "alias", name=op.f("pk_catalog_aliases")),
    )
    op.create_index(
        "ix_catalog_aliases_title_id", "catalog_aliases", ["space_id", "title_id"], unique=False
    )
    op.create_table(
        "catalog_credits",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("title_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("character", sa.Text(), nullable=True),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "job IN ('director', 'writer', 'actor', 'author', 'artist', 'composer', 'performer', 'developer', 'publisher', 'illustrator', 'creator', 'producer', 'editor', 'translator', 'narrator', 'conductor', 'cinematographer', 'other')",
            name=op.f("ck_catalog_credits_job"),
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "person_id"],
            ["catalog_people.space_id", "catalog_people.id"],
            name=op.f("fk_catalog_credits_space_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "title_id"],
            ["catalog_titles.space_id", "catalog_titles.id"],
            name=op.f("fk_catalog_credits_space_id_title_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "space_id", "title_id", "position", name=op.f("pk_catalog_credits")
        ),
    )
    op.create_index(
        "ix_catalog_credits_person_id",
        "catalog_credits",
        ["space_id", "person_id", "title_id"],
        unique=False,
    )
    op.create_table(
        "catalog_duplicates",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("left_id", sa.Uuid(), nullable=False),
        sa.Column("right_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.SmallInteger(), nullable=False),
        sa.Column(
            "evidence", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False
        ),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column(
            "found_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.CheckConstraint(
            "state IN ('open', 'merged', 'dismissed')", name=op.f("ck_catalog_duplicates_state")
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "left_id"],
            ["catalog_titles.space_id", "catalog_titles.id"],
            name=op.f("fk_catalog_duplicates_space_id_left_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "right_id"],
            ["catalog_titles.space_id", "catalog_titles.id"],
            name=op.f("fk_catalog_duplicates_space_id_right_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_catalog_duplicates")),
        sa.UniqueConstraint(
            "space_id",
            "left_id",
            "right_id",
            name=op.f("uq_catalog_duplicates_space_id_left_id_right_id"),
        ),
    )
    op.create_index(
        "ix_catalog_duplicates_right_id",
        "catalog_duplicates",
        ["space_id", "right_id"],
        unique=False,
    )
    op.create_index(
        "ix_catalog_duplicates_score",
        "catalog_duplicates",
        ["space_id", "state", "score", "id"],
        unique=False,
    )
    op.create_table(
        "catalog_external_ids",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("title_id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["space_id", "title_id"],
            ["catalog_titles.space_id", "catalog_titles.id"],
            name=op.f("fk_catalog_external_ids_space_id_title_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "space_id", "scheme", "value", name=op.f("pk_catalog_external_ids")
        ),
    )
    op.create_index(
        "ix_catalog_external_ids_title_id",
        "catalog_external_ids",
        ["space_id", "title_id"],
        unique=False,
    )
    op.create_table(
        "catalog_seasons",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("title_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("expected_episodes", sa.SmallInteger(), nullable=True),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["space_id", "title_id"],
            ["catalog_titles.space_id", "catalog_titles.id"],
            name=op.f("fk_catalog_seasons_space_id_title_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_catalog_seasons")),
        sa.UniqueConstraint(
            "space_id",
            "title_id",
            "number",
            name=op.f("uq_catalog_seasons_space_id_title_id_number"),
        ),
    )
    op.create_table(
        "catalog_title_terms",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("term_id", sa.Uuid(), nullable=False),
        sa.Column("title_id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["space_id", "term_id"],
            ["catalog_terms.space_id", "catalog_terms.id"],
            name=op.f("fk_catalog_title_terms_space_id_term_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "title_id"],
            ["catalog_titles.space_id", "catalog_titles.id"],
            name=op.f("fk_catalog_title_terms_space_id_title_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "space_id", "term_id", "title_id", name=op.f("pk_catalog_title_terms")
        ),
    )
    op.create_index(
        "ix_catalog_title_terms_title_id",
        "catalog_title_terms",
        ["space_id", "title_id", "term_id"],
        unique=False,
    )
    op.create_table(
        "library_editions",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("title_id", sa.Uuid(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("resolution", sa.Text(), server_default="", nullable=False),
        sa.Column("region", sa.Text(), server_default="", nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("barcode", sa.Text(), server_default="", nullable=False),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("cover_id", sa.Uuid(), nullable=True),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "edited_fields", postgresql.ARRAY(sa.TEXT()), server_default="{}", nullable=False
        ),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "format IN ('dvd', 'bluray', 'uhd', 'vhs', 'laserdisc', 'digital', 'vinyl', 'cd', 'cassette', 'sacd', 'hardcover', 'paperback', 'ebook', 'audiobook', 'comic_issue', 'cartridge', 'disc', 'boxed', 'other')",
            name=op.f("ck_library_editions_format"),
        ),
        sa.CheckConstraint(
            "resolution IN ('', 'sd', 'hd', 'full_hd', 'uhd_4k')",
            name=op.f("ck_library_editions_resolution"),
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "cover_id"],
            ["files_files.space_id", "files_files.id"],
            name=op.f("fk_library_editions_space_id_cover_id"),
            ondelete="SET NULL (cover_id)",
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "title_id"],
            ["catalog_titles.space_id", "catalog_titles.id"],
            name=op.f("fk_library_editions_space_id_title_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_library_editions")),
        sa.UniqueConstraint(
            "space_id",
            "title_id",
            "format",
            "resolution",
            "region",
            "name",
            "barcode",
            name="uq_library_editions_key",
        ),
    )
    op.create_index(
        "ix_library_editions_barcode",
        "library_editions",
        ["space_id", "barcode"],
        unique=False,
        postgresql_where=sa.text("barcode <> ''"),
    )
    op.create_index(
        "ix_library_editions_format",
        "library_editions",
        ["space_id", "format", "resolution", "title_id"],
        unique=False,
    )
    op.create_table(
        "library_marks",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("title_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("season", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("episode", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("times", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "status IN ('wanted', 'started', 'finished')", name=op.f("ck_library_marks_status")
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "title_id"],
            ["catalog_titles.space_id", "catalog_titles.id"],
            name=op.f("fk_library_marks_space_id_title_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "space_id", "title_id", "user_id", "season", "episode", name=op.f("pk_library_marks")
        ),
    )
    op.create_table(
        "library_notes",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("title_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["space_id", "title_id"],
            ["catalog_titles.space_id", "catalog_titles.id"],
            name=op.f("fk_library_notes_space_id_title_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_library_notes")),
    )
    op.create_index(
        "ix_library_notes_title_id", "library_notes", ["space_id", "title_id"], unique=False
    )
    op.create_table(
        "library_ratings",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("title_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("value", sa.SmallInteger(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("value BETWEEN 1 AND 100", name=op.f("ck_library_ratings_value")),
        sa.ForeignKeyConstraint(
            ["space_id", "title_id"],
            ["catalog_titles.space_id", "catalog_titles.id"],
            name=op.f("fk_library_ratings_space_id_title_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "title_id", "user_id", name=op.f("pk_library_ratings")),
    )
    op.create_table(
        "catalog_episodes",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("title_id", sa.Uuid(), nullable=False),
        sa.Column("season", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("synopsis", sa.Text(), nullable=True),
        sa.Column("aired_on", sa.Date(), nullable=True),
        sa.Column("runtime_minutes", sa.Integer(), nullable=True),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["space_id", "title_id", "season"],
            ["catalog_seasons.space_id", "catalog_seasons.title_id", "catalog_seasons.number"],
            name=op.f("fk_catalog_episodes_space_id_title_id_season"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_catalog_episodes")),
        sa.UniqueConstraint(
            "space_id",
            "title_id",
            "season",
            "number",
            name=op.f("uq_catalog_episodes_space_id_title_id_season_number"),
        ),
    )
    op.create_table(
        "library_copies",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("title_id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("library_id", sa.Uuid(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=True),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("price_cents", sa.Integer(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("bought_on", sa.Date(), nullable=True),
        sa.Column("signed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column(
            "added_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "edited_fields", postgresql.ARRAY(sa.TEXT()), server_default="{}", nullable=False
        ),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "condition IN ('mint', 'near_mint', 'very_good', 'good', 'fair', 'poor')",
            name=op.f("ck_library_copies_condition"),
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "edition_id"],
            ["library_editions.space_id", "library_editions.id"],
            name=op.f("fk_library_copies_space_id_edition_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "library_id"],
            ["library_libraries.space_id", "library_libraries.id"],
            name=op.f("fk_library_copies_space_id_library_id"),
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "title_id"],
            ["catalog_titles.space_id", "catalog_titles.id"],
            name=op.f("fk_library_copies_space_id_title_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_library_copies")),
    )
    op.create_index(
        "ix_library_copies_added_at", "library_copies", ["space_id", "added_at", "id"], unique=False
    )
    op.create_index(
        "ix_library_copies_edition_id", "library_copies", ["space_id", "edition_id"], unique=False
    )
    op.create_index(
        "ix_library_copies_library_id",
        "library_copies",
        ["space_id", "library_id", "title_id"],
        unique=False,
    )
    op.create_index(
        "ix_library_copies_title_id",
        "library_copies",
        ["space_id", "title_id", "library_id"],
        unique=False,
    )
    op.create_table(
        "library_loans",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("copy_id", sa.Uuid(), nullable=False),
        sa.Column("borrower", sa.Text(), nullable=False),
        sa.Column("lent_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("lent_by", sa.Uuid(), nullable=True),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["space_id", "copy_id"],
            ["library_copies.space_id", "library_copies.id"],
            name=op.f("fk_library_loans_space_id_copy_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_library_loans")),
    )
    op.create_index(
        "ix_library_loans_lent_on", "library_loans", ["space_id", "lent_on", "id"], unique=False
    )
    op.create_index(
        "uq_library_loans_open",
        "library_loans",
        ["space_id", "copy_id"],
        unique=True,
        postgresql_where=sa.text("returned_on IS NULL"),
    )
    op.create_table(
        "library_origins",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), nullable=False),
        sa.Column("title_id", sa.Uuid(), nullable=False),
        sa.Column("copy_id", sa.Uuid(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["space_id", "copy_id"],
            ["library_copies.space_id", "library_copies.id"],
            name=op.f("fk_library_origins_space_id_copy_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "title_id"],
            ["catalog_titles.space_id", "catalog_titles.id"],
            name=op.f("fk_library_origins_space_id_title_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "space_id", "source", "key", "ordinal", name=op.f("pk_library_origins")
        ),
    )
    op.create_index(
        "ix_library_origins_copy_id", "library_origins", ["space_id", "copy_id"], unique=False
    )
    op.create_index(
        "ix_library_origins_title_id", "library_origins", ["space_id", "title_id"], unique=False
    )
    for table in SPACE_OWNED:
        protect(table)
    for table in SHARED:
        grant(table)
    protect("core_journal")
    protect("spaces_spaces", column="id")


def downgrade() -> None:
    op.drop_index("ix_library_origins_title_id", table_name="library_origins")
    op.drop_index("ix_library_origins_copy_id", table_name="library_origins")
    op.drop_table("library_origins")
    op.drop_index(
        "uq_library_loans_open",
        table_name="library_loans",
        postgresql_where=sa.text("returned_on IS NULL"),
    )
    op.drop_index("ix_library_loans_lent_on", table_name="library_loans")
    op.drop_table("library_loans")
    op.drop_index("ix_library_copies_title_id", table_name="library_copies")
    op.drop_index("ix_library_copies_library_id", table_name="library_copies")
    op.drop_index("ix_library_copies_edition_id", table_name="library_copies")
    op.drop_index("ix_library_copies_added_at", table_name="library_copies")
    op.drop_table("library_copies")
    op.drop_table("catalog_episodes")
    op.drop_table("library_ratings")
    op.drop_index("ix_library_notes_title_id", table_name="library_notes")
    op.drop_table("library_notes")
    op.drop_table("library_marks")
    op.drop_index("ix_library_editions_format", table_name="library_editions")
    op.drop_index(
        "ix_library_editions_barcode",
        table_name="library_editions",
        postgresql_where=sa.text("barcode <> ''"),
    )
    op.drop_table("library_editions")
    op.drop_index("ix_catalog_title_terms_title_id", table_name="catalog_title_terms")
    op.drop_table("catalog_title_terms")
    op.drop_table("catalog_seasons")
    op.drop_index("ix_catalog_external_ids_title_id", table_name="catalog_external_ids")
    op.drop_table("catalog_external_ids")
    op.drop_index("ix_catalog_duplicates_score", table_name="catalog_duplicates")
    op.drop_index("ix_catalog_duplicates_right_id", table_name="catalog_duplicates")
    op.drop_table("catalog_duplicates")
    op.drop_index("ix_catalog_credits_person_id", table_name="catalog_credits")
    op.drop_table("catalog_credits")
    op.drop_index("ix_catalog_aliases_title_id", table_name="catalog_aliases")
    op.drop_table("catalog_aliases")
    op.drop_index("ix_spaces_memberships_user_id", table_name="spaces_memberships")
    op.drop_table("spaces_memberships")
    op.drop_index("uq_spaces_invitations_token_hash", table_name="spaces_invitations")
    op.drop_table("spaces_invitations")
    op.drop_index(
        "ix_exchange_rows_review",
        table_name="exchange_rows",
        postgresql_where=sa.text("outcome = 'needs_review'"),
    )
    op.drop_index("ix_exchange_rows_outcome", table_name="exchange_rows")
    op.drop_table("exchange_rows")
    op.drop_index("ix_catalog_titles_year", table_name="catalog_titles")
    op.drop_index("ix_catalog_titles_sort_key", table_name="catalog_titles")
    op.drop_index("ix_catalog_titles_rating", table_name="catalog_titles")
    op.drop_index("ix_catalog_titles_popularity", table_name="catalog_titles")
    op.drop_index("ix_catalog_titles_match", table_name="catalog_titles")
    op.drop_index("ix_catalog_titles_kind_sort_key", table_name="catalog_titles")
    op.drop_index(
        "ix_catalog_titles_due",
        table_name="catalog_titles",
        postgresql_where=sa.text("status = 'scheduled'"),
    )
    op.drop_index("ix_catalog_titles_created_at", table_name="catalog_titles")
    op.drop_table("catalog_titles")
    op.drop_index("uq_accounts_credentials_token_hash", table_name="accounts_credentials")
    op.drop_index("ix_accounts_credentials_user_id", table_name="accounts_credentials")
    op.drop_table("accounts_credentials")
    op.drop_table("spaces_spaces")
    op.drop_index(
        "ix_search_words_word",
        table_name="search_words",
        postgresql_ops={"word": "gin_trgm_ops"},
        postgresql_using="gin",
        postgresql_with={"gin_pending_list_limit": 256},
    )
    op.drop_index(
        "ix_search_words_near",
        table_name="search_words",
        postgresql_using="gin",
        postgresql_with={"gin_pending_list_limit": 256},
    )
    op.drop_table("search_words")
    op.drop_index(
        "ix_search_documents_words",
        table_name="search_documents",
        postgresql_using="gin",
        postgresql_with={"gin_pending_list_limit": 256},
    )
    op.drop_index("ix_search_documents_letters", table_name="search_documents")
    op.drop_index("ix_search_documents_letter", table_name="search_documents")
    op.drop_index("ix_search_documents_key", table_name="search_documents")
    op.drop_table("search_documents")
    op.drop_index(
        "uq_library_libraries_default",
        table_name="library_libraries",
        postgresql_where=sa.text("is_default"),
    )
    op.drop_table("library_libraries")
    op.drop_table("files_files")
    op.drop_table("exchange_mappings")
    op.drop_index("ix_exchange_imports_created_at", table_name="exchange_imports")
    op.drop_table("exchange_imports")
    op.drop_table("core_versions")
    op.drop_index("ix_core_journal_space_id_position", table_name="core_journal")
    op.drop_index("ix_core_journal_ref", table_name="core_journal")
    op.drop_table("core_journal")
    op.drop_table("catalog_terms")
    op.drop_index("ix_catalog_people_sort_key", table_name="catalog_people")
    op.drop_table("catalog_people")
    op.drop_table("catalog_merges")
    op.drop_index("uq_accounts_users_email", table_name="accounts_users")
    op.drop_table("accounts_users")
