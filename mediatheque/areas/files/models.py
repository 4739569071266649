"""Files that people put in, and the pictures made of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base, SpaceOwned


class File(SpaceOwned, Base):
    """A stored file. For pictures: size in pixels, a blurhash and the dominant colour.

    ``variants`` maps a variant's name (``small.webp``) to ``{key, width, height, content_type,
    size}``; ``key`` and ``content_type`` are the largest one's, ``size`` is all of them together,
    ``sha256`` that of the bytes that were sent. ``unused_since`` is when nothing pointed at it
    any more; it goes some time after.
    """

    __tablename__ = "files_files"
    __table_args__ = (CheckConstraint("kind IN ('image', 'document')", name="kind"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    kind: Mapped[str]
    key: Mapped[str]
    name: Mapped[str] = mapped_column(server_default="")
    content_type: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str]
    width: Mapped[int | None]
    height: Mapped[int | None]
    blurhash: Mapped[str | None]
    dominant_color: Mapped[str | None]
    variants: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    alt: Mapped[str] = mapped_column(server_default="")
    created_by: Mapped[UUID | None]
    unused_since: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
