"""How long a space keeps its journal."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, func
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base, SpaceOwned
from mediatheque.core.seals import SHORTEST_DAYS


class Retention(SpaceOwned, Base):
    """A space without a row, or with no number of days, keeps everything."""

    __tablename__ = "audit_retention"
    __table_args__ = (
        CheckConstraint(f"keep_days IS NULL OR keep_days >= {SHORTEST_DAYS}", name="keep_days"),
    )

    space_id: Mapped[UUID] = mapped_column(
        ForeignKey("spaces_spaces.id", ondelete="CASCADE"), primary_key=True, sort_order=-10
    )
    keep_days: Mapped[int | None]
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())
