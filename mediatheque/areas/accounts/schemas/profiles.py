"""Wire shapes of profiles."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, SecretStr

from mediatheque.areas.accounts.rules import clean_locale
from mediatheque.areas.accounts.rules.avatars import AvatarName
from mediatheque.areas.accounts.rules.profiles import MaturityLimit
from mediatheque.areas.accounts.schemas.people import Password, SecretInput
from mediatheque.kit.wire import Input, OneLine, Wire


def _digits(pin: SecretStr) -> SecretStr:
    text = pin.get_secret_value()
    if not (text.isascii() and text.isdecimal()):
        raise ValueError("A PIN is 4 to 8 digits.")
    return pin


Pin = Annotated[SecretStr, Field(min_length=4, max_length=8), AfterValidator(_digits)]
ProfileName = Annotated[OneLine, Field(min_length=1, max_length=40)]
Languages = Annotated[
    list[Annotated[str, Field(max_length=20), AfterValidator(clean_locale)]], Field(max_length=10)
]
Genres = Annotated[
    list[Annotated[OneLine, Field(min_length=1, max_length=80)]], Field(max_length=30)
]

LIMIT = "The age up to which works are shown; null for all."
UNKNOWN = "Whether works whose age nobody knows are shown."
LANGUAGES = "Language tags, the preferred first."
GENRES = "Genres that are preferred."


class ProfileRead(Wire):
    """Somebody of the household."""

    id: UUID
    name: str
    avatar: str = Field(description="One of `/profiles/avatars`.")
    is_kids: bool
    maturity_limit: int | None = Field(description=LIMIT)
    shows_unknown: bool = Field(description=UNKNOWN)
    languages: list[str] = Field(description=LANGUAGES)
    genres: list[str] = Field(description=GENRES)
    has_pin: bool
    pin_locked_until: datetime | None = Field(description="Until then no PIN is tried.")
    is_active: bool = Field(description="Whether this session is for it.")
    created_at: datetime


class ProfileCreate(Input):
    """A new profile; a children's one needs a limit."""

    name: ProfileName
    avatar: AvatarName = "fox"
    is_kids: bool = False
    maturity_limit: MaturityLimit | None = Field(None, description=LIMIT)
    shows_unknown: bool | None = Field(
        None, description=f"{UNKNOWN} Without it: not in a children's profile."
    )
    languages: Languages = Field([], description=LANGUAGES)
    genres: Genres = Field([], description=GENRES)


class ProfileUpdate(Input):
    """What changes; what is left out stays."""

    name: ProfileName = ""
    avatar: AvatarName = "fox"
    is_kids: bool = False
    maturity_limit: MaturityLimit | None = Field(None, description=LIMIT)
    shows_unknown: bool = Field(default=True, description=UNKNOWN)
    languages: Languages = Field([], description=LANGUAGES)
    genres: Genres = Field([], description=GENRES)


class ProfileProof(SecretInput):
    """What shows that somebody may: a PIN, or the password of the account."""

    pin: Pin | None = None
    password: Password | None = None


class PinChange(SecretInput):
    """A new PIN; where there is one already, that one or the password too."""

    pin: Pin
    current_pin: Pin | None = None
    password: Password | None = None


class AvatarRead(Wire):
    """A picture to choose."""

    name: str
    label: str
    url: str


class MemberProfile(Wire):
    """A member's profile as a manager sees it."""

    id: UUID
    name: str
    avatar: str
    is_kids: bool
    has_pin: bool
    pin_locked_until: datetime | None
