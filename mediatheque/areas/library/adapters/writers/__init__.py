"""The library's exports: our own CSV and our own JSON, both written as a stream."""

from mediatheque.areas.library.adapters.writers.csv_table import ALL_COLUMNS, write_csv
from mediatheque.areas.library.adapters.writers.json_document import title_document, write_json

__all__ = ["ALL_COLUMNS", "title_document", "write_csv", "write_json"]
