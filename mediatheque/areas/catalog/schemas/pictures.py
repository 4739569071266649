"""Pictures beside what they show."""

from __future__ import annotations

from uuid import UUID

from pydantic import computed_field

from mediatheque.kit.wire import Wire


class PictureSources(Wire):
    """Addresses of a picture's variants: 150, 600 and 1200 px on the long side."""

    small: str
    medium: str
    large: str


class Picture(Wire):
    """A picture with what a page needs before it is loaded."""

    id: UUID
    width: int | None
    height: int | None
    blurhash: str | None
    dominant_color: str | None

    @computed_field  # type: ignore[prop-decorator]  # pydantic's documented form
    @property
    def sources(self) -> PictureSources:
        """Where the variants are."""
        base = f"/api/v1/files/{self.id}"
        return PictureSources(small=f"{base}/small", medium=f"{base}/medium", large=f"{base}/large")
