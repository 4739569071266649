"""Guides for tests: made of short lines, handed in, and the schedule they leave."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from tests.exchange.support import bring_in

if TYPE_CHECKING:
    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House, Member

SAMPLES = Path(os.environ.get("MEDIATHEQUE_SAMPLES", "no such folder"))
"""A folder of real files of other people."""
DAY = "20260301"


def channel(key: str, *names: str) -> str:
    shown = "".join(f"<display-name>{name}</display-name>" for name in names or (key,))
    return f'<channel id="{key}">{shown}</channel>\n'


def programme(key: str, start: str, stop: str | None, title: str, more: str = "") -> str:
    """``start`` and ``stop`` are hours and minutes of a day, or whole times."""

    def at(given: str) -> str:
        return given if len(given) > 4 else f"{DAY}{given}00 +0000"

    ends = f' stop="{at(stop)}"' if stop else ""
    named = f"<title>{title}</title>" if title else ""
    return f'<programme start="{at(start)}"{ends} channel="{key}">{named}{more}</programme>\n'


def guide(*parts: str) -> bytes:
    return ("<?xml version='1.0' encoding='UTF-8'?>\n<tv>\n" + "".join(parts) + "</tv>\n").encode()


class Television:
    """A space with a guide: what handing one in leaves."""

    def __init__(self, house: House, database: Database, settings: Settings, who: Member) -> None:
        self.house, self.database, self.settings, self.who = house, database, settings, who

    async def bring(self, content: bytes, **fields: object) -> dict[str, Any]:
        """Import a guide; answers the import."""
        given = {"source": "xmltv", "name": "guide.xml", **fields}
        return await bring_in(self.database, self.settings, self.who, content, **given)

    async def report(self, import_id: str, outcome: str = "") -> list[dict[str, Any]]:
        """The rows of an import's report."""
        wanted = f"?outcome={outcome}" if outcome else "?limit=100"
        answer = await self.who.client.get(f"/api/v1/imports/{import_id}/rows{wanted}")
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["items"]
        return found

    async def schedule(self) -> list[tuple[str, str, str, str]]:
        """Channel, start, stop and title of every entry, in order."""
        rows = await self.rows()
        return [
            (row["guide_key"], f"{row['start_at']:%H%M}", f"{row['stop_at']:%H%M}", row["title"])
            for row in rows
        ]

    async def rows(self) -> list[dict[str, Any]]:
        """Every entry with all its columns, and its channel's key."""
        return await self.house.read(self.who).db.rows(
            text(
                "SELECT c.guide_key, p.* FROM live_programmes p "
                "JOIN live_channels c ON c.space_id = p.space_id AND c.id = p.channel_id "
                "ORDER BY c.position, p.start_at"
            )
        )

    async def overlaps(self) -> int:
        """How many pairs of entries overlap."""
        found: int = await self.house.read(self.who).db.scalar(
            text(
                "SELECT count(*) FROM live_programmes a JOIN live_programmes b "
                "ON a.space_id = b.space_id AND a.channel_id = b.channel_id AND a.id < b.id "
                "AND a.start_at < b.stop_at AND b.start_at < a.stop_at"
            )
        )
        return found


def accounted(done: dict[str, Any]) -> int:
    """How many programmes of the file the summary speaks of."""
    summary = done["summary"]
    return sum(summary[name] for name in ("created", "updated", "skipped", "failed"))
