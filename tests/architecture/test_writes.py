"""Only an area's own actions write its tables; the spine writes the spine's."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.sources import ROOT, Source, models, sources, tables
from tests.architecture.writes import NAMED_LATER, strings, written

SEALED = {"core_seals"}
"""Written by functions of the database, which no role of the application may do itself."""

RUN_TIME_WRITERS = {"mediatheque.kit.db.staging"}
"""Write a table named at run time outside of actions: the staging of bulk work."""


def intruders(source: Source) -> list[str]:
    owners, classes = tables(), models()
    found = []
    names_later = False
    for table, node in written(source, classes):
        if table == NAMED_LATER:
            names_later = True
            if source.room != "actions" and source.name not in RUN_TIME_WRITERS:
                found.append(f"{source.at(node)} writes a table named at run time")
        elif (owner := owners.get(table)) is not None and not _may(source, owner):
            found.append(f"{source.at(node)} writes {table} of {owner}")
    if names_later:
        found += [
            f"{source.at(node)} names {text} of {owners[text]} beside a write named at run time"
            for text, node in strings(source)
            if text in owners and owners[text] != source.area
        ]
    return found


def _may(source: Source, owner: str) -> bool:
    if owner == "core":
        return source.name.startswith("mediatheque.core.")
    return source.area == owner and source.room == "actions"


def test_only_an_areas_own_actions_write_its_tables() -> None:
    assert [line for source in sources() for line in intruders(source)] == []


def test_every_table_with_a_writer_is_found_by_the_search() -> None:
    """The search above sees the writes there are: else it would pass for want of sight."""
    classes = models()
    seen = {table for source in sources() for table, _ in written(source, classes)}
    assert set(tables()) - seen == SEALED


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ("mediatheque.areas.library.queries.titles", 'X = "UPDATE library_copies SET note = 1"'),
        ("mediatheque.areas.library.actions.copies", 'X = "INSERT INTO catalog_titles (id)"'),
        ("mediatheque.areas.library.actions.copies", "X = delete(Title).where(True)"),
        ("mediatheque.areas.library.actions.copies", "X = ctx.db.add(Title())"),
        ("mediatheque.areas.library.actions.copies", 'X = f"DELETE FROM {Title.__tablename__}"'),
        ("mediatheque.areas.library.routes.copies", 'X = f"DELETE FROM {table} x"'),
        (
            "mediatheque.areas.library.actions.copies",
            'X = f"DELETE FROM {table}"\nY = ("catalog_titles",)',
        ),
        ("mediatheque.demo.world", 'X = "INSERT INTO core_journal (kind) VALUES (1)"'),
        ("mediatheque.areas.catalog.actions.titles.create", 'X = "COPY core_versions FROM"'),
    ],
)
def test_a_foreign_write_is_seen(where: str, text: str) -> None:
    imports = "from mediatheque.areas.catalog.models import Title\n"
    planted = Source(where, ROOT / "mediatheque" / "planted.py", ast.parse(imports + text))
    assert len(intruders(planted)) == 1


@pytest.mark.parametrize(
    "text",
    [
        'X = "SELECT 1 FROM catalog_titles FOR UPDATE OF t"',
        'X = "ON CONFLICT (id) DO UPDATE SET a = 1"',
        'def f():\n    """An INSERT INTO catalog_titles in words."""',
    ],
)
def test_reading_is_no_write(text: str) -> None:
    planted = Source(
        "mediatheque.areas.library.queries.copies", ROOT / "mediatheque/planted.py", ast.parse(text)
    )
    assert intruders(planted) == []
