"""PostgreSQL: one compiled-statement cache, pipelined reads, sessions for writing."""

from mediatheque.kit.db.compiled import Prepared, StatementCache
from mediatheque.kit.db.database import Database
from mediatheque.kit.db.reader import PipelineReader, Reader, Row
from mediatheque.kit.db.staging import Stage, encode
from mediatheque.kit.db.writer import Writer

__all__ = [
    "Database",
    "PipelineReader",
    "Prepared",
    "Reader",
    "Row",
    "Stage",
    "StatementCache",
    "Writer",
    "encode",
]
