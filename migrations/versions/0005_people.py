"""The tables of people: profiles of a household, and the ages that works are for."""

import sqlalchemy as sa
from alembic import op

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


def upgrade() -> None:
    op.add_column("catalog_titles", sa.Column("minimum_age", sa.SmallInteger(), nullable=True))
    op.create_check_constraint(
        op.f("ck_catalog_titles_minimum_age"), "catalog_titles", "minimum_age BETWEEN 0 AND 21"
    )
    op.execute(sa.text(BACKFILL))


def downgrade() -> None:
    op.drop_column("catalog_titles", "minimum_age")
