"""A work as it comes in."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from mediatheque.areas.catalog.rules.ages import OLDEST, age_of
from mediatheque.areas.catalog.rules.external_ids import BadExternalIdError, clean_id
from mediatheque.areas.catalog.rules.words import clean_country, clean_language
from mediatheque.areas.catalog.schemas.details import (
    DETAILS,
    Details,
    Kind,
    OtherDetails,
    Status,
)
from mediatheque.areas.catalog.schemas.series import SeasonCreate
from mediatheque.areas.catalog.schemas.texts import Heading, Line, Name, Prose, Word
from mediatheque.kit.text import slugify
from mediatheque.kit.wire import Input

Job = Literal[
    "director",
    "writer",
    "actor",
    "author",
    "artist",
    "composer",
    "performer",
    "developer",
    "publisher",
    "illustrator",
    "creator",
    "producer",
    "editor",
    "translator",
    "narrator",
    "conductor",
    "cinematographer",
    "other",
]


def _address(value: str) -> str:
    if slugify(value) != value:
        raise ValueError("An address is lower-case words joined by hyphens.")
    return value


Slug = Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_address)]
Language = Annotated[str, AfterValidator(clean_language)]
Country = Annotated[str, AfterValidator(clean_country)]
Year = Annotated[int, Field(ge=-3000, le=2999)]
Minutes = Annotated[int, Field(ge=0, le=100_000)]
MinimumAge = Annotated[int, Field(ge=0, le=OLDEST)]
PublicRating = Annotated[float, Field(ge=0, le=10)]
Words = Annotated[list[Word], Field(max_length=100)]


class Aged(Input):
    """An age rating with the age it means, which is read from it where it is not sent."""

    age_rating: Line | None = Field(None, description="As a board says it, e.g. `FSK 16`, `PG-13`.")
    minimum_age: MinimumAge | None = Field(
        None, description="In years; read from the age rating if absent. Null is unknown."
    )

    @model_validator(mode="after")
    def _read_age(self) -> Self:
        if self.age_rating and "minimum_age" not in self.model_fields_set:
            age = age_of(self.age_rating)
            if age is not None:
                self.minimum_age = age
        return self


class CreditInput(Input):
    """Somebody's part in a work. People are found by name, or by ``person_id``; else made."""

    name: Name
    job: Job
    character: Line | None = None
    person_id: UUID | None = None


def _clean_ids(given: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    wrong: list[InitErrorDetails] = []
    for scheme, value in given.items():
        try:
            found[scheme] = clean_id(scheme, value)
        except BadExternalIdError as error:
            complaint = PydanticCustomError("bad_external_id", "{why}", {"why": str(error)})
            wrong.append(InitErrorDetails(type=complaint, loc=(scheme,), input=value))
    if wrong:
        raise ValidationError.from_exception_data("external_ids", wrong)
    return found


def _numbers_once(seasons: list[SeasonCreate]) -> list[SeasonCreate]:
    if len({season.number for season in seasons}) < len(seasons):
        raise ValueError("A season number is there twice.")
    return seasons


ExternalIds = Annotated[dict[str, str], Field(max_length=50), AfterValidator(_clean_ids)]
Seasons = Annotated[list[SeasonCreate], Field(max_length=500), AfterValidator(_numbers_once)]
Credits = Annotated[list[CreditInput], Field(max_length=1000)]


class TitleCreate(Aged):
    """A new work; ``details`` are those of its kind."""

    kind: Kind
    title: Heading
    slug: Slug | None = Field(
        None, description="Public address; made from title and year if absent."
    )
    original_title: Line | None = None
    sort_title: Line | None = Field(None, description="Without the leading article if absent.")
    synopsis: Prose | None = None
    year: Year | None = None
    released_on: date | None = None
    runtime_minutes: Minutes | None = None
    rating: PublicRating | None = Field(None, description="Public average, 0 to 10.")
    languages: list[Language] = Field([], max_length=50, description="ISO 639 codes.")
    countries: list[Country] = Field([], max_length=50, description="ISO 3166-1 codes.")
    genres: Words = Field([])
    tags: Words = Field([])
    moods: Words = Field([])
    themes: Words = Field([])
    external_ids: ExternalIds = Field({}, description="Scheme → value, such as imdb → tt0017136.")
    credits: Credits = Field([], description="In the order of the credits.")
    details: Details = Field(default_factory=OtherDetails)
    seasons: Seasons = Field([], description="Only of series.")
    status: Status = "published"
    available_from: AwareDatetime | None = None
    available_until: AwareDatetime | None = None

    @field_validator("details", mode="before")
    @classmethod
    def _of_its_kind(cls, value: Any, info: ValidationInfo) -> Any:  # noqa: ANN401  (raw input)
        shape = DETAILS.get(info.data.get("kind", ""))
        if shape is None or isinstance(value, shape):
            return value
        return shape.model_validate(value)

    @field_validator("seasons")
    @classmethod
    def _of_series(cls, value: list[SeasonCreate], info: ValidationInfo) -> list[SeasonCreate]:
        if value and info.data.get("kind") != "series":
            raise ValueError("Only a series has seasons.")
        return value


class TitleUpdate(Aged):
    """What is to change: fields that are not sent stay as they are, null empties one.

    ``details`` are merged into those stored. A scheme of ``external_ids`` with null loses its
    ids. ``seasons`` is the whole list; a season without ``episodes`` keeps those it has. The
    defaults of fields that cannot be empty are never read: only what was sent is.
    """

    revision: int | None = Field(None, description="The revision that was read; 409 if it moved.")
    kind: Kind = "other"
    title: Heading = ""
    slug: Slug = ""
    original_title: Line | None = None
    sort_title: Line | None = None
    synopsis: Prose | None = None
    year: Year | None = None
    released_on: date | None = None
    runtime_minutes: Minutes | None = None
    rating: PublicRating | None = None
    languages: list[Language] = Field([], max_length=50)
    countries: list[Country] = Field([], max_length=50)
    genres: Words = Field([])
    tags: Words = Field([])
    moods: Words = Field([])
    themes: Words = Field([])
    external_ids: dict[str, str | None] = Field({}, max_length=50)
    credits: Credits = Field([])
    details: dict[str, Any] = Field({})
    seasons: Seasons = Field([])
    status: Status = "published"
    available_from: AwareDatetime | None = None
    available_until: AwareDatetime | None = None

    @field_validator("external_ids")
    @classmethod
    def _clean(cls, value: dict[str, str | None]) -> dict[str, str | None]:
        cleaned = _clean_ids({scheme: one for scheme, one in value.items() if one is not None})
        return {scheme: cleaned.get(scheme) for scheme in value}

    def sent(self) -> dict[str, Any]:
        """The fields that were sent, without the revision."""
        return {name: getattr(self, name) for name in self.model_fields_set if name != "revision"}
