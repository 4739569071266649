"""Which features a space, or the house, switched on or off."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, func
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base, SpaceOwned


class FlagChoice(SpaceOwned, Base):
    """A space's own choice about a feature; without a row the house's counts."""

    __tablename__ = "spaces_flags"

    space_id: Mapped[UUID] = mapped_column(
        ForeignKey("spaces_spaces.id", ondelete="CASCADE"), primary_key=True, sort_order=-10
    )
    name: Mapped[str] = mapped_column(primary_key=True)
    is_on: Mapped[bool]
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())


class FlagDefault(Base):
    """The house's choice about a feature; without a row the one in the program counts."""

    __tablename__ = "spaces_flag_defaults"

    name: Mapped[str] = mapped_column(primary_key=True)
    is_on: Mapped[bool]
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())
