"""How an event reads, and how an activity's address is written."""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from mediatheque.kit.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_REF = re.compile(r"(?P<kind>[a-z][a-z_]*)(:(?P<id>[0-9a-f-]{36}))?")
_BARE = Formatter()


def clean_ref(text: str) -> str:
    """``title`` or ``title:<id>``; ValueError for anything else."""
    split_ref(text)
    return text


def split_ref(text: str) -> tuple[str, UUID | None]:
    """A ref's kind and id."""
    found = _REF.fullmatch(text)
    if found is None:
        raise ValueError("Write a kind, or a kind and an id: “title:0197…”.")
    return found["kind"], UUID(found["id"]) if found["id"] else None


def parts_of(words: str | None, entry: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """The words for an event cut into texts, and whether each is the name of what it is about.

    ``{label}`` is that name; another field, as in ``made {label} {role}``, is looked up in
    ``after`` and then in ``before``. Kinds without words read as themselves.
    """
    template = words or f"{_plain(entry['kind'])} {{label}}"
    for text, field, _, _ in _BARE.parse(template):
        if text:
            yield text, False
        if field is not None:
            value = entry["label"] if field == "label" else _lookup(entry, field)
            if value:
                yield value, field == "label"


def _plain(kind: str) -> str:
    return kind.partition(".")[2].replace("_", " ") or kind


def _lookup(entry: Mapping[str, Any], field: str) -> str:
    for side in (entry["after"], entry["before"]):
        value = (side or {}).get(field)
        if value is not None and not isinstance(value, dict | list):
            return str(value).replace("_", " ")
    return ""


class NoSuchEntryError(NotFoundError):
    """No entry of this space's journal has the number."""

    code = "no_such_entry"
    message = "There is no such entry in the journal of this space."
