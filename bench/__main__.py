"""``make bench``: every benchmark, each beside its floor or target; writes docs/benchmarks.md."""

from __future__ import annotations

import argparse
import asyncio
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import authorising, guides, importing, matching, playlists, reading, searching, showing
from bench.fill import fill
from bench.product import resident_mb, running
from bench.starting import measure_start

TARGET = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
SIZES = (1_000, 100_000)
READS = (
    ("list", "List with three filters and facets", 40),
    ("page", "Title page", 25),
    ("plain", "List, plain", None),
)
SEARCHES = (("typo", "Search with a typo", 40), ("suggestions", "Suggestions", 15))


INTRODUCTION = (
    "Written by `make bench` (with a guide of 1 GB: `python -m bench --gigabyte`) on {day}, "
    "{cores} cores, load and server on the same machine. "
    "Milliseconds differ between machines and hours; ratios less so."
)
IMPORT = (
    "Our CSV, all columns filled, half of the rows matching works that are here. The floor is "
    "parsing the same file and copying the same rows into empty copies of the same tables with "
    "the same indexes, in the same run (`python -m bench.importing`)."
)
AUTHORISING = (
    "The same answer by a handler that asks nothing and by one with a context and a permission, "
    "through the whole application, alternating (`python -m bench.authorising`)."
)
GUIDES = (
    "XMLTV of 800 channels into an empty schedule, then the same file again. The floor is a "
    "streaming parse of the same file and COPY of the same rows into an empty copy of the same "
    "table with its indexes, in the same run (`python -m bench.guides`)."
)
PLAYLISTS = (
    "An M3U playlist of 100,000 entries into a space without channels, then the same file again. "
    "The floor is a streaming parse of the same file and COPY of the same rows into empty copies "
    "of the same tables with their indexes, in the same run (`python -m bench.playlists`). "
    "Targets: 4 × the floor, again 0.6 × the first, 120 MB above idle."
)
SHOWING = (
    "The guide over HTTP, 800 channels and fourteen days: eight clients, then one; other channels "
    "and another time in each request (`python -m bench.showing`). The floor is the same rows by "
    "one SQL round trip; processor time is that of the web process for one request. After a "
    "change means that nothing kept holds any more."
)
MATCHING = (
    "Programmes joined to works of the catalogue. The floor is one join of the two tables by "
    "their titles as they are (`python -m bench.matching`)."
)
READING = (
    "Eight clients, different requests each time (`python -m bench.reading`, "
    "`python -m bench.searching`)."
)


def _asking(url: str, space: dict[str, Any], requests: int) -> argparse.Namespace:
    return argparse.Namespace(
        base=url,
        space=str(space["slug"]),
        key=str(space["key"]),
        clients=8,
        requests=requests,
        distinct=requests,
        seed=7,
    )


def measure_reading(requests: int) -> dict[str, Any]:
    """Reading and searching at each size, 8 clients against one web process."""
    answers: dict[str, Any] = {}
    with running("bench") as product:
        for size in SIZES:
            made = fill(product.database, f"bench-{size}", size)
            product.reindex(str(made["slug"]))
            asking = _asking(product.url, made, requests)
            found = asyncio.run(reading.run(asking))
            found["search"] = asyncio.run(searching.run(asking))
            answers[str(size)] = found
        answers["web_mb"] = round(resident_mb(product.web.pid))
    return answers


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _reading_table(found: dict[str, Any]) -> list[str]:
    lines = [
        _row("request", "target p95", *(f"{size:,} titles: p50 / p95 ms" for size in SIZES)),
        _row("---", "---", *("---" for _ in SIZES)),
    ]
    for name, label, target in READS:
        figures = [found[str(size)][name] for size in SIZES]
        lines.append(_row(label, f"{target} ms" if target else "", *map(_pair, figures)))
    for name, label, target in SEARCHES:
        figures = [found[str(size)]["search"][name] for size in SIZES]
        lines.append(_row(label, f"{target} ms", *map(_pair, figures)))
    return lines


def _pair(figures: dict[str, float]) -> str:
    return f"{figures['p50']} / {figures['p95']}"


def _authorising(found: dict[str, Any]) -> list[str]:
    cells = {name: _pair(found[name]) for name in ("bare", "signed_in")}
    return [
        "## Who asks, where, and what they may",
        "",
        AUTHORISING,
        "",
        _row("handler", "target", "p50 / p95 ms", "statements"),
        _row("---", "---", "---", "---"),
        _row("Bare", "", cells["bare"], 0),
        _row(
            "Signed in, in a space, with a permission", "", cells["signed_in"], found["statements"]
        ),
        _row(
            "Added",
            "2 ms p50, 1 statement",
            f"{found['added_p50']} / {found['added_p95']}",
            found["statements"],
        ),
        "",
    ]


def _guides_table(found: dict[str, dict[str, Any]]) -> list[str]:
    names = list(next(iter(found.values())))
    return [
        _row("figure", *found),
        _row("---", *("---" for _ in found)),
        *(_row(name.replace("_", " "), *(one[name] for one in found.values())) for name in names),
    ]


def _showing_table(found: dict[str, Any]) -> list[str]:
    lines = [
        _row(
            "request",
            "target",
            *(f"p50 / p95 ms, clients: {clients}" for clients in showing.CLIENTS),
            "floor: p50 / p95 ms",
            "processor ms",
            "statements",
            "MB, plain MB",
        ),
        _row(*["---"] * (6 + len(showing.CLIENTS))),
    ]
    for name, (label, target) in showing.TARGETS.items():
        one = found[name]
        figures = [_pair(one[count]) if count in one else "" for count in showing.CLIENTS]
        floor = found["floor"].get(name.removesuffix("_new"))
        sizes = f"{one['megabytes']}, {one['megabytes_plain']}" if "megabytes" in one else ""
        lines.append(
            _row(
                label,
                target,
                *figures,
                _pair(floor) if floor else "",
                one.get(1, {}).get("processor", ""),
                found["statements"].get(name, ""),
                sizes,
            )
        )
    return lines


def write(  # noqa: PLR0913, PLR0917  (each measurement is a section of the page)
    start: dict[str, Any],
    imported: dict[str, Any],
    read: dict[str, Any],
    authorised: dict[str, Any],
    guided: dict[str, dict[str, Any]],
    listed: dict[str, Any],
    shown: dict[str, Any],
    matched: dict[str, Any],
) -> None:
    """Write the page."""
    lines = [
        "# Benchmarks",
        "",
        INTRODUCTION.format(day=f"{datetime.now(UTC):%Y-%m-%d}", cores=os.cpu_count()),
        "",
        "## Import",
        "",
        IMPORT,
        "",
        _row("figure", "value"),
        _row("---", "---"),
        *(_row(name.replace("_", " "), value) for name, value in imported.items()),
        "",
        "## Guides",
        "",
        GUIDES,
        "",
        *_guides_table(guided),
        "",
        PLAYLISTS,
        "",
        _row("figure", "value"),
        _row("---", "---"),
        *(_row(name.replace("_", " "), value) for name, value in listed.items()),
        "",
        SHOWING,
        "",
        *_showing_table(shown),
        "",
        MATCHING,
        "",
        _row("figure", "value"),
        _row("---", "---"),
        *(_row(name.replace("_", " "), value) for name, value in matched.items()),
        "",
        "## Reading",
        "",
        READING,
        "",
        *_reading_table(read),
        "",
        *_authorising(authorised),
        "## Start and memory",
        "",
        _row("figure", "value"),
        _row("---", "---"),
        *(_row(name.replace("_", " "), value) for name, value in start.items()),
        "",
    ]
    TARGET.write_text("\n".join(lines), encoding="utf-8")


def main() -> None:
    """Run everything and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=2_000)
    parser.add_argument("--gigabyte", action="store_true", help="import a guide of 1 GB as well")
    given = parser.parse_args()
    start = measure_start()
    print("start", start)
    imported = importing.measure(given.rows)
    print("import", imported)
    read = measure_reading(given.requests)
    print("reading", read)
    authorised = authorising.measure()
    print("authorising", authorised)
    guided = {
        name: guides.measure(days)
        for name, days in guides.SIZES.items()
        if name != "1 GB" or given.gigabyte
    }
    print("guides", guided)
    listed = playlists.measure(given.rows)
    print("playlists", listed)
    shown = showing.measure_showing(given.requests)
    print("guide over HTTP", shown)
    matched = matching.measure()
    print("matching", matched)
    write(start, imported, read, authorised, guided, listed, shown, matched)
    print(f"Written: {TARGET.name}")


if __name__ == "__main__":
    main()
