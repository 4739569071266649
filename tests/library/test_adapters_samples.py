"""Real files of other people, where they are at hand (``MEDIATHEQUE_SAMPLES``)."""

from __future__ import annotations

import pytest

from mediatheque.areas.exchange.schemas.sources import SourceError, SourceFile
from tests.library.exports import (
    SAMPLES,
    detected,
    read,
    source,
)


@pytest.mark.skipif(not SAMPLES.exists(), reason="no sample files here")
@pytest.mark.parametrize(
    ("name", "wanted", "count"),
    [
        ("csv/goodreads_bookwyrm_test.csv", "goodreads", 3),
        ("csv/storygraph.csv", "storygraph", 2),
        ("csv/bookwyrm.csv", "mapped", 3),
        ("csv/calibre.csv", "mapped", 1),
        ("csv/generic.csv", "mapped", 4),
        ("csv/librarything.tsv", "mapped", 3),
        ("csv/openreads-csv-example.csv", "mapped", 4),
        ("delicious/delicious1_sample_export.tsv.txt", "delicious", 163),
    ],
)
def test_real_files(name: str, wanted: str, count: int) -> None:
    path = SAMPLES / name
    file = SourceFile(path, path.name)
    assert detected(file)[0] == wanted
    items, failures = read(file, wanted)
    assert (len(items), failures) == (count, [])
    assert all(item.kind == "book" for item in items) or wanted == "delicious"
    assert source(wanted).total(file) == count


@pytest.mark.skipif(not SAMPLES.exists(), reason="no sample files here")
def test_odd_real_tables_end_in_rows_or_a_refusal() -> None:
    outcomes = {
        path.name: _outcome(SourceFile(path, path.name))
        for path in (SAMPLES / "csv" / "univocity").iterdir()
    }
    assert len(outcomes) == 18
    assert {outcome for outcome in outcomes.values() if isinstance(outcome, str)} <= {"header_only"}
    assert outcomes["issues__github_194__uk-500.csv"] == 500


def _outcome(file: SourceFile) -> int | str:
    try:
        items, failures = read(file, "mapped")
    except SourceError as refused:
        return refused.code
    return len(items) + len(failures)
