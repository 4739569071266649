"""People on the wire."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from mediatheque.areas.catalog.schemas.reads import PersonLink, TitleLine
from mediatheque.areas.catalog.schemas.texts import Line, Name
from mediatheque.areas.catalog.schemas.titles import Job
from mediatheque.kit.paging import DEFAULT_LIMIT, MAX_LIMIT, Cursor
from mediatheque.kit.wire import Filter, Input


class PersonName(PersonLink):
    """Somebody; two of one name are told apart by ``distinction``."""

    distinction: str


class PersonRow(PersonName):
    """Somebody in a list."""

    titles_count: int


class PersonTitle(TitleLine):
    """A work that somebody had a part in."""

    character: str | None = Field(description="Whom they play in it.")


class PersonRead(PersonName):
    """Somebody with their works, the newest first."""

    titles: dict[Job, list[PersonTitle]] = Field(description="Job → works.")


class PeopleFilter(Filter):
    """People by the beginning of their name, of either part."""

    q: Annotated[str, Field(max_length=200)] = ""
    cursor: Cursor | None = None
    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT


class PersonUpdate(Input):
    """A new name, and what tells people of one name apart (a year, a profession)."""

    name: Name = ""
    distinction: Line = ""


class PersonMerged(PersonName):
    """Who stays, and the merge, which can be undone."""

    merge_id: UUID


class PeopleMerge(Input):
    """Who is the same person: an id or the address of their page."""

    other: Name
