"""Wire shapes of the services that a space brings."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from mediatheque.kit.wire import Input, Wire

Scalar = str | int | bool | None


class IntegrationField(Wire):
    """One setting of a service, how to ask for it, and what it is now."""

    name: str
    description: str
    kind: Literal["text", "url", "number", "choice", "secret"]
    choices: list[str]
    is_required: bool
    value: Scalar = Field(None, description="What is set; null for a secret, whatever it is.")
    is_set: bool
    last_four: str | None = Field(
        None, description="The end of a secret that is long enough to tell it."
    )
    problem: str | None = Field(
        None, description="Why a secret cannot be read, and what to do about it."
    )


class IntegrationCheck(Wire):
    """What the last call came to."""

    state: Literal["works", "fails"]
    message: str
    checked_at: datetime


class IntegrationRead(Wire):
    """A service of a space. ``broken``: a secret of it cannot be read."""

    name: str
    label: str
    description: str
    state: Literal["off", "set", "broken"]
    can_check: bool = Field(description="Whether it can be tried.")
    fields: list[IntegrationField]
    check: IntegrationCheck | None = None
    key_ids: list[str] = Field(description="Ids of the master keys its secrets are under.")
    changed_at: datetime | None = None


class IntegrationUpdate(Input):
    """New settings. What is not named stays as it is; null takes it away."""

    values: dict[str, Scalar] = Field(max_length=20, description="Field → value.")
