"""Seasons and episodes on the wire."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field, field_validator

from mediatheque.areas.catalog.schemas.texts import Line, Prose
from mediatheque.kit.wire import Input, Wire

HIGHEST = 9999


class EpisodeInput(Input):
    """An episode without its number, which the address gives."""

    title: Line | None = None
    aired_on: date | None = None
    runtime_minutes: int | None = Field(None, ge=0, le=100_000)
    synopsis: Prose | None = None


class EpisodeCreate(EpisodeInput):
    """An episode within a list."""

    number: int = Field(ge=0, le=HIGHEST)


class SeasonInput(Input):
    """A season without its number. Absent ``episodes`` stay as they are; a list replaces them."""

    title: Line | None = None
    expected_episodes: int | None = Field(None, ge=0, le=HIGHEST)
    episodes: list[EpisodeCreate] | None = Field(None, max_length=5000)

    @field_validator("episodes")
    @classmethod
    def _once(cls, episodes: list[EpisodeCreate] | None) -> list[EpisodeCreate] | None:
        numbers = [episode.number for episode in episodes or ()]
        if len(set(numbers)) < len(numbers):
            raise ValueError("An episode number is there twice.")
        return episodes


class SeasonCreate(SeasonInput):
    """A season within a list; number 0 holds the specials."""

    number: int = Field(ge=0, le=HIGHEST)


class SeasonRead(Wire):
    """A season with its counts. Complete: as many episodes as expected, and any are expected."""

    id: UUID
    number: int
    title: str | None
    expected_episodes: int | None
    episodes_count: int
    is_complete: bool


class EpisodeRead(Wire):
    """An episode."""

    id: UUID
    number: int
    title: str | None
    synopsis: str | None
    aired_on: date | None
    runtime_minutes: int | None


class SeasonPage(SeasonRead):
    """A season with its episodes."""

    episodes: list[EpisodeRead]
