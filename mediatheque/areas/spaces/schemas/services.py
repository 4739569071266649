"""The settings of the services that a space can bring, each with its own shape.

What is secret is a ``SecretStr``: it is encrypted, and never told again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    SecretStr,
)
from pydantic.fields import FieldInfo

from mediatheque.areas.accounts.schemas import Email
from mediatheque.kit.wire import OneLine

Text = Annotated[OneLine, Field(min_length=1, max_length=400)]


def _bare(url: HttpUrl) -> HttpUrl:
    if url.username or url.password:
        raise ValueError(
            "Leave name and password out of the address: they have fields of their own."
        )
    return url


Url = Annotated[HttpUrl, AfterValidator(_bare)]
Secret = Annotated[SecretStr, Field(min_length=1, max_length=4000)]


class Settings(BaseModel):
    """The base of all: no other fields than those that are named."""

    model_config = ConfigDict(extra="forbid")


class Tmdb(Settings):
    """The Movie Database: synopses, posters, credits, running times."""

    token: Secret = Field(description="API read access token (the long one).")


class Plex(Settings):
    """A Plex media server."""

    url: Url = Field(description="Its address, as this house reaches it.")
    token: Secret = Field(description="`X-Plex-Token` of an account that sees the libraries.")


class Barcode(Settings):
    """A service that knows what a bar code is printed on."""

    provider: Literal["upcitemdb", "barcode_lookup", "discogs"] = Field(description="Which one.")
    key: Secret = Field(description="API key.")


class Vision(Settings):
    """A model that reads covers and pictures."""

    url: Url = Field(description="Address of its OpenAI-compatible API, with `/v1`.")
    model: Text = Field(description="Name of the model.")
    key: Secret = Field(description="API key.")


class Smtp(Settings):
    """The mail server that sends letters in the space's name."""

    host: Text = Field(description="Name of the server.")
    port: int = Field(587, ge=1, le=65_535, description="587 with STARTTLS, 465 with TLS.")
    security: Literal["starttls", "tls", "none"] = Field("starttls", description="Encryption.")
    user: Text | None = Field(None, description="Name to sign in with.")
    password: Secret | None = Field(None, description="Password to sign in with.")
    sender: Email = Field(description="Address that letters come from.")


class Payment(Settings):
    """Who takes payments."""

    provider: Literal["stripe"] = Field("stripe", description="Which one.")
    key: Secret = Field(description="Secret key (`sk_…`).")
    webhook_secret: Secret = Field(description="Secret that its messages are signed with.")


class Analytics(Settings):
    """Who counts visits of the public pages."""

    provider: Literal["plausible", "matomo", "umami"] = Field(description="Which one.")
    url: Url = Field(description="Its address.")
    site: Text = Field(description="What it calls this site.")
    key: Secret | None = Field(None, description="API key, if figures are to be read from it.")


@dataclass(frozen=True, slots=True)
class Service:
    """A service: what programs and people call it, and the shape of its settings."""

    name: str
    label: str
    shape: type[Settings]

    @property
    def description(self) -> str:
        """What it is for."""
        return (self.shape.__doc__ or "").strip()

    @property
    def secrets(self) -> frozenset[str]:
        """The fields that are encrypted."""
        fields = self.shape.model_fields.items()
        return frozenset(name for name, field in fields if is_secret(field))


def is_secret(field: FieldInfo) -> bool:
    """Whether a field holds a secret."""
    return any(one is SecretStr for one in _types(field.annotation))


def kind_of(field: FieldInfo) -> tuple[str, list[str]]:
    """How a field is asked for: ``secret``, ``choice``, ``url``, ``number``, ``text``; choices."""
    types = _types(field.annotation)
    choices = [str(one) for one in types if isinstance(one, str)]
    if choices:
        return "choice", choices
    if SecretStr in types:
        return "secret", []
    if HttpUrl in types:
        return "url", []
    return ("number", []) if int in types else ("text", [])


def _types(annotation: Any) -> list[Any]:  # noqa: ANN401  (any annotation)
    """The parts of an annotation, inside of unions and of what is annotated."""
    parts = get_args(annotation)
    if not parts:
        return [annotation]
    return [inner for part in parts for inner in _types(part)]


SERVICES: dict[str, Service] = {
    one.name: one
    for one in (
        Service("tmdb", "TMDB", Tmdb),
        Service("plex", "Plex", Plex),
        Service("barcode", "Bar codes", Barcode),
        Service("vision", "Vision", Vision),
        Service("smtp", "Mail server", Smtp),
        Service("payment", "Payments", Payment),
        Service("analytics", "Analytics", Analytics),
    )
}
"""Every service, by name."""
