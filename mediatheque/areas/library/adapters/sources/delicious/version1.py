"""Version 1: one XML document, facts as attributes, lists joined by new lines inside them.

Only direct children of ``items`` are owned: what stands in ``recommendations`` is not. Shelves
come behind the items and point at them, so the document is read twice.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mediatheque.areas.library.adapters.sources.delicious.items import Facts
from mediatheque.kit.archives import open_content
from mediatheque.kit.dates import read_date
from mediatheque.kit.xmlsafe import line_of, local_name, stream_elements, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mediatheque.areas.exchange.schemas.sources import SourceFile
    from mediatheque.kit.xmlsafe import Element

LISTS: Final = frozenset({
    "author", "director", "artist", "stars", "genre", "features", "publisher", "developer",
    "illustrator", "conductor", "tracklisting", "platform", "language",
})  # fmt: skip
DATES: Final = frozenset({"published", "theatricalDate", "purchaseDate", "created"})
_RTF_GROUP: Final = re.compile(
    r"\{\\(?:fonttbl|colortbl|stylesheet|info|\*)[^{}]*(?:\{[^{}]*\}[^{}]*)*\}"
)
_RTF_CODE: Final = re.compile(r"\\'([0-9a-fA-F]{2})")
_RTF_UNICODE: Final = re.compile(r"\\u(-?\d{1,5}) ?\??")
_RTF_WORD: Final = re.compile(r"\\[a-zA-Z]+-?\d* ?|[{}]")
_MOST_LINKS: Final = 1_000_000


def read_items(file: SourceFile) -> Iterator[Facts]:
    """Yield the facts of every owned item."""
    shelves = _read_shelves(file)
    with open_content(file.path) as stream:
        for element in stream_elements(stream, "library/items/*"):
            yield _facts(element, shelves)


def _read_shelves(file: SourceFile) -> dict[str, list[str]]:
    """Map items to the names of their shelves."""
    shelves: dict[str, list[str]] = {}
    links = 0
    with open_content(file.path) as stream:
        for shelf in stream_elements(stream, "library/shelves/shelf"):
            name = (shelf.get("name") or "").strip()
            for link in shelf:
                uuid = link.get("uuid")
                if uuid and name and links < _MOST_LINKS:
                    shelves.setdefault(uuid, []).append(name)
                    links += 1
    return shelves


def _facts(element: Element, shelves: dict[str, list[str]]) -> Facts:
    raw = {str(name): str(value) for name, value in element.attrib.items()}
    for child in element:
        if local_name(child) == "description":
            raw["description"] = plain_rtf(text_of(child))
    facts = Facts(line_of(element), {"type": local_name(element), **raw})
    facts.texts = {"type": local_name(element), **raw}
    for name in LISTS & raw.keys():
        facts.lists[name] = [
            " ".join(part.split()) for part in raw[name].split("\n") if part.strip()
        ]
    for name in DATES & raw.keys():
        facts.dates[name] = read_date(raw[name], day_first=True)
    facts.lists["shelves"] = shelves.get(raw.get("uuid", ""), [])
    return facts


def plain_rtf(text: str) -> str:
    """Return the text of an RTF document; other text stays as it is."""
    if not text.startswith("{\\rtf"):
        return text
    text = _RTF_GROUP.sub("", text)
    text = text.replace("\\par\n", "\n").replace("\\par ", "\n").replace("\\\n", "\n")
    text = _RTF_CODE.sub(lambda found: bytes.fromhex(found[1]).decode("cp1252", "replace"), text)
    text = _RTF_UNICODE.sub(lambda found: chr(int(found[1]) % 0x10000), text)
    text = text.replace("\\{", "\0").replace("\\}", "\1").replace("\\\\", "\2")
    text = _RTF_WORD.sub("", text).replace("\0", "{").replace("\1", "}").replace("\2", "\\")
    return text.strip()
