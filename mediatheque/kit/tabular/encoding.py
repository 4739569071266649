"""Which encoding a text file is in, judged by its first bytes.

Order: byte order mark, the zero bytes of UTF-16 without one, valid UTF-8, then a guess by
charset-normalizer. The guess is believed only for alphabets that Windows-1252 cannot write;
between the Western code pages it is no better than chance on short files, and Windows-1252 is
what spreadsheet programs write.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from charset_normalizer import from_bytes

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WESTERN: Final = "cp1252"
_OTHERS: Final = ("cp1251", "cp1253", "shift_jis", "gb18030", "big5", "euc_kr")
_ZERO_SHARE: Final = 0.3
_MAC: Final = "mac_roman"
_HIGH: Final = re.compile(rb"[\x80-\xff]+")


@dataclass(frozen=True, slots=True)
class Encoding:
    """``name`` is Python's; ``skip`` counts the bytes of the byte order mark."""

    name: str
    skip: int = 0

    @property
    def is_wide(self) -> bool:
        """Whether characters have several bytes, so that lines cannot be cut as bytes."""
        return self.name.startswith(("utf-16", "utf-32"))


def detect_encoding(head: bytes) -> Encoding:
    """Judge the encoding of a file by its first bytes (64 KiB are enough)."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            return Encoding(name, len(mark))
    wide = _wide_without_mark(head)
    if wide:
        return Encoding(wide)
    if is_utf8(head) or _is_utf8_with_bad_lines(head):
        return Encoding("utf-8")
    return Encoding(_legacy(head))


def is_utf8(head: bytes) -> bool:
    """Whether these bytes are UTF-8, a character cut off at the end allowed."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=False)
    except UnicodeDecodeError:
        return False
    return True


def _wide_without_mark(head: bytes) -> str | None:
    """Find UTF-16 by its zero bytes: text is mostly below U+0100, one byte of two is zero."""
    sample = head[: len(head) // 2 * 2]
    if not sample:
        return None
    half = len(sample) / 2
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if odd > _ZERO_SHARE > even * 3:
        return "utf-16-le"
    if even > _ZERO_SHARE > odd * 3:
        return "utf-16-be"
    return None


def _is_utf8_with_bad_lines(head: bytes) -> bool:
    """Tell a UTF-8 file with a few broken places from one in another encoding.

    Text in another encoding is hardly ever valid UTF-8 by chance, so the valid characters win
    unless they are fewer.
    """
    text = head.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = sum(1 for mark in text if mark > "\x7f") - bad
    return good >= max(bad, 1)


def _legacy(head: bytes) -> str:
    if b"\n" not in head and b"\r" in head and _best(head, (_WESTERN, _MAC)) == _MAC:
        return _MAC
    if not _is_dense(head):
        return _WESTERN
    best = _best(head, (_WESTERN, "cp1250", *_OTHERS))
    return best if best in _OTHERS else _WESTERN


def _is_dense(head: bytes) -> bool:
    """Whether bytes beyond ASCII stand together, as in Cyrillic or Chinese; accents stand alone."""
    runs = _HIGH.findall(head)
    together = sum(len(run) for run in runs if len(run) > 1)
    return together > sum(map(len, runs)) / 2


def _best(head: bytes, names: tuple[str, ...]) -> str | None:
    found = from_bytes(head, cp_isolation=list(names)).best()
    return found.encoding if found else None
