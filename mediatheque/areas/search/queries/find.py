"""Finding: the functions' ids joined, under the row policy, with what the actor may see."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import TextClause, text

from mediatheque.areas.search.rules.questions import read_question
from mediatheque.areas.search.rules.words import MARK_LENGTH, words_of
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission
from mediatheque.kit.ids import parse_id
from mediatheque.kit.paging import BadCursorError, decode_cursor, encode_cursor
from mediatheque.kit.text import fold, highlight

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic import BaseModel

    from mediatheque.areas.search.rules.declared import Cards
    from mediatheque.areas.search.rules.questions import Question
    from mediatheque.areas.search.schemas import SearchFilter, Shapes
    from mediatheque.kit.db import Row

MOST: Final = 500
"""How many findings are ranked and counted."""
MOST_VALUES: Final = 50
UNIT: Final = 1e6

_FIND: Final = """
    WITH found AS MATERIALIZED (
        SELECT * FROM search_find(
            cast(:asked AS text[]), :is_open, cast(:joined AS text), cast(:code AS text), :key,
            cast(:places AS int[]), cast(:nears AS int[]), :is_corrected, :most)),
    seen AS MATERIALIZED (SELECT m.* FROM found m WHERE CASE m.ref_kind $visible ELSE false END),
    chosen AS (SELECT * FROM seen m WHERE true $chosen),
    page AS (SELECT m.ref_kind, m.ref_id, m.score FROM chosen m
             WHERE true $after ORDER BY m.score DESC, m.ref_id LIMIT :limit)
    SELECT (SELECT count(*) FROM found) AS found, (SELECT count(*) FROM seen) AS seen,
           (SELECT count(*) FROM chosen) AS total,
           (SELECT jsonb_agg(jsonb_build_array(p.ref_kind, p.ref_id, p.score, d.label)
                             ORDER BY p.score DESC, p.ref_id)
            FROM page p JOIN search_documents d
              ON d.space_id = :space AND d.ref_kind = p.ref_kind AND d.ref_id = p.ref_id) AS page,
           $facets AS facets, s.how, s.spelling, s.words
    FROM (SELECT 1) one
    LEFT JOIN LATERAL (
        SELECT m.how, m.spelling,
               (SELECT tsvector_to_array(d.words) FROM search_documents d
                WHERE d.space_id = :space AND d.ref_kind = m.ref_kind AND d.ref_id = m.ref_id
                  AND m.how = 'spelling') AS words
        FROM seen m ORDER BY m.score DESC, m.ref_id LIMIT 1) s ON true
"""
_FACETS: Final = """
    (SELECT jsonb_agg(jsonb_build_array(c.facet, c.count)) FROM (
        SELECT 'kind|' || m.kind AS facet, count(*) AS count FROM seen m
        WHERE true $faceted GROUP BY m.kind
        UNION ALL
        SELECT v.facet, count(*) FROM chosen m, unnest(m.facets) AS v (facet)
        GROUP BY v.facet) c)
"""
_AFTER: Final = "AND (m.score < :score OR m.score = :score AND m.ref_id > cast(:id AS uuid))"


@requires(Permission.CATALOG_READ)
async def find(
    ctx: ReadContext, cards: Sequence[Cards], shapes: Shapes, wanted: SearchFilter
) -> BaseModel:
    """Things in one ranked list, at most :data:`MOST`.

    What has all the words comes before what is found by correcting slips, and that before what
    lacks a word: the next way is tried when the one before shows nothing.
    """
    question = read_question(wanted.q)
    if not question.key:
        return shapes.results(items=[], total=0, facets={})
    asked = _statement(ctx, cards, wanted)
    values = _values(ctx, question, wanted)
    row = await _ask(ctx, asked, {**values, "is_corrected": False})
    if row["found"] and not row["seen"]:
        # What has the words is not for this actor's eyes; it must not hide what is near them.
        row = await _ask(ctx, asked, {**values, "is_corrected": True})
    page = row["page"] or []
    shown = page[: wanted.limit]
    things = await _load(ctx, cards, shown)
    meant = _meant(question, row)
    return shapes.results(
        items=[
            shapes.hit(
                **{
                    "type": kind,
                    kind: thing,
                    "highlight": _highlight(label, question, meant),
                    "score": score / UNIT,
                }
            )
            for kind, ref_id, score, label in shown
            if (thing := things.get(ref_id)) is not None
        ],
        next_cursor=encode_cursor(shown[-1][2], shown[-1][1]) if len(page) > wanted.limit else None,
        total=row["total"] if row["found"] < MOST else None,
        did_you_mean=" ".join(meant) or None,
        facets=_facets(row["facets"]) if not wanted.cursor else None,
    )


async def _ask(ctx: ReadContext, asked: TextClause, values: Mapping[str, Any]) -> Row:
    row = await ctx.db.row(asked.bindparams(**values))
    assert row is not None  # noqa: S101  (a select without FROM answers one row)
    return row


def _values(ctx: ReadContext, question: Question, wanted: SearchFilter) -> dict[str, Any]:
    values = {
        **question.values(ctx.space_id),
        "space": ctx.space_id,
        "most": MOST,
        "limit": wanted.limit + 1,
    }
    if wanted.kind:
        values["kinds"] = wanted.kind
    for at, chosen in enumerate(_chosen(wanted).values()):
        values[f"facet_{at}"] = chosen
    after = decode_cursor(wanted.cursor, 2)
    if after:
        score, ref_id = after
        if not isinstance(score, int) or parse_id(str(ref_id)) is None:
            raise BadCursorError(field="cursor")
        values |= {"score": score, "id": ref_id}
    return values


def _chosen(wanted: SearchFilter) -> dict[str, list[str]]:
    """Facet → the beginnings of the values chosen."""
    found: dict[str, list[str]] = {}
    for one in wanted.facet:
        facet, _, value = one.partition(":")
        found.setdefault(facet, []).append(f"{facet}|{value}|")
    return found


def _statement(ctx: ReadContext, cards: Sequence[Cards], wanted: SearchFilter) -> TextClause:
    fragments = [(one.ref_kind, *one.visible(ctx)) for one in cards]
    made = _compose(
        tuple((kind, sql) for kind, sql, _ in fragments),
        bool(wanted.kind),
        len(_chosen(wanted)),
        bool(wanted.cursor),
    )
    return made.bindparams(**{k: v for _, _, values in fragments for k, v in values.items()})


@lru_cache(maxsize=256)
def _compose(
    visible: tuple[tuple[str, str], ...], has_kinds: bool, facets: int, is_later: bool
) -> TextClause:
    # Reading the text for its parameters costs more than running it: once for each form.
    faceted = " ".join(
        f"AND EXISTS (SELECT FROM unnest(m.facets) AS v (facet), "
        f"unnest(cast(:facet_{at} AS text[])) AS w (start) WHERE starts_with(v.facet, w.start))"
        for at in range(facets)
    )
    kinds = "AND m.kind = ANY(cast(:kinds AS text[]))" if has_kinds else ""
    cases = " ".join(f"WHEN '{kind}' THEN {sql}" for kind, sql in visible)
    sql = (
        _FIND.replace("$visible", cases)
        .replace("$chosen", f"{kinds} {faceted}")
        .replace("$after", _AFTER if is_later else "")
        .replace("$facets", "NULL" if is_later else _FACETS.replace("$faceted", faceted))
    )
    return text(sql)


async def _load(
    ctx: ReadContext, cards: Sequence[Cards], page: Sequence[Sequence[Any]]
) -> dict[str, Any]:
    """The things of a page by id, each kind by one statement."""
    by_kind: dict[str, list[UUID]] = {}
    for kind, ref_id, *_ in page:
        by_kind.setdefault(kind, []).append(UUID(ref_id))
    asked = [one for one in cards if one.ref_kind in by_kind]
    if not asked:
        return {}
    answers = await ctx.db.batch(*(one.load(ctx, by_kind[one.ref_kind]) for one in asked))
    return {
        str(row["id"]): one.shape(row)
        for one, rows in zip(asked, answers, strict=True)
        for row in rows
    }


def _meant(question: Question, row: Row) -> list[str]:
    """The question's words with slips corrected as the best finding has them, or none."""
    if row["how"] != "spelling" or not row["words"]:
        return []
    lexemes = {lexeme[MARK_LENGTH:].lstrip("@#=") for lexeme in row["words"]}
    better: dict[str, str] = {}
    for word, near in zip(question.words, row["spelling"], strict=True):
        if near == word:
            continue
        found = next((one for one in near.split("|") if one in lexemes), None)
        if found is None:
            return []
        better[word] = found
    return [better.get(word, word) for word in fold(question.text).split()]


def _highlight(label: str, question: Question, meant: Sequence[str]) -> str:
    terms = [*question.words, *meant, *("".join(words) for words in question.joined[-1:])]
    if question.is_open:
        begun = question.words[-1]
        terms += [word for word in words_of(label) if word.startswith(begun)]
    return highlight(label, dict.fromkeys(terms))


def _facets(counted: Sequence[Sequence[Any]] | None) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for facet, count in sorted(counted or (), key=lambda one: (-one[1], one[0])):
        name, value, *label = facet.split("|", 2)
        values = found.setdefault(name, [])
        if len(values) < MOST_VALUES:
            shown = label[0] if label else value.capitalize()
            values.append({"value": value, "label": shown, "count": count})
    return found
