"""Strings as they come in, by their lengths."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mediatheque.kit import wire

Line = Annotated[wire.OneLine, Field(max_length=500)]
"""One line; may be empty."""
Heading = Annotated[Line, Field(min_length=1)]
"""One line that says something."""
Word = Annotated[wire.OneLine, Field(min_length=1, max_length=100)]
"""A term of a vocabulary, a short label."""
Name = Annotated[wire.OneLine, Field(min_length=1, max_length=200)]
"""A person's name."""
Prose = Annotated[wire.Prose, Field(max_length=20_000)]
"""Text of several lines."""
