"""Templates that recur, on the wire."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, Field, WithJsonSchema

from mediatheque.areas.live.schemas.channels import WebAddress
from mediatheque.areas.live.schemas.texts import Description, Genre, SubTitle, Title
from mediatheque.kit.wire import Input, Wire


def _without_offset(value: time) -> time:
    if value.tzinfo is not None:
        raise ValueError("Give the time on the wall clock, without an offset: 20:15.")
    return value


WallTime = Annotated[
    time,
    AfterValidator(_without_offset),
    WithJsonSchema(
        {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$"}
    ),
]
"""A time on some wall clock. JSON Schema's ``time`` is another: it always has an offset."""


class OverrideWords(Input):
    """What one occurrence says otherwise; what is not sent is as in the template."""

    title: Title = ""
    sub_title: SubTitle | None = None
    description: Description | None = None
    genres: list[Genre] = Field(default=[], max_length=20)
    min_age: int | None = Field(None, ge=0, le=21)
    icon_url: WebAddress | None = None


class TemplateOverride(Input):
    """One occurrence that differs: it falls out, is at another time, or has other words."""

    occurs_on: date = Field(description="The day that the rule gives.")
    is_cancelled: bool = False
    start_at: AwareDatetime | None = None
    duration_minutes: int | None = Field(None, ge=1, le=2_880)
    changes: OverrideWords = Field(default_factory=OverrideWords)


class TemplateCreate(Input):
    """A rule that makes entries, at the same time of the wall clock all year."""

    channel_id: UUID
    title: Title
    sub_title: SubTitle | None = None
    description: Description | None = None
    genres: list[Genre] = Field(default=[], max_length=20)
    min_age: int | None = Field(None, ge=0, le=21)
    icon_url: WebAddress | None = None
    title_id: UUID | None = Field(None, description="The work of the catalogue that it is.")
    rrule: str = Field(
        min_length=6, max_length=500, description="RFC 5545: FREQ=WEEKLY;BYDAY=MO,FR. Days only."
    )
    starts_on: date = Field(ge=date(2000, 1, 1), le=date(2100, 1, 1))
    until_on: date | None = Field(None, description="The last day.")
    start_time: WallTime = Field(description="On the wall clock of the time zone: 20:15.")
    duration_minutes: int = Field(ge=1, le=2_880)
    time_zone: str | None = Field(
        None, max_length=64, description="IANA: Europe/Paris. Without one, the space's."
    )
    is_enabled: bool = True
    overrides: list[TemplateOverride] = Field(default=[], max_length=500)


class TemplateUpdate(Input):
    """What to change of a template; what is not sent stays, overrides are replaced whole."""

    channel_id: UUID | None = None
    title: Title | None = None
    sub_title: SubTitle | None = None
    description: Description | None = None
    genres: list[Genre] | None = Field(None, max_length=20)
    min_age: int | None = Field(None, ge=0, le=21)
    icon_url: WebAddress | None = None
    title_id: UUID | None = None
    rrule: str | None = Field(None, min_length=6, max_length=500)
    starts_on: date | None = Field(None, ge=date(2000, 1, 1), le=date(2100, 1, 1))
    until_on: date | None = None
    start_time: WallTime | None = None
    duration_minutes: int | None = Field(None, ge=1, le=2_880)
    time_zone: str | None = Field(None, max_length=64)
    is_enabled: bool | None = None
    overrides: list[TemplateOverride] | None = Field(None, max_length=500)


class TemplatePreviewed(TemplateCreate):
    """A template as it would be; ``template_id`` is the one that it would replace."""

    template_id: UUID | None = None
    days: int = Field(14, ge=1, le=92, description="From today, or from the first day if later.")


class InTheWay(Wire):
    """An entry that is on at that time; without id another day of the same template.

    Without title one that does not suit the profile.
    """

    id: UUID | None
    title: str | None
    start_at: datetime
    stop_at: datetime


class TemplateOccurrence(Wire):
    """An entry that a template makes, and what is in its way."""

    occurs_on: date
    start_at: datetime
    stop_at: datetime
    title: str
    is_cancelled: bool
    is_changed: bool
    conflicts: list[InTheWay]


class TemplatePreview(Wire):
    """What a template would make."""

    occurrences: list[TemplateOccurrence]


class OverrideRead(Wire):
    """One occurrence that differs."""

    occurs_on: date
    is_cancelled: bool
    start_at: datetime | None
    duration_minutes: int | None
    changes: dict[str, Any]


class EditedDay(Wire):
    """One occurrence that somebody changed in the schedule: by hand, the template leaves it."""

    id: UUID
    occurs_on: date
    start_at: datetime
    stop_at: datetime
    title: str


class TemplateRead(Wire):
    """A template. ``made_until`` is the last day for which entries were made."""

    id: UUID
    channel_id: UUID
    channel_name: str
    title: str
    sub_title: str | None
    description: str | None
    genres: list[str]
    min_age: int | None
    icon_url: str | None
    title_id: UUID | None
    rrule: str
    starts_on: date
    until_on: date | None
    start_time: WallTime
    duration_minutes: int
    time_zone: str
    is_enabled: bool
    made_until: date | None
    overrides: list[OverrideRead]
    edited: list[EditedDay] = Field(description="Changed by hand, from yesterday on.")


class Filled(Wire):
    """What a template made of the schedule; what was in its way was left as it is."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    skipped: list[TemplateOccurrence] = Field(default=[])


class TemplateWritten(Wire):
    """The template, and what writing it did to the schedule."""

    template: TemplateRead
    filled: Filled
