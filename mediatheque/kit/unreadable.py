"""A file that cannot be read as what it should be: one error for tables, archives, XML and JSON.

The code is stable and meant for programs, the message says what happened and what to do.
"""

from __future__ import annotations

from typing import Final

EMPTY_FILE: Final = "empty_file"
HEADER_ONLY: Final = "header_only"
NOT_THIS_FORMAT: Final = "not_this_format"
SPREADSHEET: Final = "spreadsheet"
TOO_MANY_COLUMNS: Final = "too_many_columns"
TOO_LARGE: Final = "too_large"
ENCODING: Final = "encoding"
ARCHIVE_DAMAGED: Final = "archive_damaged"
ARCHIVE_ENCRYPTED: Final = "archive_encrypted"
ARCHIVE_PATH_ESCAPE: Final = "archive_path_escape"
ARCHIVE_BOMB: Final = "archive_bomb"
ARCHIVE_CONTENT: Final = "archive_content"
ENTITY_BOMB: Final = "entity_bomb"
XML_DAMAGED: Final = "xml_damaged"
JSON_DAMAGED: Final = "json_damaged"
PLIST_DAMAGED: Final = "plist_damaged"


class UnreadableError(Exception):
    """The whole file is refused. ``line`` is 1-based where a place can be named."""

    def __init__(self, code: str, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.line = line

    def __str__(self) -> str:
        """Give the message, with the line where one is known."""
        return self.message if self.line is None else f"{self.message} (line {self.line})"
