"""docs/ names every permission, event, setting and command, and what it points at exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mediatheque.core.module import House
from mediatheque.core.settings import Settings
from mediatheque.registry import MODULES
from tests.architecture.reference import PAGES, render, variable
from tests.architecture.sources import PACKAGE, ROOT, areas, events

DOCS = ROOT / "docs"
WRITTEN_BY_MAKE = {"openapi.json", "benchmarks.md"}
PROSE = sorted([*DOCS.rglob("*.md"), ROOT / "README.md"])


@pytest.mark.parametrize("page", PAGES)
def test_a_reference_page_says_what_the_code_does(page: str) -> None:
    text = (DOCS / page).read_text()
    assert text == render(page, text), (
        f"docs/{page} is out of date; run: python -m tests.architecture.reference"
    )


def test_every_setting_is_read_somewhere() -> None:
    text = "\n".join(
        path.read_text()
        for path in PACKAGE.rglob("*.py")
        if path != PACKAGE / "core" / "settings.py"
    )
    unread = [name for name in Settings.model_fields if not re.search(rf"\.{name}\b", text)]
    assert unread == []


def test_every_setting_says_what_it_means() -> None:
    assert [name for name, one in Settings.model_fields.items() if not one.description] == []


def test_every_variable_of_the_environment_is_documented() -> None:
    text = "\n".join(path.read_text() for path in PACKAGE.rglob("*.py"))
    page = (DOCS / "settings.md").read_text()
    read = set(re.findall(r"\bMEDIATHEQUE_[A-Z_]*[A-Z]\b", text))
    assert sorted(one for one in read if f"`{one}`" not in page) == ["MEDIATHEQUE_DATABASE_URL"]
    assert {variable(name) for name in Settings.model_fields} - set(page.split("`")) == set()


def test_every_event_has_words_for_people() -> None:
    labels = House(MODULES).labels
    assert sorted(set(events()) ^ set(labels)) == []


def test_an_event_is_named_for_its_area() -> None:
    strange = [
        kind
        for kind, found in events().items()
        if not re.fullmatch(r"[a-z]+\.[a-z_]+", kind)
        or not found.startswith(f"mediatheque.areas.{kind.partition('.')[0]}.")
    ]
    assert strange == []


def test_the_map_draws_every_area_and_every_package() -> None:
    text = (DOCS / "map.md").read_text()
    packages = {
        path.stem
        for path in PACKAGE.iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    } - {"__init__"}
    assert [name for name in sorted(packages | set(areas())) if f"`{name}`" not in text] == []


@pytest.mark.parametrize("path", PROSE, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_page_points_at_exists(path: object) -> None:
    page = ROOT / str(path)
    text = re.sub(r"```.*?```", "", page.read_text(), flags=re.DOTALL)
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    links = [one for one in links if Path(one).name not in WRITTEN_BY_MAKE]
    assert [one for one in links if not (page.parent / one).exists()] == []
    named = re.findall(r"`((?:mediatheque|tests|docs|migrations|web|deploy)/[\w./-]+)`", text)
    built = ("web/dist", "web/node_modules")
    missing = [one for one in named if not (ROOT / one).exists() and not one.startswith(built)]
    assert [one for one in missing if Path(one).name not in WRITTEN_BY_MAKE] == []


@pytest.mark.parametrize("path", PROSE, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_page_names_in_the_code_exists(path: object) -> None:
    """``mediatheque/core/context.py:requires`` names a definition in a file."""
    text = (ROOT / str(path)).read_text()
    named = re.findall(r"`([\w/]+\.py):(\w+)`", text)
    assert [f"{file}:{name}" for file, name in named if not defines(ROOT / file, name)] == []


def defines(path: Path, name: str) -> bool:
    definition = rf"^\s*(?:async def|def|class) {name}\b|^{name}\b.*="
    return path.exists() and bool(re.search(definition, path.read_text(), re.MULTILINE))


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in sorted((DOCS / "adr").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 8


def test_a_decision_fits_on_a_page() -> None:
    for path in (DOCS / "adr").glob("*.md"):
        text = path.read_text()
        assert len(text.splitlines()) <= 60, path.name
        assert all(head in text for head in ("## Context", "## Decision", "## Consequences"))
