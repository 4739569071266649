"""The tables of people: profiles of a household, and the ages that works are for."""

import sqlalchemy as sa
from alembic import op
from policies import grant
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"

# What boards of classification print, as far as it tells an age. Frozen here: the program reads
# more, but a migration says the same for ever.
BACKFILL = r"""
    WITH said AS (
        SELECT DISTINCT age_rating,
               translate(regexp_replace(lower(age_rating), '[^[:alnum:]]', '', 'g'), 'äöü', 'aou')
                   AS letters,
               cast(left(substring(split_part(age_rating, '(', 1) FROM '\d+'), 4) AS int) AS number
        FROM catalog_titles WHERE age_rating IS NOT NULL),
    aged AS (
        SELECT age_rating, CASE
            WHEN letters = ANY('{nc17,x,xxx,ao,adult,adults,adultsonly}') THEN 18
            WHEN number BETWEEN 0 AND 21 THEN number
            WHEN letters = ANY('{g,u,uc,tp,e,all,allages,everyone,universal,general,tvy,tvg}')
                THEN 0
            WHEN letters = 'ec' THEN 3
            WHEN letters = ANY('{pg,tvpg}') THEN 8
            WHEN letters = ANY('{t,teen}') THEN 13
            WHEN letters = ANY('{r,m,tvma,mature,restricted}') THEN 17 END AS age
        FROM said)
    UPDATE catalog_titles t SET minimum_age = a.age
    FROM aged a WHERE a.age IS NOT NULL AND t.age_rating = a.age_rating
"""


def _profiles() -> None:
    op.create_table(
        "accounts_profiles",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("avatar", sa.Text(), nullable=False),
        sa.Column("is_kids", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("maturity_limit", sa.SmallInteger(), nullable=True),
        sa.Column("shows_unknown", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("languages", postgresql.ARRAY(sa.TEXT()), server_default="{}", nullable=False),
        sa.Column("genres", postgresql.ARRAY(sa.TEXT()), server_default="{}", nullable=False),
        sa.Column("pin_hash", sa.Text(), nullable=True),
        sa.Column("pin_failures", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("pin_locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "maturity_limit IN (0, 6, 12, 16, 18)",
            name=op.f("ck_accounts_profiles_maturity_limit"),
        ),
        sa.CheckConstraint(
            "NOT is_kids OR maturity_limit IS NOT NULL",
            name=op.f("ck_accounts_profiles_kids_limit"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["accounts_users.id"],
            name=op.f("fk_accounts_profiles_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_profiles")),
        sa.UniqueConstraint("user_id", "id", name=op.f("uq_accounts_profiles_user_id_id")),
    )
    op.create_index(
        "uq_accounts_profiles_name",
        "accounts_profiles",
        ["user_id", sa.text("lower(name)")],
        unique=True,
    )
    grant("accounts_profiles")
    op.add_column("accounts_credentials", sa.Column("profile_id", sa.Uuid(), nullable=True))
    op.create_index("ix_accounts_credentials_profile_id", "accounts_credentials", ["profile_id"])
    op.create_foreign_key(
        op.f("fk_accounts_credentials_user_id_profile_id"),
        "accounts_credentials",
        "accounts_profiles",
        ["user_id", "profile_id"],
        ["user_id", "id"],
        ondelete="CASCADE",
    )


def upgrade() -> None:
    _profiles()
    op.add_column("catalog_titles", sa.Column("minimum_age", sa.SmallInteger(), nullable=True))
    op.create_check_constraint(
        op.f("ck_catalog_titles_minimum_age"), "catalog_titles", "minimum_age BETWEEN 0 AND 21"
    )
    op.execute(sa.text(BACKFILL))


def downgrade() -> None:
    op.drop_column("accounts_credentials", "profile_id")
    op.drop_table("accounts_profiles")
    op.drop_column("catalog_titles", "minimum_age")
