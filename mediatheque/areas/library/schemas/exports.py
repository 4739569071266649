"""What an export can be asked for."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from mediatheque.areas.catalog.schemas.details import Kind
from mediatheque.areas.library.schemas.filters import Words
from mediatheque.kit.wire import Filter


class ExportFilter(Filter):
    """Which part of the collection; without a filter all of it."""

    library: Words = Field([], description="Slugs or ids of libraries: only what stands there.")
    kind: Annotated[list[Kind], Field(max_length=20)] = Field([])


class TableFilter(ExportFilter):
    """Which part, and how wide the table is."""

    columns: Literal["template", "all"] = Field(
        "template", description="Those of the template, or every column that an import reads."
    )
