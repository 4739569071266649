"""What a migration says to put a space-owned table under its row policy."""

from alembic import op

APP = "mediatheque_app"
ACROSS = "mediatheque_across"
HERE = "nullif(current_setting('mediatheque.space_id', true), '')::uuid"


def grant(table: str) -> None:
    """Let both roles read and write a table that belongs to no space."""
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {APP}, {ACROSS}")


def protect(table: str, column: str = "space_id") -> None:
    """Show only rows of the transaction's space; no setting, no rows (ADR 4)."""
    grant(table)
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY here ON {table} TO {APP} "
        f"USING ({column} = {HERE}) WITH CHECK ({column} = {HERE})"
    )
    op.execute(f"CREATE POLICY across ON {table} TO {ACROSS} USING (true) WITH CHECK (true)")
