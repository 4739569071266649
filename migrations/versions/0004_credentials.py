"""The tables of credentials."""

import sqlalchemy as sa
from alembic import op
from policies import grant
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"

NEW = (
    "accounts_backup_codes",
    "accounts_challenges",
    "accounts_device_codes",
    "accounts_passkeys",
    "accounts_totps",
)
KINDS = "kind IN ('session', 'device', 'refresh', 'api_key', 'setup')"
OLD_KINDS = "kind IN ('session', 'device', 'api_key', 'setup')"


def _id() -> sa.Column[object]:
    return sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False)


def _user(table: str, *, nullable: bool = False) -> tuple[sa.Column[object], sa.Constraint]:
    return (
        sa.Column("user_id", sa.Uuid(), nullable=nullable),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["accounts_users.id"],
            name=op.f(f"fk_{table}_user_id"),
            ondelete="CASCADE",
        ),
    )


def _at(name: str, *, now: bool = False, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(
        name,
        sa.DateTime(timezone=True),
        server_default=sa.text("now()") if now else None,
        nullable=nullable and not now,
    )


def _users() -> None:
    op.add_column("accounts_users", sa.Column("instance_role", sa.Text(), nullable=True))
    op.execute("UPDATE accounts_users SET instance_role = 'owner' WHERE is_instance_owner")
    op.drop_column("accounts_users", "is_instance_owner")
    op.add_column(
        "accounts_users",
        sa.Column(
            "is_instance_owner",
            sa.Boolean(),
            sa.Computed("coalesce(instance_role = 'owner', false)", persisted=True),
            nullable=False,
        ),
    )
    op.create_check_constraint(
        op.f("ck_accounts_users_instance_role"),
        "accounts_users",
        "instance_role IN ('owner', 'operator', 'auditor')",
    )
    op.create_index("ix_accounts_users_created_at", "accounts_users", ["created_at", "id"])


def _credentials() -> None:
    for column in (
        sa.Column("family", sa.Uuid(), nullable=True),
        sa.Column("requests_per_minute", sa.Integer(), nullable=True),
        _at("ends_at"),
        _at("used_at"),
    ):
        op.add_column("accounts_credentials", column)
    op.create_index("ix_accounts_credentials_family", "accounts_credentials", ["family"])
    kind = op.f("ck_accounts_credentials_kind")
    op.drop_constraint(kind, "accounts_credentials")
    op.create_check_constraint(kind, "accounts_credentials", KINDS)
    op.create_check_constraint(
        op.f("ck_accounts_credentials_admin_kind"),
        "accounts_credentials",
        "audience = 'app' OR kind = 'session'",
    )


def _device_codes() -> None:
    op.create_table(
        "accounts_device_codes",
        _id(),
        sa.Column("device_hash", sa.Text(), nullable=False),
        sa.Column("user_hash", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("ip", sa.Text(), server_default="", nullable=False),
        sa.Column("user_agent", sa.Text(), server_default="", nullable=False),
        sa.Column("poll_seconds", sa.Integer(), nullable=False),
        *_user("accounts_device_codes", nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        _at("created_at", now=True),
        _at("polled_at"),
        _at("redeemed_at"),
        _at("expires_at", nullable=False),
        sa.CheckConstraint(
            "decision IN ('approved', 'denied')", name=op.f("ck_accounts_device_codes_decision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_device_codes")),
    )
    for name in ("device_hash", "user_hash"):
        op.create_index(
            f"uq_accounts_device_codes_{name}", "accounts_device_codes", [name], unique=True
        )


def _factors() -> None:
    op.create_table(
        "accounts_totps",
        *_user("accounts_totps"),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("last_step", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        _at("created_at", now=True),
        _at("confirmed_at"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_accounts_totps")),
    )
    op.create_table(
        "accounts_backup_codes",
        *_user("accounts_backup_codes"),
        sa.Column("selector", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        _at("created_at", now=True),
        _at("used_at"),
        sa.PrimaryKeyConstraint("user_id", "selector", name=op.f("pk_accounts_backup_codes")),
    )
    op.create_table(
        "accounts_passkeys",
        _id(),
        *_user("accounts_passkeys"),
        sa.Column("credential", sa.Text(), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("transports", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_backed_up", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        _at("created_at", now=True),
        _at("last_used_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_passkeys")),
    )
    op.create_index(
        "uq_accounts_passkeys_credential", "accounts_passkeys", ["credential"], unique=True
    )
    op.create_index("ix_accounts_passkeys_user_id", "accounts_passkeys", ["user_id"])


def _challenges() -> None:
    op.create_table(
        "accounts_challenges",
        _id(),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), server_default="app", nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        *_user("accounts_challenges", nullable=True),
        sa.Column("nonce", sa.Text(), server_default="", nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=True),
        _at("code_ends_at"),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        _at("created_at", now=True),
        _at("expires_at", nullable=False),
        _at("used_at"),
        sa.CheckConstraint(
            "audience IN ('app', 'admin')", name=op.f("ck_accounts_challenges_audience")
        ),
        sa.CheckConstraint(
            "purpose IN ('second_factor', 'passkey', 'enrolment')",
            name=op.f("ck_accounts_challenges_purpose"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_challenges")),
    )
    op.create_index(
        "uq_accounts_challenges_token_hash", "accounts_challenges", ["token_hash"], unique=True
    )
    op.create_index("ix_accounts_challenges_user_id", "accounts_challenges", ["user_id"])


def upgrade() -> None:
    _users()
    _credentials()
    _device_codes()
    _factors()
    _challenges()
    for table in NEW:
        grant(table)


def downgrade() -> None:
    for table in NEW:
        op.drop_table(table)
    op.execute("DELETE FROM accounts_credentials WHERE kind = 'refresh' OR audience = 'admin'")
    op.drop_constraint(op.f("ck_accounts_credentials_admin_kind"), "accounts_credentials")
    kind = op.f("ck_accounts_credentials_kind")
    op.drop_constraint(kind, "accounts_credentials")
    op.create_check_constraint(kind, "accounts_credentials", OLD_KINDS)
    op.drop_index("ix_accounts_credentials_family", "accounts_credentials")
    for name in ("used_at", "ends_at", "requests_per_minute", "family"):
        op.drop_column("accounts_credentials", name)
    op.drop_index("ix_accounts_users_created_at", "accounts_users")
    op.drop_column("accounts_users", "is_instance_owner")
    op.add_column(
        "accounts_users",
        sa.Column(
            "is_instance_owner", sa.Boolean(), server_default=sa.text("false"), nullable=False
        ),
    )
    op.execute("UPDATE accounts_users SET is_instance_owner = (instance_role = 'owner') IS TRUE")
    op.drop_constraint(op.f("ck_accounts_users_instance_role"), "accounts_users")
    op.drop_column("accounts_users", "instance_role")
