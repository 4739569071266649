"""Roles of a space's own, teams, grants for one thing; support sessions, domains, quotas."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from policies import protect
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0006"
down_revision = "0005"

OWNED = (
    "spaces_roles",
    "spaces_teams",
    "spaces_team_members",
    "spaces_grants",
    "spaces_support_sessions",
    "spaces_domains",
    "spaces_active",
)
BUILT_IN = (
    *("owner", "manager", "catalog_editor", "editor", "author"),
    *("moderator", "support", "member", "viewer"),
)
CUSTOM = "CASE WHEN role = ANY (ARRAY[{}]) THEN NULL::text ELSE role END".format(
    ", ".join(f"'{role}'::text" for role in BUILT_IN)
)
ROLE_IS_BUILT_IN = "role IN ({})".format(", ".join(f"'{role}'" for role in BUILT_IN))


def _head() -> list[sa.Column[Any]]:
    return [
        sa.Column(
            "space_id",
            sa.Uuid(),
            sa.ForeignKey("spaces_spaces.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), primary_key=True),
    ]


def _at(name: str, *, now: bool = False) -> "sa.Column[Any]":
    return sa.Column(
        name,
        sa.DateTime(timezone=True),
        server_default=sa.text("now()") if now else None,
        nullable=not now,
    )


def _words(name: str) -> "sa.Column[Any]":
    return sa.Column(name, ARRAY(sa.TEXT()), server_default=sa.text("'{}'"), nullable=False)


def _custom_role() -> "sa.Column[Any]":
    return sa.Column("custom_role", sa.Text(), sa.Computed(CUSTOM, persisted=True))


def _of(column: str, table: str, name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["space_id", column], [f"{table}.space_id", f"{table}.id"], name=name, ondelete="CASCADE"
    )


def upgrade() -> None:
    _spaces()
    op.create_table(
        "spaces_roles",
        *_head(),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        _words("permissions"),
        _words("extends"),
        _words("granted"),
        _words("bases"),
        _at("created_at", now=True),
        sa.UniqueConstraint("space_id", "slug"),
    )
    _members()
    _teams()
    _visits()
    for table in OWNED:
        protect(table)


def _spaces() -> None:
    op.add_column(
        "spaces_spaces", sa.Column("locale", sa.Text(), server_default="en", nullable=False)
    )
    op.add_column(
        "spaces_spaces",
        sa.Column("second_factor_policy", sa.Text(), server_default="optional", nullable=False),
    )
    op.add_column(
        "spaces_spaces",
        sa.Column("support_role", sa.Text(), server_default="support", nullable=False),
    )
    op.add_column("spaces_spaces", sa.Column("max_members", sa.Integer()))
    op.add_column("spaces_spaces", sa.Column("max_titles", sa.Integer()))
    op.add_column("spaces_spaces", sa.Column("max_storage", sa.BigInteger()))
    op.create_check_constraint(
        op.f("ck_spaces_spaces_second_factor_policy"),
        "spaces_spaces",
        "second_factor_policy IN ('optional', 'administrators')",
    )
    op.create_check_constraint(
        op.f("ck_spaces_spaces_support_role"),
        "spaces_spaces",
        "support_role IN ('support', 'viewer', 'member', 'catalog_editor', 'manager')",
    )


def _members() -> None:
    op.drop_constraint(op.f("ck_spaces_memberships_role"), "spaces_memberships")
    op.drop_constraint(op.f("ck_spaces_invitations_role"), "spaces_invitations")
    op.add_column("spaces_memberships", _custom_role())
    op.create_index(
        "ix_spaces_memberships_custom_role",
        "spaces_memberships",
        ["space_id", "custom_role"],
        postgresql_where=sa.text("custom_role IS NOT NULL"),
    )
    op.create_foreign_key(
        op.f("fk_spaces_memberships_space_id_custom_role"),
        "spaces_memberships",
        "spaces_roles",
        ["space_id", "custom_role"],
        ["space_id", "slug"],
    )


def _teams() -> None:
    op.create_table(
        "spaces_teams",
        *_head(),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("role", sa.Text()),
        _custom_role(),
        _at("created_at", now=True),
        sa.ForeignKeyConstraint(
            ["space_id", "custom_role"],
            ["spaces_roles.space_id", "spaces_roles.slug"],
            name=op.f("fk_spaces_teams_space_id_custom_role"),
        ),
    )
    op.create_index(
        "uq_spaces_teams_name", "spaces_teams", ["space_id", sa.text("lower(name)")], unique=True
    )
    op.create_table(
        "spaces_team_members",
        sa.Column("space_id", sa.Uuid(), primary_key=True),
        sa.Column("member_id", sa.Uuid(), primary_key=True),
        sa.Column("team_id", sa.Uuid(), primary_key=True),
        _of("member_id", "spaces_memberships", "fk_spaces_team_members_space_id_member_id"),
        _of("team_id", "spaces_teams", "fk_spaces_team_members_space_id_team_id"),
    )
    op.create_index(
        "ix_spaces_team_members_team_id", "spaces_team_members", ["space_id", "team_id"]
    )
    op.create_table(
        "spaces_grants",
        *_head(),
        sa.Column("member_id", sa.Uuid()),
        sa.Column("team_id", sa.Uuid()),
        sa.Column("permission", sa.Text(), nullable=False),
        sa.Column("ref_kind", sa.Text(), nullable=False),
        sa.Column("ref_id", sa.Uuid(), nullable=False),
        sa.Column("created_by", sa.Uuid()),
        _at("created_at", now=True),
        sa.CheckConstraint(
            "num_nonnulls(member_id, team_id) = 1", name=op.f("ck_spaces_grants_holder")
        ),
        _of("member_id", "spaces_memberships", "fk_spaces_grants_space_id_member_id"),
        _of("team_id", "spaces_teams", "fk_spaces_grants_space_id_team_id"),
    )
    for holder in ("member", "team"):
        op.create_index(
            f"uq_spaces_grants_{holder}",
            "spaces_grants",
            ["space_id", f"{holder}_id", "permission", "ref_id"],
            unique=True,
            postgresql_where=sa.text(f"{holder}_id IS NOT NULL"),
        )
    op.create_index("ix_spaces_grants_ref_id", "spaces_grants", ["space_id", "ref_id"])


def _visits() -> None:
    op.create_table(
        "spaces_support_sessions",
        *_head(),
        sa.Column(
            "user_id",
            sa.Uuid(),
            sa.ForeignKey("accounts_users.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _at("started_at", now=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        _at("ended_at"),
        sa.Column("ended_by", sa.Uuid()),
        sa.CheckConstraint(
            "expires_at <= started_at + interval '8 hours'",
            name=op.f("ck_spaces_support_sessions_expires_at"),
        ),
    )
    op.create_index(
        "uq_spaces_support_sessions_open",
        "spaces_support_sessions",
        ["user_id", "space_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "spaces_domains",
        *_head(),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Uuid()),
        _at("created_at", now=True),
        _at("verified_at"),
    )
    op.create_index("uq_spaces_domains_host", "spaces_domains", ["space_id", "host"], unique=True)
    op.create_index(
        "uq_spaces_domains_verified",
        "spaces_domains",
        ["host"],
        unique=True,
        postgresql_where=sa.text("verified_at IS NOT NULL"),
    )
    op.create_table(
        "spaces_active",
        sa.Column(
            "space_id",
            sa.Uuid(),
            sa.ForeignKey("spaces_spaces.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column(
            "credential_id",
            sa.Uuid(),
            sa.ForeignKey("accounts_credentials.id", ondelete="CASCADE"),
            primary_key=True,
        ),
    )
    op.create_index(
        "uq_spaces_active_credential_id", "spaces_active", ["credential_id"], unique=True
    )


def downgrade() -> None:
    for table in ("spaces_active", "spaces_domains", "spaces_support_sessions"):
        op.drop_table(table)
    for table in ("spaces_grants", "spaces_team_members", "spaces_teams"):
        op.drop_table(table)
    op.drop_column("spaces_memberships", "custom_role")
    op.drop_table("spaces_roles")
    for table in ("spaces_memberships", "spaces_invitations"):
        # Roles that the older house does not know become the one that may least.
        op.execute(f"UPDATE {table} SET role = 'viewer' WHERE NOT ({ROLE_IS_BUILT_IN})")
        op.create_check_constraint(op.f(f"ck_{table}_role"), table, ROLE_IS_BUILT_IN)
    for name in ("second_factor_policy", "support_role"):
        op.drop_constraint(op.f(f"ck_spaces_spaces_{name}"), "spaces_spaces")
    for column in (
        *("locale", "second_factor_policy", "support_role"),
        *("max_members", "max_titles", "max_storage"),
    ):
        op.drop_column("spaces_spaces", column)
