"""Wire shapes of users."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
)

from mediatheque.areas.accounts.rules import (
    PASSWORD_LIMIT,
    clean_email,
    clean_locale,
    clean_time_zone,
)
from mediatheque.kit.wire import Input, OneLine, Wire

Line = Annotated[OneLine, Field(min_length=1, max_length=200)]
"""One line of text that people typed."""


Email = Annotated[str, StringConstraints(max_length=320), AfterValidator(clean_email)]


Password = Annotated[SecretStr, Field(min_length=1, max_length=PASSWORD_LIMIT)]
"""Shown in no log, and not trimmed."""


TimeZone = Annotated[str, AfterValidator(clean_time_zone)]
"""A name of the IANA time zone database."""


Token = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class SecretInput(Input):
    """Input with a password, whose spaces count."""

    model_config = ConfigDict(str_strip_whitespace=False)


class UserRead(Wire):
    """A user as they see themselves."""

    id: UUID
    email: str
    name: str
    locale: str = Field(description="Language tag, e.g. `de` or `pt-BR`.")
    time_zone: str = Field(description="IANA name, e.g. `Europe/Vienna`.")
    is_instance_owner: bool
    instance_role: Literal["owner", "operator", "auditor"] | None = Field(
        description="Their part in the administration of the house."
    )
    is_verified: bool = Field(description="Whether letters to the address reach its owner.")
    has_password: bool = Field(description="False for who signs in elsewhere only.")


class SignInRequest(SecretInput):
    """What somebody types to come in."""

    email: Annotated[
        str, StringConstraints(strip_whitespace=True, max_length=320, pattern=r"^[^\x00]*$")
    ]
    password: Password


class SetupState(Wire):
    """Whether the house still waits for its owner."""

    needed: bool


class SetupRequest(SecretInput):
    """Who becomes the owner, by the token of the link in the log."""

    token: Token
    email: Email
    password: Password
    name: Line
    time_zone: TimeZone = Field("UTC", description="IANA, of the owner and of their first space.")


class PasswordChange(SecretInput):
    """The present password and the one after it."""

    current_password: Password
    new_password: Password


class UserUpdate(Input):
    """What users change of themselves; what is left out stays."""

    name: Line = ""
    locale: Annotated[str, AfterValidator(clean_locale)] = ""
    time_zone: TimeZone = ""
