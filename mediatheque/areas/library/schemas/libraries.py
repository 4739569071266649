"""Libraries on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from mediatheque.areas.library.schemas.copies import LibraryBrief
from mediatheque.kit.wire import Filter, Input, OneLine, Prose, Wire

LibraryKind = Literal["mixed", "movies", "series", "music", "books", "games", "comics"]
Name = Annotated[OneLine, Field(min_length=1, max_length=120)]
Description = Annotated[Prose, Field(max_length=2000)]


class LibraryRead(LibraryBrief):
    """A shelf inside a space with what stands on it."""

    id: UUID
    kind: LibraryKind
    description: str
    archived_at: datetime | None
    is_default: bool = Field(description="Takes the copies for which no library is named.")
    copies_count: int
    titles_count: int


class LibraryCreate(Input):
    """A new shelf."""

    name: Name
    kind: LibraryKind = "mixed"
    description: Description = ""


class LibraryUpdate(Input):
    """What is to change of a shelf; what is not sent stays. Its address stays as it is."""

    name: Name | None = None
    kind: LibraryKind | None = None
    description: Description | None = None
    is_default: Literal[True] | None = None


class LibraryFate(Filter):
    """What becomes of the copies of a deleted library."""

    copies: Literal["delete", "move"] | None = None
    to: UUID | None = Field(None, description="The library that takes them, with `copies=move`.")


class TransferRequest(Input):
    """Where a library is to go."""

    space: Annotated[str, Field(max_length=80, description="Slug of a space you manage too.")]
    rehearse: bool = Field(
        default=True, description="Only say what would happen. False: have it done."
    )


class TransferSummary(Wire):
    """What goes to the other space."""

    is_rehearsal: bool = Field(description="Nothing has happened yet.")
    space: str
    copies: int
    loans: int
    notes: int = Field(description="Of people who are members there; they see their own.")
    editions_made: int
    editions_found: int
    titles_made: int
    titles_found: int
    pictures: int = Field(description="Copied ones; a rehearsal copies none.")
