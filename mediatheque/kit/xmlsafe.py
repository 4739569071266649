"""Reading XML that strangers made, as a stream: no DTD, no entities, no network.

A document that declares an entity is refused before its first element is read; a document type
that only names itself (as Apple's property lists do) is let through and never loaded. Elements
are handed out whole, one at a time, and freed afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from xml.parsers import expat

from lxml import etree

from mediatheque.kit.tabular.lines import ByteStream
from mediatheque.kit.unreadable import (
    EMPTY_FILE,
    ENCODING,
    ENTITY_BOMB,
    TOO_LARGE,
    XML_DAMAGED,
    UnreadableError,
)

Element = etree._Element  # noqa: SLF001 - the stubs name the type only so

_CHUNK: Final = 1 << 16
_MAX_PROLOG: Final = 1 << 20
_MAX_NODES: Final = 200_000
_ANY: Final = "*"


class _RootFoundError(Exception):
    """The prolog is over."""


def root_tag(head: bytes) -> str | None:
    """Return the local name of the document's root, or ``None`` where this is no XML."""
    probe = _Prolog(refusing=False)
    try:
        probe.feed(head)
    except UnreadableError:
        return None
    return probe.root


def stream_elements(stream: ByteStream, path: str) -> Iterator[Element]:
    """Yield every element at ``path``, such as ``library/items/*``, whole and in order.

    An element is valid until the next one is asked for. Raises :class:`UnreadableError`:
    ``entity_bomb``, ``xml_damaged`` with the line, ``encoding``, ``too_large`` for an element of
    more than 200,000 nodes or a text of more than ten million characters.
    """
    wanted = tuple(path.split("/"))
    depth = nodes = 0
    trail: list[str] = []
    events = etree.iterparse(
        _Source(stream),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for event, element in events:
            if event == "start":
                depth += 1
                nodes += 1
                if depth <= len(wanted):
                    trail.append(local_name(element))
                if nodes > _MAX_NODES:
                    _refuse_size(element)
                continue
            if depth <= len(wanted):
                if depth == len(wanted) and _matches(trail, wanted):
                    yield element
                trail.pop()
                nodes = 0
                _free(element)
            depth -= 1
    except etree.XMLSyntaxError as error:
        raise _damaged(error) from error


def local_name(element: Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def line_of(element: Element) -> int:
    """Return the 1-based line an element starts at, about; 0 where it is not known."""
    line: Any = element.sourceline
    return line if isinstance(line, int) else 0


def text_of(element: Element | None) -> str:
    """Return all text inside an element, trimmed; nothing for no element."""
    if element is None:
        return ""
    if len(element) == 0:
        return (element.text or "").strip()
    return "".join(str(part) for part in element.itertext()).strip()


def _matches(trail: list[str], wanted: tuple[str, ...]) -> bool:
    return all(want in (_ANY, have) for want, have in zip(wanted, trail, strict=True))


def _free(element: Element) -> None:
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while (before := element.getprevious()) is not None:
            parent.remove(before)


def _refuse_size(element: Element) -> None:
    raise UnreadableError(
        TOO_LARGE,
        f"One entry of the document has more than {_MAX_NODES:,} elements and was refused.",
        line_of(element) or None,
    )


def _damaged(error: etree.XMLSyntaxError) -> UnreadableError:
    line = error.lineno or None
    if "XML_PARSE_HUGE" in str(error):
        return UnreadableError(TOO_LARGE, "A text in the document is too long.", line)
    return UnreadableError(XML_DAMAGED, f"The XML is damaged: {error.msg}. Export it again.", line)


class _Source:
    """A stream whose prolog is checked before any of it is handed on."""

    def __init__(self, stream: ByteStream) -> None:
        self._stream = stream
        self._prolog: _Prolog | None = _Prolog(refusing=True)

    def read(self, size: int = -1, /) -> bytes:
        prolog = self._prolog
        if prolog is None:
            return self._stream.read(size)
        self._prolog = None
        head = b""
        while prolog.root is None and (chunk := self._stream.read(_CHUNK)):
            prolog.feed(chunk)
            head += chunk
            if len(head) > _MAX_PROLOG:
                raise UnreadableError(ENTITY_BOMB, "The document's declarations are too long.")
        if not head.strip():
            raise UnreadableError(EMPTY_FILE, "The file is empty.")
        return head


class _Prolog:
    """What stands before the root element, read by expat, which expands nothing here."""

    def __init__(self, *, refusing: bool) -> None:
        self.root: str | None = None
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        if refusing:
            parser.EntityDeclHandler = self._refuse
        self._parser = parser

    def feed(self, data: bytes) -> None:
        try:
            self._parser.Parse(data, False)  # noqa: FBT003 - the C function takes it so
        except _RootFoundError:
            return
        except expat.ExpatError as error:
            raise UnreadableError(
                XML_DAMAGED,
                f"This is not well-formed XML: {expat.ErrorString(error.code)}.",
                error.lineno,
            ) from error
        except (LookupError, ValueError) as error:
            raise UnreadableError(
                ENCODING, "The document's encoding is not read. Save it as UTF-8.", 1
            ) from error

    def _start(self, name: str, _: object) -> None:
        self.root = name.rpartition(":")[2]
        raise _RootFoundError

    def _refuse(self, name: str, *_: object) -> None:
        raise UnreadableError(
            ENTITY_BOMB,
            f"The document declares the entity {name!r}; documents with entities are refused. "
            "Export it again without a document type.",
            self._parser.CurrentLineNumber,
        )
