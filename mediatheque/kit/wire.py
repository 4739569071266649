"""Base classes of wire shapes, and the texts that come in with them."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""C0 without tabulator and line ends. No format characters: Persian needs the non-joiner."""


def _printable(value: str) -> str:
    found = _CONTROLS.search(value)
    if found is not None:
        raise ValueError(
            f"This text holds the control character U+{ord(found[0]):04X}. Take it out."
        )
    return value


def _in_one_line(value: str) -> str:
    return " ".join(_printable(value).split())


def _in_lines(value: str) -> str:
    return _printable(value).replace("\r\n", "\n")


_TRIMMED = StringConstraints(strip_whitespace=True)
OneLine = Annotated[str, _TRIMMED, AfterValidator(_in_one_line)]
"""Text in one line: breaks and runs of space become one space. Lengths are the field's to say."""
Prose = Annotated[str, _TRIMMED, AfterValidator(_in_lines)]
"""Text of several lines."""


class Wire(BaseModel):
    """What is sent out: built from rows (mappings or attributes)."""

    model_config = ConfigDict(from_attributes=True)


class Input(BaseModel):
    """What comes in: unknown fields are refused by name, strings are trimmed."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Filter(BaseModel):
    """Query parameters of a list: an unknown one is refused with its name."""

    model_config = ConfigDict(extra="forbid")
