"""Keeping the index as the areas' things are.

What is written here follows from what the journal already tells, so that it is no news itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from mediatheque.areas.search.queries.declared import list_touched, read_documents
from mediatheque.areas.search.rules.words import MARK_LENGTH, near_keys
from mediatheque.core.context import Context, requires
from mediatheque.core.permissions import Permission
from mediatheque.kit.db import Stage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from mediatheque.areas.search.rules.documents import Analysed

_DOCUMENTS: Final = Stage(
    "search_staged_documents",
    {
        "ref_kind": "text",
        "ref_id": "uuid",
        "kind": "text",
        "label": "text",
        "name": "text",
        "key": "text",
        "words": "text",
        "facets": "text",
        "weight": "int",
    },
)
_WORDS: Final = Stage("search_staged_words", {"word": "text", "near": "text"})

# One job at a time in a space: what is read later must not be written earlier.
_LOCK: Final = "SELECT pg_advisory_xact_lock(7303, hashtext(cast(:space AS text)))"
_PUT: Final = """
    INSERT INTO search_documents AS d
        (space_id, ref_kind, ref_id, kind, label, name, key, words, facets, weight, indexed_at)
    SELECT :space, ref_kind, ref_id, kind, label, name, key, cast(words AS tsvector),
           cast(facets AS text[]), weight, now()
    FROM search_staged_documents
    ON CONFLICT (space_id, ref_kind, ref_id) DO UPDATE
    SET kind = excluded.kind, label = excluded.label, name = excluded.name, key = excluded.key,
        words = excluded.words, facets = excluded.facets, weight = excluded.weight,
        indexed_at = excluded.indexed_at
"""
_DROP: Final = """
    DELETE FROM search_documents
    WHERE space_id = :space AND ref_kind = :ref_kind AND ref_id = ANY(cast(:ids AS uuid[]))
      AND ref_id <> ALL(cast(:found AS uuid[]))
"""
_UNKNOWN: Final = text(
    """
    SELECT a.word FROM unnest(cast(:words AS text[])) AS a (word)
    WHERE NOT EXISTS (SELECT FROM search_words w WHERE w.space_id = :space AND w.word = a.word)
    """
)
_LEARN: Final = """
    INSERT INTO search_words (space_id, word, near)
    SELECT :space, word, cast(near AS int[]) FROM search_staged_words ORDER BY word
    ON CONFLICT DO NOTHING
"""
_FORGET: Final = text(
    """
    DELETE FROM search_words w
    WHERE w.space_id = :space AND w.word <> ALL(ARRAY(
        SELECT DISTINCT ltrim(substr(l.lexeme, :start), '@#')
        FROM search_documents d, unnest(tsvector_to_array(d.words)) AS l (lexeme)
        WHERE d.space_id = :space))
    """
)


@requires(Permission.CATALOG_BULK_EDIT)
async def index_refs(ctx: Context, ids: Sequence[UUID]) -> int:
    """Read things anew, whatever their kind; what is gone leaves the index.

    Answers how many documents were written.
    """
    await ctx.db.execute(_LOCK, {"space": ctx.space_id})
    written = 0
    for ref_kind, touched in (await list_touched(ctx, ids)).items():
        found = await read_documents(ctx, ref_kind, touched)
        values: dict[str, Any] = {
            "space": ctx.space_id,
            "ref_kind": ref_kind,
            "ids": touched,
            "found": [one.ref_id for one in found],
        }
        if len(found) < len(touched):
            await ctx.db.execute(_DROP, values)
        if found:
            await _put(ctx, found)
        written += len(found)
    return written


async def _put(ctx: Context, found: Sequence[Analysed]) -> None:
    connection = await ctx.db.connection()
    await _DOCUMENTS.fill(connection, [one.cells() for one in found])
    await ctx.db.execute(_PUT, {"space": ctx.space_id})
    words = sorted({word for one in found for word in one.spellable})
    unknown = await ctx.db.rows(_UNKNOWN.bindparams(words=words, space=ctx.space_id))
    if not unknown:
        return
    learnt = (
        (row["word"], "{" + ",".join(map(str, near_keys(ctx.space_id, row["word"]))) + "}")
        for row in unknown
    )
    await _WORDS.fill(connection, learnt)
    await ctx.db.execute(_LEARN, {"space": ctx.space_id})


@requires(Permission.CATALOG_BULK_EDIT)
async def forget_words(ctx: Context) -> int:
    """Drop words that occur in no document any more; answers how many."""
    result = await ctx.db.execute(_FORGET.bindparams(space=ctx.space_id, start=MARK_LENGTH + 1))
    return result.rowcount
