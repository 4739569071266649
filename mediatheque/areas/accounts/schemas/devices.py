"""Wire shapes of devices: those of RFC 6749, 7009 and 8628, and one for the page that lets in."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from mediatheque.kit.wire import OneLine, Wire

_TEXT = 500


class DeviceRequest(BaseModel):
    """A device wants in. Unknown parameters are ignored, as the RFC asks."""

    client_id: OneLine = Field("", max_length=100, description="What people call the device.")
    scope: str = Field("", max_length=_TEXT, description="Not used: a device acts as its user.")


class DeviceCodeRead(Wire):
    """Where and with which code somebody lets the device in (RFC 8628, 3.2)."""

    device_code: str
    user_code: str
    verification_uri: str
    verification_uri_complete: str
    expires_in: int = Field(description="Seconds.")
    interval: int = Field(description="Seconds between two questions.")


class TokenRequest(BaseModel):
    """A device asks for tokens (RFC 6749, 4 and 6; RFC 8628, 3.4)."""

    grant_type: str = Field("", max_length=_TEXT)
    device_code: str = Field("", max_length=_TEXT)
    refresh_token: str = Field("", max_length=_TEXT)
    client_id: str = Field("", max_length=100)
    scope: str = Field("", max_length=_TEXT)


class TokenRead(Wire):
    """An access token and what the next one is bought with, once (RFC 6749, 5.1)."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105  (the type's name)
    expires_in: int = Field(description="Seconds.")
    refresh_token: str


class RevocationRequest(BaseModel):
    """A device gives a token back (RFC 7009)."""

    token: str = Field("", max_length=_TEXT)
    token_type_hint: str = Field("", max_length=_TEXT)
    client_id: str = Field("", max_length=100)


class TokenRefused(Wire):
    """Why there is no token (RFC 6749, 5.2; RFC 8628, 3.5)."""

    error: Literal[
        "authorization_pending",
        "slow_down",
        "access_denied",
        "expired_token",
        "invalid_grant",
        "invalid_request",
        "unsupported_grant_type",
    ]
    error_description: str = ""


class DeviceRead(Wire):
    """A device that waits to be let in."""

    id: UUID
    name: str = Field(description="What it calls itself.")
    device: str = Field(description="What it seems to be, by its user agent.")
    ip: str
    created_at: datetime
    expires_at: datetime
