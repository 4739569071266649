"""What of the schedule is exported."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from mediatheque.kit.wire import Filter


class ScheduleExportFilter(Filter):
    """Everything, or some channels, or what is on between two times."""

    format: Literal["xmltv", "csv"] = "xmltv"
    channels: list[UUID] | None = None
    since: datetime | None = Field(None, alias="from")
    until: datetime | None = Field(None, alias="to")
