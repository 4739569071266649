"""Errors on the wire: one envelope, documented per route."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from mediatheque.core.context import LimitedProfileError
from mediatheque.kit.errors import NotSignedInError, RefusalError


class ErrorBody(BaseModel):
    """What went wrong, for people (``message``) and for programs (``code``, ``details``)."""

    code: str
    message: str
    field: str | None = None
    details: dict[str, Any] = Field(default_factory=dict)
    request_id: str = ""


class ErrorEnvelope(BaseModel):
    """The answer of every request that was not carried out."""

    error: ErrorBody


def envelope(refusal: RefusalError, request_id: str) -> dict[str, Any]:
    """A refusal as its answer's body."""
    return {
        "error": {
            "code": refusal.code,
            "message": refusal.text,
            "field": refusal.field,
            "details": refusal.details,
            "request_id": request_id,
        }
    }


def raises(*refusals: type[RefusalError]) -> dict[int | str, dict[str, Any]]:
    """OpenAPI responses for the refusals that a route can answer with.

    Whoever must be signed in may also be so in a profile with a limit.
    """
    documented: dict[int | str, dict[str, Any]] = {}
    if NotSignedInError in refusals and LimitedProfileError not in refusals:
        refusals = (*refusals, LimitedProfileError)
    for refusal in refusals:
        entry = documented.setdefault(
            refusal.status, {"model": ErrorEnvelope, "description": refusal.message}
        )
        codes = entry.setdefault("x-codes", [])
        if refusal.code not in codes:
            codes.append(refusal.code)
    return documented
