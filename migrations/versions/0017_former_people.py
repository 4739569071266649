"""Who was merged away is found as who stayed: by id, address and name."""

import sqlalchemy as sa
from alembic import op
from policies import protect
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"

FORMER = """
    INSERT INTO catalog_person_aliases (space_id, id, slug, name, name_key, person_id)
    SELECT m.space_id, m.gone_id, m.snapshot -> 'person' ->> 'slug',
           m.snapshot -> 'person' ->> 'name', m.snapshot -> 'person' ->> 'name_key', m.kept_id
    FROM catalog_merges m
    JOIN catalog_people p ON p.space_id = m.space_id AND p.id = m.kept_id
    WHERE m.undone_at IS NULL AND m.snapshot ? 'person'
"""


def upgrade() -> None:
    op.create_table(
        "catalog_person_aliases",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", postgresql.TEXT(collation="C"), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["space_id", "person_id"],
            ["catalog_people.space_id", "catalog_people.id"],
            name=op.f("fk_catalog_person_aliases_space_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_catalog_person_aliases")),
    )
    for column in ("person_id", "slug", "name_key"):
        op.create_index(
            f"ix_catalog_person_aliases_{column}", "catalog_person_aliases", ["space_id", column]
        )
    protect("catalog_person_aliases")
    op.get_bind().exec_driver_sql(FORMER)


def downgrade() -> None:
    op.drop_table("catalog_person_aliases")
