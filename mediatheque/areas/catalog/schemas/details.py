"""What works of each kind have besides what all have."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, Field, ValidationError, model_validator

from mediatheque.areas.catalog.rules.external_ids import clean_isbn
from mediatheque.areas.catalog.rules.refusals import BadDetailsError
from mediatheque.areas.catalog.schemas.texts import Heading, Line, Word
from mediatheque.kit.wire import Input

Kind = Literal["movie", "series", "album", "book", "game", "comic", "other"]
Status = Literal["draft", "in_review", "scheduled", "published", "archived"]

Isbn13 = Annotated[str, AfterValidator(clean_isbn)]
Count = Annotated[int, Field(ge=1, le=100_000)]


class MovieDetails(Input):
    """A film has no further details."""


class SeriesDetails(Input):
    """A series has seasons instead."""


class BookDetails(Input):
    """A book. ``isbn13`` is also its external id."""

    isbn13: Isbn13 | None = Field(None, description="ISBN-13, or an ISBN-10 to convert.")
    pages: Count | None = None
    publisher: Line | None = None
    series_name: Line | None = None
    series_position: float | None = Field(None, ge=0, le=100_000)


class Track(Input):
    """A track of an album; the position is as printed, such as ``3``, ``A2`` or ``2-07``."""

    position: Word
    title: Heading
    seconds: int | None = Field(None, ge=0, le=1_000_000)


class AlbumDetails(Input):
    """A record."""

    label: Line | None = None
    catalog_number: Line | None = None
    tracks: list[Track] | None = Field(None, max_length=1000)


class GameDetails(Input):
    """A game, played on a screen or on a table."""

    platforms: list[Word] | None = Field(None, max_length=100)
    developer: Line | None = None
    publisher: Line | None = None
    players_min: Count | None = None
    players_max: Count | None = None

    @model_validator(mode="after")
    def _players(self) -> GameDetails:
        if self.players_min and self.players_max and self.players_max < self.players_min:
            raise ValueError("The greatest number of players is below the least.")
        return self


class ComicDetails(Input):
    """A comic: one issue, or a volume."""

    issue: Line | None = None
    series_name: Line | None = None
    publisher: Line | None = None
    pages: Count | None = None


class OtherDetails(Input):
    """A work of no other kind has no further details."""


Details = (
    MovieDetails
    | SeriesDetails
    | BookDetails
    | AlbumDetails
    | GameDetails
    | ComicDetails
    | OtherDetails
)

DETAILS: Final[dict[str, type[Details]]] = {
    "movie": MovieDetails,
    "series": SeriesDetails,
    "album": AlbumDetails,
    "book": BookDetails,
    "game": GameDetails,
    "comic": ComicDetails,
    "other": OtherDetails,
}


def stored_details(details: Details) -> dict[str, Any]:
    """Details as the table keeps them: what was said, nulls included where they were sent."""
    return details.model_dump(mode="json", exclude_unset=True)


def read_details(kind: str, given: Any) -> dict[str, Any]:  # noqa: ANN401  (what a client sent)
    """Check details against the kind; raises :class:`BadDetailsError` that names the field."""
    try:
        return stored_details(DETAILS[kind].model_validate(given))
    except ValidationError as error:
        complaints = [
            {
                "field": ".".join(["details", *(str(part) for part in one["loc"])]),
                "in": "body",
                "message": one["msg"],
                "type": one["type"],
            }
            for one in error.errors()
        ]
        first = complaints[0]
        raise BadDetailsError(
            f"{first['field']}: {first['message']}",
            field=first["field"],
            details={"errors": complaints},
        ) from error
