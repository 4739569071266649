"""Pictures beside rows: the columns to select, and their wire shape."""

from __future__ import annotations

from typing import Any
from uuid import UUID

PICTURE = """
    CASE WHEN f.id IS NOT NULL THEN jsonb_build_object(
        'id', f.id, 'width', f.width, 'height', f.height,
        'blurhash', f.blurhash, 'dominant_color', f.dominant_color) END
"""
"""A picture of the table ``files_files f`` as one JSON column."""


def picture(found: dict[str, Any] | None) -> dict[str, Any] | None:
    """A :data:`PICTURE` with the addresses of its variants."""
    if found is None:
        return None
    base = f"/api/v1/files/{UUID(found['id'])}"
    found["sources"] = {name: f"{base}/{name}" for name in ("small", "medium", "large")}
    return found
