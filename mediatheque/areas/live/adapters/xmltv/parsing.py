"""From the bytes of entries to elements: many at once, and one by one where something is wrong."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mediatheque.areas.live.adapters.xmltv.splitting import Piece
    from mediatheque.kit.xmlsafe import Element

_AMPERSAND: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)")
_NAMED: Final = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30};)")
_OF_XML: Final = {"amp;", "lt;", "gt;", "quot;", "apos;"}
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def parse_pieces(
    pieces: Sequence[Piece], fallback: str
) -> list[tuple[Element, str] | tuple[None, str]]:
    """The element of each piece with what was repaired; or None with what is wrong, by line."""
    body = b"".join([b"<tv>", *[piece.body for piece in pieces], b"</tv>"])
    try:
        root = etree.fromstring(body, _parser())
    except etree.XMLSyntaxError:
        return [_alone(piece, fallback) for piece in pieces]
    if len(root) != len(pieces):
        return [_alone(piece, fallback) for piece in pieces]
    return [(element, "") for element in root]


def _alone(piece: Piece, fallback: str) -> tuple[Element, str] | tuple[None, str]:
    try:
        return etree.fromstring(piece.body, _parser()), ""
    except etree.XMLSyntaxError as error:
        first = error
    text, repaired = _text(piece.body, fallback)
    try:
        return etree.fromstring(text.encode(), _parser()), repaired
    except etree.XMLSyntaxError:
        line = piece.line + max(first.lineno or 1, 1) - 1
        return None, f"The XML is damaged in line {line}: {first.msg}."


def _text(body: bytes, fallback: str) -> tuple[str, str]:
    """A damaged piece with the usual faults put right: encoding, ampersands, controls."""
    repaired = []
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode(fallback, "replace")
        repaired.append(f"not UTF-8, read as {fallback}")
    plain = _NAMED.sub(lambda m: m[0] if m[1] in _OF_XML else html.unescape(m[0]), text)
    plain = _CONTROLS.sub("", _AMPERSAND.sub("&amp;", plain))
    if plain != text:
        repaired.append("unescaped characters")
    return plain, "Repaired: " + ", ".join(repaired) + "." if repaired else ""
