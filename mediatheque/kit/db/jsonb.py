"""Values as PostgreSQL's jsonb takes them."""

from __future__ import annotations

import re
from typing import Any

import orjson

_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")


def jsonb(value: Any) -> str:  # noqa: ANN401  (JSON values)
    """JSON text without NUL, which JSON allows as an escape and jsonb does not."""
    return jsonb_of(orjson.dumps(value, default=str).decode())


def jsonb_of(dumped: str) -> str:
    """JSON text that was made already, without NUL."""
    return _NUL.sub(r"\1", dumped) if "\\u0000" in dumped else dumped
