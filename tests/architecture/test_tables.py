"""The migrated database: the models' own schema, each space-owned table under its policy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from alembic import command
from sqlalchemy import UniqueConstraint

from mediatheque.core.migrate import config
from mediatheque.core.models import Base
from tests.architecture.sources import space_owned, tables

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = "(space_id = (NULLIF(current_setting('mediatheque.space_id'::text, true), ''::text))::uuid)"
ROLES = {"mediatheque_app", "mediatheque_across"}
LISTED_BY_SPACE = {"core_journal": "space_id", "core_seals": "space_id", "spaces_spaces": "id"}
"""Under a policy though they are no ``SpaceOwned``: their column may be null, or is the id."""


@pytest.fixture(scope="module")
def connection(database_url: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database_url, autocommit=True) as opened:
        yield opened


def test_models_and_migrations_make_the_same_schema(database_url: str) -> None:
    command.check(config(database_url))


def test_every_table_is_named_for_its_area() -> None:
    assert {t: area for t, area in tables().items() if not t.startswith(f"{area}_")} == {}


@pytest.mark.parametrize("table", [*space_owned(), *LISTED_BY_SPACE])
def test_a_space_owned_table_is_under_its_row_policy(
    connection: psycopg.Connection[Any], table: str
) -> None:
    secured = connection.execute(
        "SELECT relrowsecurity FROM pg_class WHERE oid = %s::regclass", (table,)
    ).fetchone()
    assert secured == (True,)
    policies = connection.execute(
        "SELECT roles::text[], cmd, permissive, qual, with_check FROM pg_policies "
        "WHERE schemaname = 'public' AND tablename = %s",
        (table,),
    ).fetchall()
    here = HERE.replace("space_id =", f"{LISTED_BY_SPACE.get(table, 'space_id')} =")
    assert sorted(policies) == [
        (["mediatheque_across"], "ALL", "PERMISSIVE", "true", "true"),
        (["mediatheque_app"], "ALL", "PERMISSIVE", here, here),
    ]


def test_a_table_with_a_space_is_space_owned(connection: psycopg.Connection[Any]) -> None:
    """A model that forgets ``SpaceOwned`` would pass the test above unseen."""
    found = connection.execute(
        "SELECT c.table_name FROM information_schema.columns c "
        "JOIN information_schema.tables t USING (table_schema, table_name) "
        "WHERE table_schema = 'public' AND column_name = 'space_id' AND table_type = 'BASE TABLE'"
    ).fetchall()
    without = {"core_journal", "core_seals"} | {t for t in tables() if t.startswith("accounts_")}
    assert {name for (name,) in found} - set(space_owned()) - without == set()


def test_the_roles_of_the_application_own_nothing_and_bypass_nothing(
    connection: psycopg.Connection[Any],
) -> None:
    rows = connection.execute(
        "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin, "
        "(SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        " WHERE c.relowner = r.oid AND n.nspname NOT LIKE 'pg\\_%%temp\\_%%' "
        " AND n.nspname NOT LIKE 'pg\\_toast%%') "
        "FROM pg_roles r WHERE rolname = ANY(%s)",
        (list(ROLES),),
    ).fetchall()
    assert {row[0] for row in rows} == ROLES
    assert {row[1:] for row in rows} == {(False, False, False, False, False, 0)}


def test_keys_between_space_owned_tables_hold_the_space() -> None:
    owned = set(space_owned())
    loose = [
        f"{table.name}.{constraint.name}"
        for table in Base.metadata.tables.values()
        if table.name in owned
        for constraint in table.foreign_key_constraints
        if constraint.referred_table.name in owned
        and ("space_id", f"{constraint.referred_table.name}.space_id")
        not in {(key.parent.name, key.target_fullname) for key in constraint.elements}
    ]
    assert loose == []


SECRETS = {
    ("spaces_invitations", "token_hash"),
    ("spaces_domains", "host"),
    ("spaces_active", "credential_id"),
}
"""Unique everywhere: nobody can hit upon another's by chance, so a conflict tells nothing.

A host name is unique among verified ones only, and who verifies one has shown that it is theirs.
"""


def test_what_is_unique_is_unique_within_a_space() -> None:
    """Else a conflict would tell that another space has such a row."""
    spread = [
        f"{name}: {columns}"
        for name in space_owned()
        for columns in _unique_columns(name)
        if "space_id" not in columns and (name, *columns) not in SECRETS
    ]
    assert spread == []


def _unique_columns(table: str) -> list[list[str]]:
    found = Base.metadata.tables[table]
    constraints = [one for one in found.constraints if isinstance(one, UniqueConstraint)]
    indexes = [one for one in found.indexes if one.unique]
    return [
        [column.name for column in found.primary_key.columns],
        *([column.name for column in one.columns] for one in constraints),
        *([column.name for column in one.columns] for one in indexes),
    ]


def test_definers_read_the_space_from_the_setting_only(
    connection: psycopg.Connection[Any],
) -> None:
    """Functions that look past the policies: fixed search path, the setting, no space argument."""
    rows = connection.execute(
        "SELECT p.oid::regprocedure::text, p.proconfig, p.prosrc, "
        "pg_get_function_arguments(p.oid) FROM pg_proc p "
        "WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace"
    ).fetchall()
    for name, settings, source, arguments in rows:
        assert any(one.startswith("search_path=") for one in settings or ()), name
        assert "mediatheque.space_id" in source, name
        assert "space" not in arguments, name
