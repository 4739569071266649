"""Strings as they come in. PostgreSQL's text has no NUL, and a line has no control characters."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints


def _one_line(value: str) -> str:
    if not all(char.isprintable() or char.isspace() for char in value):
        raise ValueError("This text holds a control character.")
    return " ".join(value.split())


def _no_nul(value: str) -> str:
    if "\0" in value:
        raise ValueError("This text holds a NUL character.")
    return value.replace("\r\n", "\n")


Line = Annotated[str, StringConstraints(max_length=500), AfterValidator(_one_line)]
"""One line; may be empty."""
Heading = Annotated[Line, Field(min_length=1)]
"""One line that says something."""
Word = Annotated[str, StringConstraints(min_length=1, max_length=100), AfterValidator(_one_line)]
"""A term of a vocabulary, a short label."""
Name = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_one_line)]
"""A person's name."""
Prose = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(_no_nul)]
"""Text of several lines."""
