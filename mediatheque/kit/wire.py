"""Base classes of wire shapes."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Wire(BaseModel):
    """What is sent out: built from rows (mappings or attributes)."""

    model_config = ConfigDict(from_attributes=True)


class Input(BaseModel):
    """What comes in: unknown fields are refused by name, strings are trimmed."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Filter(BaseModel):
    """Query parameters of a list: an unknown one is refused with its name."""

    model_config = ConfigDict(extra="forbid")
