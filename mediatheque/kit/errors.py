"""Refusals: what the product says when it will not do what was asked.

A refusal is a class with an HTTP status and a stable code; areas subclass the ones below in
their ``rules.py`` and name the condition (``TitleAlreadyPublished``). Anything else that is
raised is a bug and answers 500.
"""

from __future__ import annotations

from typing import Any, ClassVar


class RefusalError(Exception):
    """The base of all refusals.

    ``field`` names the input it is about, ``details`` carries what a program may need
    (conflicting entries, allowed values); the message is a sentence for people.
    """

    status: ClassVar[int] = 400
    code: ClassVar[str] = "bad_request"
    message: ClassVar[str] = "The request cannot be carried out."

    def __init__(
        self,
        message: str | None = None,
        *,
        field: str | None = None,
        details: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        self.text = message or self.message
        self.field = field
        self.details = details or {}
        self.headers = headers or {}
        super().__init__(self.text)


class BadInputError(RefusalError):
    """The request is well formed but asks for something that makes no sense."""

    code = "bad_input"
    message = "The request contains a value that cannot be used."


class UnknownParameterError(BadInputError):
    """A query parameter that the operation does not have."""

    code = "unknown_parameter"


class NotSignedInError(RefusalError):
    """No credential, or one that is no longer valid."""

    status = 401
    code = "not_signed_in"
    message = "Sign in first."


class NotAllowedError(RefusalError):
    """The actor is known but lacks the permission named in the details."""

    status = 403
    code = "not_allowed"
    message = "Your role does not allow this."


class NotFoundError(RefusalError):
    """There is no such thing, or it belongs to another space."""

    status = 404
    code = "not_found"
    message = "There is nothing at this address."


class ConflictError(RefusalError):
    """What was asked contradicts the present state."""

    status = 409
    code = "conflict"
    message = "This conflicts with the present state."


class TooLargeError(RefusalError):
    """An upload or body over its limit."""

    status = 413
    code = "too_large"
    message = "This is larger than the limit allows."


class UnsupportedTypeError(RefusalError):
    """Content of a type that is not accepted here."""

    status = 415
    code = "unsupported_type"
    message = "Files of this type are not accepted."


class MalformedError(RefusalError):
    """Input that does not have the declared shape (FastAPI's validation errors)."""

    status = 422
    code = "malformed"
    message = "The request does not have the expected shape."


class TooManyRequestsError(RefusalError):
    """A rate limit was reached; ``Retry-After`` says when to come back."""

    status = 429
    code = "too_many_requests"
    message = "Too many attempts. Wait a little and try again."


class UnavailableError(RefusalError):
    """A part that is needed is not ready."""

    status = 503
    code = "unavailable"
    message = "The service is starting or a part of it is not available."
