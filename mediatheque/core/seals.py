"""The chain of the journal: how its rows are sealed, and how it is found out that they changed.

Each space has a chain, and so has what belongs to no space. A row's hash is the SHA-256 of the
hash before it (32 zero bytes for the first) and of the row's content: a JSON array, as PostgreSQL
writes it, of everything that the row says. Who acted (name, address, user agent) and what was said
(label, before, after) stand in it as digests with a random salt, so that a person's erasure can
take them away and the chain stays whole; each erasure leaves a row of its own.

The functions ``core_seal_journal``, ``core_cut_journal`` and ``core_forget_person`` of the database
do this; the roles of the application cannot. What is verified is computed anew from the columns.
"""

from __future__ import annotations

import hashlib
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence
    from datetime import datetime
    from uuid import UUID

    from mediatheque.kit.db import Reader, Row, Writer

FIRST: Final = bytes(32)
AT_ONCE: Final = 20_000
STRETCH: Final = 5_000
MOST_FAULTS: Final = 100
SHORTEST_DAYS: Final = 30
"""So many days of the journal are always kept; the database insists."""
FORGOTTEN: Final = "audit.person_forgotten"
SHORTENED: Final = "audit.journal_shortened"

_SEAL = text("SELECT core_seal_journal(:most)")
_CUT = text("SELECT core_cut_journal(:until)")
_FORGET = text("SELECT core_forget_person(:person, cast(:things AS uuid[]))")
_HEAD = """
    SELECT count, position, hash, sealed_at, removed, anchor_position, anchor_hash, anchored_at
    FROM core_seals WHERE $CHAIN
"""
_WALK = """
    SELECT position, kind, actor_id, ref_id, salt::text AS salt, digest, said_key, said_digest,
           hash, after ->> 'hash' AS anchor,
           jsonb_build_array(actor_name, ip, user_agent)::text AS who,
           jsonb_build_array(label, before::text, after::text)::text AS said,
           jsonb_build_array(
               'mediatheque journal 1', position, space_id,
               to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), actor_kind,
               actor_id, kind, ref_kind, ref_id, request_id, outcome)::text AS opening,
           actor_name = '' AND ip = '' AND user_agent = '' AS is_nobody,
           label = '' AND before IS NULL AND after IS NULL AS is_silent
    FROM core_journal WHERE $CHAIN AND position > :after ORDER BY position LIMIT :most
"""
_FORGOTTEN = text(
    "SELECT ref_id AS id FROM core_journal WHERE space_id IS NULL AND kind = :kind UNION "
    "SELECT cast(t.id AS uuid) FROM core_journal j, "
    "jsonb_array_elements_text(j.after -> 'things') AS t (id) "
    "WHERE j.space_id IS NULL AND j.kind = :kind"
)
_CHAINS = text(
    """
    SELECT c.space_id FROM (
        SELECT NULL::uuid AS space_id UNION
        SELECT space_id FROM core_versions UNION SELECT space_id FROM core_seals) c
    LEFT JOIN core_seals s ON s.space_id IS NOT DISTINCT FROM c.space_id
    CROSS JOIN LATERAL (
        SELECT max(j.position) AS position FROM core_journal j
        WHERE c.space_id IS NOT NULL AND j.space_id = c.space_id
        UNION ALL
        SELECT max(j.position) FROM core_journal j
        WHERE c.space_id IS NULL AND j.space_id IS NULL) newest
    WHERE NOT :only_waiting OR newest.position > coalesce(s.position, 0)
    GROUP BY c.space_id ORDER BY c.space_id NULLS FIRST
    """
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was sealed; ``position`` is the row's, None for the chain's."""

    position: int | None
    message: str


@dataclass(slots=True)
class Verdict:
    """What became of one chain. ``count`` rows were ever sealed, ``removed`` of them by policy."""

    space_id: UUID | None
    count: int = 0
    removed: int = 0
    waiting: int = 0
    position: int = 0
    hash: bytes = FIRST
    sealed_at: datetime | None = None
    faults: list[Fault] = field(default_factory=list)
    more_faults: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether everything is as it was sealed."""
        return not self.faults

    def add(self, position: int | None, message: str) -> None:
        """Note a fault; of very many only the first are kept."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(position, message))
        else:
            self.more_faults += 1


async def seal(db: Writer, most: int = AT_ONCE) -> int:
    """Seal the next rows of the transaction's space (of the house, outside any); how many."""
    return int((await db.execute(_SEAL, {"most": most})).scalar_one())


async def shorten(db: Writer, until: datetime) -> int:
    """Remove the sealed rows at the beginning that are all older; how many. 30 days are kept."""
    return int((await db.execute(_CUT, {"until": until})).scalar_one())


async def forget_person(db: Writer, person: UUID, things: Sequence[UUID] = ()) -> int:
    """Blank in the journal who a person was and what was said of them; how many rows.

    Needs a transaction across spaces. ``things`` are further ids that stand for the person
    (memberships, profiles, invitations). What they did stays, under their id.
    """
    found = await db.execute(_FORGET, {"person": person, "things": [str(one) for one in things]})
    return int(found.scalar_one())


async def list_chains(db: Reader, *, only_waiting: bool = False) -> list[UUID | None]:
    """The spaces that have a chain (None: the house); across. Perhaps only with unsealed rows."""
    rows = await db.rows(_CHAINS.bindparams(only_waiting=only_waiting))
    return [row["space_id"] for row in rows]


async def find_head(db: Reader, space_id: UUID | None) -> Row | None:
    """The seal of a chain."""
    return await db.row(text(_HEAD.replace("$CHAIN", _chain(space_id))).bindparams(**_at(space_id)))


async def verify(
    db: Reader, space_id: UUID | None, expected: tuple[int, str] | None = None
) -> Verdict:
    """Compute a chain anew and compare; needs a reader across spaces.

    ``expected`` is a head that was kept elsewhere: how many rows, and the hash in hex.
    """
    head = await find_head(db, space_id)
    while True:
        found = Verdict(space_id)
        if head is not None:
            found.removed, found.sealed_at = head["removed"], head["sealed_at"]
        forgotten = {row["id"] for row in await db.rows(_FORGOTTEN.bindparams(kind=FORGOTTEN))}
        walk = _Walk(found, head, forgotten, expected)
        async for row in _rows(db, space_id):
            walk.step(row)
        walk.end()
        now = await find_head(db, space_id)
        if found.is_whole or now == head:
            return found
        head = now  # it was sealed or shortened meanwhile: look again


async def _rows(db: Reader, space_id: UUID | None) -> AsyncIterator[Row]:
    statement = text(_WALK.replace("$CHAIN", _chain(space_id)))
    after = -(2**63)
    while True:
        rows = await db.rows(statement.bindparams(after=after, most=STRETCH, **_at(space_id)))
        for row in rows:
            yield row
        if len(rows) < STRETCH:
            return
        after = rows[-1]["position"]


def _chain(space_id: UUID | None) -> str:
    return "space_id IS NULL" if space_id is None else "space_id = :space"


def _at(space_id: UUID | None) -> dict[str, UUID]:
    return {} if space_id is None else {"space": space_id}


def content_of(row: Row) -> bytes:
    """What a row's hash is made of, besides the hash before it."""
    salt = row["salt"] or ""
    who = row["digest"] or _digest(f"{salt}{row['who']}".encode())
    key = row["said_key"] or _digest(f"said {salt}".encode())
    said = row["said_digest"] or _digest(key + row["said"].encode())
    return f'{row["opening"][:-1]}, "{who.hex()}", "{said.hex()}"]'.encode()


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


class _Walk:
    """Goes along a chain, row by row, and notes what does not fit."""

    def __init__(
        self,
        found: Verdict,
        head: Row | None,
        forgotten: set[UUID],
        expected: tuple[int, str] | None,
    ) -> None:
        self.found = found
        self.head = head
        self.forgotten = forgotten
        self.expected = expected
        self.last = head["anchor_hash"] if head else FIRST
        self.count = head["removed"] if head else 0
        self.position = head["anchor_position"] if head else 0
        self.anchors: deque[str] = deque(maxlen=1)

    def step(self, row: Row) -> None:
        """Look at the next row."""
        head_position = self.head["position"] if self.head else 0
        if row["kind"] == SHORTENED and row["anchor"]:
            self.anchors.append(row["anchor"])
        if self.head and row["position"] <= self.head["anchor_position"]:
            self.found.add(row["position"], "It stands before the beginning: it was put in later.")
        elif row["position"] > head_position:
            self.found.waiting += 1
        elif row["hash"] is None:
            self.found.add(row["position"], "It was put in among sealed rows.")
        else:
            self._check(row)

    def _check(self, row: Row) -> None:
        if hashlib.sha256(self.last + content_of(row)).digest() != row["hash"]:
            self.found.add(
                row["position"],
                "It does not follow from the row before it: it was changed or moved, or rows "
                f"between {self.position} and it were removed or put in.",
            )
        for complaint in self._blanked(row):
            self.found.add(row["position"], complaint)
        self.last, self.position = row["hash"], row["position"]
        self.count += 1
        if self.expected and self.count == self.expected[0]:
            self._compare(self.expected[1])

    def _blanked(self, row: Row) -> Iterator[str]:
        """A row that names nobody must be that of a person who is noted as forgotten."""
        if row["salt"] is not None:
            if row["digest"] or row["said_key"] or row["said_digest"]:
                yield "It bears digests of something else than what it says."
            return
        is_blank = row["digest"] is not None and row["is_nobody"]
        is_half = row["said_key"] is not None and row["said_digest"] is None
        is_whole = row["said_key"] is None and row["said_digest"] is not None and row["is_silent"]
        if not is_blank or not (is_half or is_whole):
            yield "What it says is not what its digests stand for."
        if not {row["actor_id"], row["ref_id"]} & self.forgotten:
            yield "It was blanked, and nobody's erasure is noted for it."

    def _compare(self, kept: str) -> None:
        if self.last.hex() != kept.lower():
            self.found.add(None, f"Row {self.count} is not the one whose hash you kept.")

    def end(self) -> None:
        """Compare the end of the chain with its seal."""
        found, head = self.found, self.head
        found.count, found.position, found.hash = self.count, self.position, self.last
        if head is None:
            if self.count:
                found.add(None, "The seal of this chain is gone.")
        else:
            if (head["count"], head["position"], head["hash"]) != (
                self.count,
                self.position,
                self.last,
            ):
                found.add(
                    None,
                    f"Sealed were {head['count']} rows up to position {head['position']}; there "
                    f"are {self.count} up to {self.position}: rows are missing or were put in.",
                )
            if head["removed"] and head["anchor_hash"].hex() not in self.anchors:
                found.add(None, "Its beginning is gone, and no retention is noted for that.")
        if self.expected and self.expected[0] > self.count:
            found.add(None, f"You kept the hash of row {self.expected[0]}; there is no such row.")
        if self.expected and self.expected[0] <= found.removed:
            found.add(None, f"Row {self.expected[0]} was removed by retention: keep a newer hash.")
