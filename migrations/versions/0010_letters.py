"""The tables of letters, of links that work once, of sign-in by others and of data exports."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from policies import grant
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"

TABLES = ("accounts_exports", "accounts_letters", "accounts_links", "accounts_tickets")


def upgrade() -> None:
    op.create_table(
        "accounts_exports",
        _id(),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), server_default="queued", nullable=False),
        sa.Column("done", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("total", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("key", sa.Text(), server_default="", nullable=False),
        sa.Column("size", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        _created_at(),
        _time("ready_at"),
        _time("expires_at"),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'ready', 'failed', 'expired')",
            name=op.f("ck_accounts_exports_state"),
        ),
        _user("accounts_exports", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_exports")),
    )
    op.create_index("ix_accounts_exports_user_id", "accounts_exports", ["user_id", "id"])
    op.create_index(
        "uq_accounts_exports_open",
        "accounts_exports",
        ["user_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('queued', 'running')"),
    )
    op.create_table(
        "accounts_letters",
        _id(),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("receiver", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), server_default="en", nullable=False),
        sa.Column("time_zone", sa.Text(), server_default="UTC", nullable=False),
        _data(),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        _created_at(),
        _time("next_try_at"),
        _time("sent_at"),
        _time("expires_at"),
        sa.CheckConstraint(
            "state IN ('waiting', 'held', 'sent', 'failed')", name=op.f("ck_accounts_letters_state")
        ),
        _user("accounts_letters", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_letters")),
    )
    op.create_index("ix_accounts_letters_state", "accounts_letters", ["state", "id"])
    op.create_index("ix_accounts_letters_user_id", "accounts_letters", ["user_id"])
    op.create_table(
        "accounts_links",
        _id(),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        _created_at(),
        _time("last_used_at"),
        _user("accounts_links", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_links")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_accounts_links_issuer_subject")),
    )
    op.create_index("ix_accounts_links_user_id", "accounts_links", ["user_id"])
    op.create_table(
        "accounts_tickets",
        _id(),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        _data(),
        _created_at(),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        _time("used_at"),
        sa.CheckConstraint(
            "purpose IN ('verify', 'reset', 'email', 'link')",
            name=op.f("ck_accounts_tickets_purpose"),
        ),
        _user("accounts_tickets", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_tickets")),
    )
    op.create_index("ix_accounts_tickets_user_id", "accounts_tickets", ["user_id", "purpose"])
    op.create_index(
        "uq_accounts_tickets_token_hash", "accounts_tickets", ["token_hash"], unique=True
    )
    for table in TABLES:
        grant(table)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _id() -> "sa.Column[Any]":
    return sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False)


def _data() -> "sa.Column[Any]":
    kind = postgresql.JSONB(astext_type=sa.Text())
    return sa.Column("data", kind, server_default="{}", nullable=False)


def _created_at() -> "sa.Column[Any]":
    now = sa.text("now()")
    return sa.Column("created_at", sa.DateTime(timezone=True), server_default=now, nullable=False)


def _time(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=True)


def _user(table: str, when_gone: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["user_id"],
        ["accounts_users.id"],
        name=op.f(f"fk_{table}_user_id"),
        ondelete=when_gone,
    )
