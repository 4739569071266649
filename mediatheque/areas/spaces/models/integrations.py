"""How a space reaches other services."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, func, text
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base, SpaceOwned


class Integration(SpaceOwned, Base):
    """The settings of one service: what may be read, and secrets, each sealed by itself.

    ``secrets`` maps a field to what ``kit.envelope`` made of it. ``check_state`` is what the last
    call came to, empty before the first.
    """

    __tablename__ = "spaces_integrations"
    __table_args__ = (CheckConstraint("check_state IN ('', 'works', 'fails')", name="check_state"),)

    space_id: Mapped[UUID] = mapped_column(
        ForeignKey("spaces_spaces.id", ondelete="CASCADE"), primary_key=True, sort_order=-10
    )
    name: Mapped[str] = mapped_column(primary_key=True)
    values: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    secrets: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())
    changed_by: Mapped[UUID | None]
    checked_at: Mapped[datetime | None]
    check_state: Mapped[str] = mapped_column(server_default="")
    check_message: Mapped[str] = mapped_column(server_default="")
