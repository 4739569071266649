"""How long a space keeps what was on, and what its guides reported."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, func
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base, SpaceOwned

PROGRAMME_DAYS: Final = 30
REPORT_DAYS: Final = 14


class ScheduleRetention(SpaceOwned, Base):
    """A space without a row keeps both for the usual time; without a number of days, always.

    ``programme_days`` counts from a programme's end, ``report_days`` from the end of an import of
    a guide or playlist: with its report goes what its undo would put back.
    """

    __tablename__ = "live_retention"
    __table_args__ = (
        CheckConstraint("programme_days >= 1", name="programme_days"),
        CheckConstraint("report_days >= 1", name="report_days"),
    )

    space_id: Mapped[UUID] = mapped_column(
        ForeignKey("spaces_spaces.id", ondelete="CASCADE"), primary_key=True, sort_order=-10
    )
    programme_days: Mapped[int | None]
    report_days: Mapped[int | None]
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())
