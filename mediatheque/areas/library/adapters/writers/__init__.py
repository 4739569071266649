"""The library's exports: our own CSV and our own JSON, both written as a stream."""

from mediatheque.areas.library.adapters.writers.csv_table import (
    ALL_COLUMNS,
    csv_header,
    csv_rows,
    write_csv,
)
from mediatheque.areas.library.adapters.writers.json_document import (
    JSON_TAIL,
    json_head,
    json_titles,
    title_document,
    write_json,
)
from mediatheque.areas.library.adapters.writers.streams import csv_stretch, json_stretch

__all__ = [
    "ALL_COLUMNS",
    "JSON_TAIL",
    "csv_header",
    "csv_rows",
    "csv_stretch",
    "json_head",
    "json_stretch",
    "json_titles",
    "title_document",
    "write_csv",
    "write_json",
]
