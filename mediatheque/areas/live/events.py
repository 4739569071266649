"""The news of live television."""

from __future__ import annotations

LABELS: dict[str, str] = {}
