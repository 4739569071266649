"""How the services of a space refuse, and what their secrets are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mediatheque.kit.errors import BadInputError, ConflictError, NotFoundError

if TYPE_CHECKING:
    from uuid import UUID

LONG_ENOUGH: Final = 12
"""A secret of so many characters may show its last four."""
REMEDY: Final = "Set it anew, or give the house its old master key back and restart."


class NoSuchIntegrationError(NotFoundError):
    """No service has this name."""

    code = "no_such_integration"
    message = "There is no service of this name."


class IntegrationInvalidError(BadInputError):
    """A setting has not the form that its service needs; ``field`` says which."""

    code = "integration_invalid"
    message = "A setting has not the form that the service needs."


class IntegrationOffError(ConflictError):
    """The service is not set up in this space."""

    code = "integration_off"
    message = "This service is not set up. Fill in its settings first."


class IntegrationBrokenError(ConflictError):
    """A secret of the service cannot be read, so it is not called."""

    code = "integration_broken"
    message = "A secret of this service cannot be read. Set it anew in the space's settings."


class NotCheckableError(ConflictError):
    """There is no call that would try the service."""

    code = "integration_not_checkable"
    message = "This service cannot be tried from here."


def about(space_id: UUID, service: str, field: str) -> str:
    """What a secret is about: it opens at this place only."""
    return f"integration {space_id} {service} {field}"


def last_four(secret: str) -> str | None:
    """The end of a secret, if it is long enough to give it away."""
    return secret[-4:] if len(secret) >= LONG_ENOUGH else None
