"""Suggestions by their beginning are read from the index alone, without their documents."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

# As search_beginning, without what only a search shows: everything it takes is in the index, and one
# plan fits whatever is typed.
BEGUN = """
CREATE FUNCTION search_begun(space uuid, whole text, most int)
RETURNS TABLE (ref_kind text, ref_id uuid, score int)
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_bitmapscan = off
AS $$
    SELECT f.ref_kind, f.ref_id,
           (2e6::float8 + 1e6::float8 * length(whole) / length(f.key)
            + 1e5::float8 * ln(1 + greatest(f.weight, 0)))::int AS score
    FROM (SELECT d.ref_kind, d.ref_id, d.key, d.weight FROM search_documents d
          WHERE d.space_id = space AND d.key >= whole AND d.key < whole || chr(1114111)
          ORDER BY d.key LIMIT 400) f
    ORDER BY score DESC, f.ref_id LIMIT most
$$
"""
SUGGEST = "search_suggest(text[], boolean, text, text, int[], int[], int)"


def _suggest_by(before: str, after: str) -> None:
    """Let the suggestions call another function for what begins with the whole."""
    connection = op.get_bind()
    found = connection.execute(
        sa.text("SELECT pg_get_functiondef(cast(:name AS regprocedure))"), {"name": SUGGEST}
    )
    definition = str(found.scalar_one())
    assert definition.count(before) == 1  # noqa: S101  (it is what an earlier migration made)
    connection.exec_driver_sql(definition.replace(before, after).replace("%", "%%"))


def _index(include: list[str]) -> None:
    op.drop_index("ix_search_documents_key", table_name="search_documents")
    op.create_index(
        "ix_search_documents_key",
        "search_documents",
        ["space_id", "key"],
        postgresql_include=include,
    )


def upgrade() -> None:
    _index(["weight", "ref_kind", "ref_id"])
    op.execute(BEGUN)
    op.execute("REVOKE ALL ON FUNCTION search_begun(uuid, text, int) FROM PUBLIC")
    _suggest_by("FROM search_beginning(", "FROM search_begun(")


def downgrade() -> None:
    _suggest_by("FROM search_begun(", "FROM search_beginning(")
    op.execute("DROP FUNCTION search_begun(uuid, text, int)")
    _index([])
