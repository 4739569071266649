"""Playlists of HTTP Live Streaming (RFC 8216): sending every address in them through another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

if TYPE_CHECKING:
    from collections.abc import Callable

MEDIA_TYPES: Final = frozenset(
    {"application/vnd.apple.mpegurl", "application/x-mpegurl", "audio/mpegurl", "audio/x-mpegurl"}
)
_MARK: Final = "#EXTM3U"
_ATTRIBUTE: Final = re.compile(r'(?<=[:,])URI="([^"]*)"')


def is_playlist(head: bytes) -> bool:
    """Whether a file that begins so is a playlist; a byte order mark is let pass."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_MARK.encode())


def rewrite(playlist: str, base: str, through: Callable[[str], str]) -> str:
    """Put ``through(address)`` in place of each address, made absolute by the playlist's own.

    Addresses are lines without ``#`` and the ``URI`` attributes of tags (keys, maps, renditions,
    parts). ``data:`` stays as it is, so does every other line.
    """

    def replaced(uri: str) -> str:
        return uri if uri.startswith("data:") else through(urljoin(base, uri))

    lines = []
    for line in playlist.splitlines():
        if line.startswith("#EXT") and 'URI="' in line:
            made = _ATTRIBUTE.sub(lambda found: f'URI="{replaced(found[1])}"', line)
        elif line.strip() and not line.startswith("#"):
            made = replaced(line.strip())
        else:
            made = line
        lines.append(made)
    return "\n".join(lines) + "\n"
