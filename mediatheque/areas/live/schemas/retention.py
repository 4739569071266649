"""How long the schedule is kept, on the wire."""

from __future__ import annotations

from pydantic import Field

from mediatheque.areas.live.models.retention import PROGRAMME_DAYS, REPORT_DAYS
from mediatheque.kit.wire import Input, Wire

LONGEST = 36_500


class ScheduleRetentionRead(Wire):
    """How long the space keeps what was on and what its guides reported."""

    programme_days: int | None = Field(description="Days from a programme's end; null: always.")
    report_days: int | None = Field(
        description="Days from the end of an import of a guide or playlist; null: always."
    )


class ScheduleRetentionUpdate(Input):
    """How long to keep what was on and what guides reported."""

    programme_days: int | None = Field(
        ge=1,
        le=LONGEST,
        description="Programmes that ended longer ago are removed each night; null: none.",
        examples=[PROGRAMME_DAYS],
    )
    report_days: int | None = Field(
        ge=1,
        le=LONGEST,
        description="Imports of guides and playlists that ended longer ago are removed each "
        "night, with their file and report, but for the last one of each source; they cannot be "
        "undone any more. Null: none.",
        examples=[REPORT_DAYS],
    )
