"""The import contracts hold, and each of them would break if somebody broke it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import grimp
import pytest

from tests.architecture.sources import ROOT, areas

if TYPE_CHECKING:
    from pathlib import Path

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "COLUMNS": "300"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("mediatheque", cache_dir=None)


FAULTS = {
    # contract, planted module → what it imports, and what the linter must say of it
    ("Floors", "kit.planted_a"): "import mediatheque.core.context",
    ("Floors", "core.planted_b"): "import mediatheque.areas.spaces.rules",
    ("Floors", "areas.audit.rules.planted_c"): "import mediatheque.registry",
    ("Floors", "planted_floor"): "",
    ("Storeys", "areas.catalog.rules.planted_d"): "import mediatheque.areas.library.rules",
    ("Storeys", "areas.files.actions.planted_e"): "import mediatheque.areas.exchange.rules",
    ("Storeys", "areas.planted_area"): "",
    ("Rooms", "areas.catalog.rules.planted_f"): "import mediatheque.areas.catalog.queries",
    ("Rooms", "areas.catalog.routes.planted_g"): "import mediatheque.areas.catalog.jobs",
    ("Rooms", "areas.catalog.planted_service"): "",
    ("Private doors", "areas.library.actions.planted_h"): "import mediatheque.areas.catalog.routes",
    ("Private doors", "demo.planted_i"): "import mediatheque.areas.catalog.jobs",
}


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the linter says of each contract when faults are planted in a copy of the package."""
    folder = tmp_path_factory.mktemp("house")
    ignored = shutil.ignore_patterns("__pycache__", "*.json", "artwork")
    shutil.copytree(ROOT / "mediatheque", folder / "mediatheque", ignore=ignored)
    shutil.copy(ROOT / ".importlinter", folder)
    for (_, module), line in FAULTS.items():
        path = folder / "mediatheque" / f"{module.replace('.', '/')}.py"
        _make_package(path.parent)
        path.write_text(f"{line}\n")
    done = lint(folder)
    assert done.returncode == 1, done.stdout + done.stderr
    *_, told = done.stdout.partition("Broken contracts")
    sections = re.split(r"^(Floors|Storeys|Rooms|Private doors)\b", told, flags=re.MULTILINE)
    return dict(zip(sections[1::2], sections[2::2], strict=True))


def _make_package(folder: Path) -> None:
    """A room that is one file becomes a folder of the same name."""
    if not folder.exists():
        folder.mkdir()
        folder.with_suffix(".py").rename(folder / "__init__.py")


def test_the_four_contracts_hold() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout
    assert "Contracts: 4 kept, 0 broken." in done.stdout


@pytest.mark.parametrize(("contract", "module"), FAULTS)
def test_a_planted_fault_breaks_its_contract(
    faulty: dict[str, str], contract: str, module: str
) -> None:
    assert f"mediatheque.{module}" in faulty[contract]


def test_a_manifest_opens_only_its_own_doors(graph: grimp.ImportGraph) -> None:
    """Private doors say "by a manifest"; this says by whose."""
    strangers = [
        f"{importer} imports {door}"
        for area in areas()
        for room in ("routes", "graph", "jobs")
        if (door := f"mediatheque.areas.{area}.{room}") in graph.modules
        for module in {door, *graph.find_descendants(door)}
        for importer in graph.find_modules_that_directly_import(module)
        if not importer.startswith(f"mediatheque.areas.{area}.")
    ]
    assert strangers == []


def test_lower_areas_are_reached_through_their_open_rooms(graph: grimp.ImportGraph) -> None:
    """What an area may import of another: actions, queries, schemas, rules, models, events."""
    closed = {"adapters", "module", "routes", "graph", "jobs"}
    found = []
    for module in graph.modules:
        parts = module.split(".")
        if parts[1:2] != ["areas"] or len(parts) < 4:
            continue
        for target in graph.find_modules_directly_imported_by(module):
            other = target.split(".")
            is_foreign = other[1:2] == ["areas"] and len(other) > 3 and other[2] != parts[2]
            if is_foreign and other[3] in closed:
                found.append(f"{module} imports {target}")
    assert found == []


def test_no_import_goes_in_a_circle(graph: grimp.ImportGraph) -> None:
    def successors(module: str) -> set[str]:
        return graph.find_modules_directly_imported_by(module)

    assert circles(graph.modules, successors) == []


def circles(modules: set[str], successors: object) -> list[list[str]]:
    """Strongly connected parts of more than one module (Tarjan 1972, without recursion)."""
    assert callable(successors)
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []
    for start in sorted(modules):
        if start in order:
            continue
        work = [(start, iter(sorted(successors(start))))]
        order[start] = low[start] = len(order)
        stack.append(start)
        while work:
            module, following = work[-1]
            for one in following:
                if one not in order:
                    order[one] = low[one] = len(order)
                    stack.append(one)
                    work.append((one, iter(sorted(successors(one)))))
                    break
                if one in stack:
                    low[module] = min(low[module], order[one])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[module])
                if low[module] == order[module]:
                    at = stack.index(module)
                    part, stack[at:] = stack[at:], []
                    if len(part) > 1:
                        found.append(sorted(part))
    return found


def test_a_circle_is_seen() -> None:
    graph = {"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}
    assert circles(set(graph), graph.__getitem__) == [["a", "b", "c"]]
