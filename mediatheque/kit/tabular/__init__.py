"""Tables of text as a stream: CSV, semicolons, tabs, every encoding a spreadsheet writes."""

from mediatheque.kit.tabular.counting import count_records
from mediatheque.kit.tabular.dialect import Dialect, normal_name, parse_head, sniff_dialect, unwrap
from mediatheque.kit.tabular.encoding import Encoding, detect_encoding
from mediatheque.kit.tabular.table import Flaw, Header, Record, Table, require

__all__ = [
    "Dialect",
    "Encoding",
    "Flaw",
    "Header",
    "Record",
    "Table",
    "count_records",
    "detect_encoding",
    "normal_name",
    "parse_head",
    "require",
    "sniff_dialect",
    "unwrap",
]
