"""Texts that come in: trimmed, in one line where it is one, and without what no screen shows."""

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import BaseModel, Field, ValidationError

from mediatheque.kit.wire import OneLine, Prose


class Said(BaseModel):
    line: Annotated[OneLine, Field(min_length=1, max_length=12)] = "x"
    prose: Annotated[Prose, Field(max_length=40)] = ""


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ("  Le  Voyage\r\n", "Le Voyage"),
        ("a\tb\nc\u2028d\u00a0e", "a b c d e"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # the non-joiner is spelling in Persian
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("soft\u00adly", "soft\u00adly"),
    ],
)
def test_a_line_is_one_line_and_keeps_its_spelling(given: str, line: str) -> None:
    assert Said(line=given).line == line


@pytest.mark.parametrize("sign", ["\x00", "\x08", "\x0b", "\x1b", "\x1f", "\x7f"])
def test_a_control_character_is_refused_by_its_number(sign: str) -> None:
    for field in ("line", "prose"):
        with pytest.raises(ValidationError, match=rf"U\+{ord(sign):04X}"):
            Said.model_validate({field: f"a{sign}b"})


@pytest.mark.parametrize("given", ["", "   ", "\r\n\t", "a" * 13])
def test_lengths_count_what_is_left(given: str) -> None:
    with pytest.raises(ValidationError):
        Said(line=given)


def test_prose_keeps_its_lines() -> None:
    assert Said(prose=" one\r\n\r\n\ttwo  three\n").prose == "one\n\n\ttwo  three"
