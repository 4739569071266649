from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediatheque.kit.jsonstream import stream_entries, top_keys
from mediatheque.kit.unreadable import UnreadableError

KEYS = ("titles", "items")


def read(document: str | bytes) -> list[Any]:
    data = document.encode() if isinstance(document, str) else document
    return list(stream_entries(io.BytesIO(data), KEYS))


@pytest.mark.parametrize(
    ("document", "entries"),
    [
        ("[]", []),
        ('[{"a": 1.5}, 2, "x", null, [3]]', [{"a": 1.5}, 2, "x", None, [3]]),
        ('{"x": {"titles": [9]}, "titles": [1, {"b": []}], "z": [1]}', [1, {"b": []}]),
        ('{\n "version": 1,\n "items": [{}]\n}', [{}]),
        ('{"a": 1}\n{"a": 2}\n\n{"a": 3}', [{"a": 1}, {"a": 2}, {"a": 3}]),
        ('{"a": 1}', [{"a": 1}]),
        ("\ufeff[1]", [1]),
        ('{"titles": []}', []),
    ],
)
def test_shapes(document: str, entries: list[Any]) -> None:
    assert read(document) == entries


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("", "empty_file"),
        ("  \n", "empty_file"),
        ("title,year", "json_damaged"),
        ('[{"a": 1}', "json_damaged"),
        ("[1 2]", "json_damaged"),
        ('{"titles": [{"a": }]}', "json_damaged"),
        ('{\n "title": "alone"\n}', "not_this_format"),
        ("[" * 100_000, "too_large"),
        ('[{"a":' + '{"a":' * 100_000, "too_large"),
        ("[[" + "1," * 600_000 + "1]]", "too_large"),
        ('["é"]'.encode("utf-16"), "encoding"),
        ("[" + "9" * 5000 + "]", "json_damaged"),
        ("[123456789012345678901234567890]", "json_damaged"),
        ("[1e400]", "json_damaged"),
    ],
)
def test_refusals(document: str | bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read(document)
    assert refused.value.code == code


def test_what_stands_before_the_damage_is_read() -> None:
    entries = stream_entries(io.BytesIO(b'{"titles": [' + b'{"a": 1},' * 20_000 + b"}"), KEYS)
    assert next(entries) == {"a": 1}


def test_texts_are_without_nul() -> None:
    assert read('["a\\u0000b", 0.5, {"k\\u0000": 1}]') == ["ab", 0.5, {"k": 1}]


def test_keys_of_the_first_object() -> None:
    assert top_keys(b'{"format": "x", "titles": [{"title": "y"') == ["format", "titles"]
    assert top_keys(b"[1]") == []
    assert top_keys(b'{"a": ' + b"9" * 5000 + b', "b": 1}') == ["a"]


TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.lists(JSON, max_size=6))
def test_whatever_is_written_is_read(entries: list[Any]) -> None:
    assert read(json.dumps(entries)) == entries
    assert read(json.dumps({"version": 1, "titles": entries})) == entries
