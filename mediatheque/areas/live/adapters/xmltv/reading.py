"""Reading a guide: first for its channels, then programme by programme into buckets to load.

Both passes cut the file and hold no more than a bucket; the second parses only what is new.
A bucket holds whole channels, so that each goes in by one transaction, in whatever order the file
has them: what waits for the rest of its channels lies on disk.
"""

from __future__ import annotations

import html
import re
import tempfile
from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from hashlib import blake2b
from typing import IO, TYPE_CHECKING, Final

from mediatheque.areas.live.adapters.xmltv.elements import Programme, read_channel
from mediatheque.areas.live.adapters.xmltv.parsing import parse_pieces
from mediatheque.areas.live.adapters.xmltv.splitting import Piece, open_guide
from mediatheque.areas.live.rules.times import LONGEST, BadTimeError, parse_time
from mediatheque.areas.live.schemas.guides import PAYLOAD, ChannelSeen, Rejected, Row, Survey
from mediatheque.kit.db.staging import lines

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from uuid import UUID

    from mediatheque.kit.xmlsafe import Element

BUCKET: Final = 6_000
"""Programmes of one transaction, as far as whole channels allow."""
TOGETHER: Final = 400
"""Programmes that are parsed at once."""
MEMORY: Final = 24 << 20
"""Bytes of all buckets that are open; what is more lies on disk."""
VERSION: Final = b"1"
"""Part of each hash: a reader that reads more than it did says a new one."""

_ATTRIBUTE: Final = re.compile(rb"""([\w-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""")
_BETWEEN: Final = re.compile(rb">\s+<")
_NOTHING: Final = "\t\1" * (1 + len(PAYLOAD)) + "\n"
"""The end of a line of COPY for a programme that is known: no note, no words."""
_FAULTS: Final = {
    "unclosed": "The programme is not closed: the file breaks off, or a tag is missing.",
    "too_large": "The programme is larger than a megabyte.",
}


def survey(path: Path) -> Survey:
    """Look through a guide: its channels, and how many programmes each has and where."""
    found = Survey()
    keys: dict[bytes, ChannelSeen] = {}
    with open_guide(path) as splitter:
        for piece in splitter.pieces():
            if piece.name == b"channel":
                _meet(found, piece, splitter.fallback)
                continue
            found.total += 1
            raw = _attributes(piece.body).get(b"channel", b"")
            seen = keys.get(raw)
            if seen is None:
                key = _text(raw, splitter.fallback)
                seen = found.channels.setdefault(key, ChannelSeen(key))
                keys[raw] = seen
            seen.programmes += 1
            seen.first = seen.first or found.total
            seen.last = found.total
    return found


def _meet(found: Survey, piece: Piece, fallback: str) -> None:
    """A channel's element; one id that comes twice is one channel with all its names."""
    element, _ = parse_pieces([piece], fallback)[0]
    if element is None:
        return
    seen = read_channel(element, piece.line)
    known = found.channels.setdefault(seen.key, seen)
    if known is not seen:
        known.line = known.line or seen.line
        known.names += [one for one in seen.names if one not in known.names]
        known.icons = known.icons or seen.icons
        known.urls = known.urls or seen.urls


def _attributes(body: bytes) -> dict[bytes, bytes]:
    end = body.find(b">")
    return {m[1]: m[2] or m[3] or b"" for m in _ATTRIBUTE.finditer(body, 0, end)}


def _text(raw: bytes, fallback: str) -> str:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode(fallback, "replace")
    return html.unescape(text).strip()


@dataclass(frozen=True, slots=True)
class Target:
    """Where a channel's programmes go. ``shift`` moves their times."""

    channel_id: UUID
    shift: timedelta = timedelta()


@dataclass(slots=True)
class Bucket:
    """Programmes of whole channels, ready for COPY into a stage of ``schemas.guides.STAGED``."""

    keys: list[str] = field(default_factory=list)
    channels: list[UUID] = field(default_factory=list)
    expected: int = 0
    last: int = 0
    rows: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    spool: IO[bytes] | None = None

    def pieces(self) -> Iterator[bytes]:
        """The rows in COPY's text format; then the bucket is empty."""
        if self.spool is not None:
            self.spool.seek(0)
            while piece := self.spool.read(1 << 18):
                yield piece
            self.spool.close()
            self.spool = None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """How to read: the zone of times without one, and the hashes that are known, in order."""

    zone: tzinfo = UTC
    hashes: array[int] | None = None

    def has(self, found: int) -> bool:
        """Whether a programme with this hash is in the schedule."""
        if self.hashes is None:
            return False
        at = bisect_left(self.hashes, found)
        return at < len(self.hashes) and self.hashes[at] == found


class Reading:
    """The second pass. ``targets`` says where channels go; those without one are passed over."""

    def __init__(self, seen: Survey, targets: Mapping[str, Target], knowledge: Knowledge) -> None:
        self.seen = seen
        self.targets = targets
        self.knowledge = knowledge
        self.unknown: dict[str, tuple[int, int]] = {}
        """Elements that are not read: name → how many, first line."""
        self._of: dict[str, Bucket] = {}
        self._before: dict[str, datetime] = {}
        self._waiting: list[tuple[int, Piece, str, datetime, datetime | None, int, str]] = []
        self._fallback = "cp1252"
        self._most = self._divide()

    def _divide(self) -> int:
        """Put channels into buckets in the file's order; answers bytes of one in memory."""
        wanted = [c for key, c in self.seen.channels.items() if key in self.targets]
        bucket, buckets = Bucket(), []
        for channel in sorted(wanted, key=lambda one: one.first):
            if not channel.programmes:
                continue
            if not bucket.keys or bucket.expected + channel.programmes > BUCKET:
                bucket = Bucket()
                buckets.append(bucket)
            bucket.keys.append(channel.key)
            bucket.channels.append(self.targets[channel.key].channel_id)
            bucket.expected += channel.programmes
            bucket.last = max(bucket.last, channel.last)
            self._of[channel.key] = bucket
        firsts = [self.seen.channels[one.keys[0]].first for one in buckets]
        open_at_once = max(
            (sum(first <= one.last for first in firsts[at:]) for at, one in enumerate(buckets)),
            default=1,
        )
        return max(MEMORY // open_at_once, 1 << 16)

    def buckets(self, path: Path) -> Iterator[Bucket]:
        """Read the file; each bucket as soon as it is whole. Programmes without channel first."""
        stray = Bucket()
        by_raw: dict[bytes, str] = {}
        seq = 0
        with open_guide(path) as splitter:
            self._fallback = splitter.fallback
            for piece in splitter.pieces():
                if piece.name == b"channel":
                    continue
                seq += 1
                head = _attributes(piece.body)
                raw = head.get(b"channel", b"")
                key = by_raw.get(raw)
                if key is None:
                    key = by_raw[raw] = _text(raw, splitter.fallback)
                bucket = self._of.get(key)
                if bucket is None:
                    if not key:
                        stray.rejected.append(
                            Rejected(seq, piece.line, "no_channel", "It says no channel.")
                        )
                    continue
                self._take(bucket, seq, piece, key, head)
                if len(self._waiting) >= TOGETHER:
                    self._parse()
                if seq == bucket.last:
                    self._parse()
                    yield bucket
        if stray.rejected:
            yield stray

    def _take(
        self, bucket: Bucket, seq: int, piece: Piece, key: str, head: dict[bytes, bytes]
    ) -> None:
        if piece.fault:
            bucket.rejected.append(Rejected(seq, piece.line, piece.fault, _FAULTS[piece.fault]))
            return
        target = self.targets[key]
        zone, before = self.knowledge.zone, self._before.get(key)
        given = head.get(b"start", b"").decode("utf-8", "replace")
        if not given:
            bucket.rejected.append(
                Rejected(seq, piece.line, "no_start", "It does not say when it starts.")
            )
            return
        try:
            start = parse_time(given, zone, before)
        except BadTimeError as error:
            bucket.rejected.append(Rejected(seq, piece.line, "bad_time", str(error)))
            return
        self._before[key] = start
        stop, note = self._stop(head.get(b"stop", b"").decode("utf-8", "replace"), start)
        if target.shift:
            start += target.shift
            stop = stop + target.shift if stop else None
        digest = blake2b(_BETWEEN.sub(b"><", piece.body), digest_size=8, key=VERSION)
        found = int.from_bytes(digest.digest(), "big", signed=True)
        if stop is not None and self.knowledge.has(found):
            said = f"{seq}\t{piece.line}\t{target.channel_id.hex}\t{start}\t{stop}\t\1\t{found}"
            self._write(bucket, 1, (said + _NOTHING).encode())
        else:
            self._waiting.append((seq, piece, key, start, stop, found, note))

    def _stop(self, given: str, start: datetime) -> tuple[datetime | None, str]:
        """When it ends, or None where the next one tells; and what was wrong."""
        if not given:
            return None, ""
        try:
            stop = parse_time(given, self.knowledge.zone, start)
        except BadTimeError as error:
            return None, f"Its end cannot be read, it lasts until the next one: {error}"
        if stop <= start:
            return None, "It ends before it begins: it lasts until the next one."
        if stop - start > LONGEST:
            return None, f"It lasts more than {LONGEST.days} days: its end is that of the next one."
        return stop, ""

    def _parse(self) -> None:
        """Parse what waits, and put it into its buckets."""
        waiting, self._waiting = self._waiting, []
        found = parse_pieces([one[1] for one in waiting], self._fallback) if waiting else []
        rows: dict[str, list[Row]] = {}
        for (seq, piece, key, start, stop, digest, note), (element, said) in zip(
            waiting, found, strict=True
        ):
            bucket = self._of[key]
            if element is None:
                bucket.rejected.append(Rejected(seq, piece.line, "damaged", said))
                continue
            programme = Programme(element)
            if programme.unknown:
                self._note_unknown(programme, piece.line)
            if "title" not in programme.lists:
                bucket.rejected.append(_untitled(seq, piece.line, programme))
                continue
            notes = " ".join(one for one in (note, said) if one) or None
            length = None if stop else programme.seconds
            target = self.targets[key].channel_id
            row = (seq, piece.line, target, start, stop, length, digest, notes, *programme.cells())
            if key in rows:
                rows[key].append(row)
            else:
                rows[key] = [row]
        for key, made in rows.items():
            self._put(self._of[key], made)

    def _note_unknown(self, programme: Programme, line: int) -> None:
        for name in programme.unknown:
            count, first = self.unknown.get(name, (0, line))
            self.unknown[name] = (count + 1, first)

    def _put(self, bucket: Bucket, rows: list[Row]) -> None:
        self._write(bucket, len(rows), lines(rows))

    def _write(self, bucket: Bucket, count: int, body: bytes) -> None:
        if bucket.spool is None:
            bucket.spool = tempfile.SpooledTemporaryFile(max_size=self._most)  # noqa: SIM115  (closed with its bucket)
        bucket.rows += count
        bucket.spool.write(body)


def _untitled(seq: int, line: int, programme: Programme) -> Rejected:
    words = [pairs[0][1] for tag in ("sub-title", "desc") if (pairs := programme.lists.get(tag))]
    return Rejected(seq, line, "no_title", "It has no title.", words[0][:80] if words else "")


def element_cells(element: Element) -> Row:
    """The payload of one element: for tests of single elements."""
    return Programme(element).cells()
