"""The functions of the search.

Full text `@@` and trigram `%` are not leakproof, so that under a row policy no index serves them.
They run here, as the schema's owner. Each function that the application may call reads the space
from the transaction's setting and from nowhere else, and answers ids and scores only: the caller
joins them under the policy. The parts they are made of may be called by nobody else.
"""

from alembic import op

revision = "0003"
down_revision = "0002"

FIXED = "SET search_path = pg_catalog, public, pg_temp"
# A plan for any value, or for a few rows of many, reads the whole space: plan for the value, and
# take no other way than through the index that fits.
PLANNED = f"{FIXED} SET plan_cache_mode = force_custom_plan SET enable_seqscan = off"
BITMAP = f"{PLANNED} SET enable_indexscan = off SET enable_indexonlyscan = off"
HERE = "nullif(current_setting('mediatheque.space_id', true), '')::uuid"

# A word as a question asks for it, behind the space's mark: in names only, or also among people,
# vocabularies and codes.
PART = """
CREATE FUNCTION search_part(space uuid, word text, is_open boolean, is_wide boolean) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE $FIXED
RETURN CASE WHEN is_wide
    THEN format('(''%1$s%2$s''%3$s|''%1$s@%2$s''%3$s|''%1$s#%2$s''%3$s|''%1$s=%2$s'')',
                "right"(space::text, 5), word, CASE WHEN is_open THEN ':*' ELSE '' END)
    ELSE format('''%s%s''%s', "right"(space::text, 5), word,
                CASE WHEN is_open THEN ':*' ELSE '' END) END
"""

# The words of a question as such parts, in their order.
PARTS = """
CREATE FUNCTION search_parts(space uuid, words text[], is_open boolean, is_wide boolean)
RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE $FIXED
RETURN ARRAY(SELECT search_part(space, a.word, is_open AND a.place = cardinality(words), is_wide)
             FROM unnest(words) WITH ORDINALITY AS a (word, place) ORDER BY a.place)
"""

# The documents of two questions, the first within the second, the best first: at most `most`, and
# what matches by name before what only matches somewhere. `is_first` adds what bears the whole
# as its name; `besides` is a further condition of the others.
RANK = """
CREATE FUNCTION search_rank(space uuid, by_name tsquery, anywhere tsquery, besides tsquery,
                            whole text, is_first boolean, most int)
RETURNS TABLE (ref_kind text, ref_id uuid, kind text, facets text[], score int)
LANGUAGE sql STABLE $BITMAP
AS $$
    WITH named AS MATERIALIZED (
        (SELECT d.*, 3.0 AS base FROM search_documents d
         WHERE is_first AND d.space_id = space AND d.key = whole LIMIT 50)
        UNION ALL
        (SELECT d.*, 1.0 FROM search_documents d
         WHERE d.words @@ (by_name && besides) AND d.space_id = space AND d.key <> whole
         LIMIT most)),
    others AS (
        SELECT d.*, 0.0 AS base FROM search_documents d
        WHERE d.words @@ (anywhere && !!by_name && besides) AND d.space_id = space
          AND d.key <> whole
        LIMIT (SELECT greatest(0, most - count(*)) FROM named))
    SELECT f.ref_kind, f.ref_id, f.kind, f.facets,
           (1e6 * (f.base
                   + CASE WHEN starts_with(f.key, whole)
                          THEN 2.0 * length(whole) / length(f.key) ELSE 0 END
                   + ts_rank('{0.05, 0.2, 0.5, 1}', f.words, anywhere)
                   + ln(1 + greatest(f.weight, 0)) / 40))::int AS score
    FROM (SELECT * FROM named UNION ALL SELECT * FROM others) f
    ORDER BY score DESC, f.ref_id LIMIT most
$$
"""

# For each word that occurs nowhere, a few that do and are near: one slip away by the keys that
# both have, more slips in long words by common trigrams. An empty array: nothing is near.
SPELL = """
CREATE FUNCTION search_spell(space uuid, asked text[], is_open boolean, places int[], nears int[])
RETURNS TABLE (place int, words text[])
LANGUAGE plpgsql STABLE $BITMAP SET pg_trgm.similarity_threshold = 0.25
AS $$
DECLARE
    word text;
    keys int[];
    slips int;
BEGIN
    FOR at IN 1 .. cardinality(asked) LOOP
        word := asked[at];
        CONTINUE WHEN EXISTS (
            SELECT FROM search_words w WHERE w.space_id = space AND w.word = asked[at]);
        CONTINUE WHEN is_open AND at = cardinality(asked) AND EXISTS (
            SELECT FROM search_words w
            WHERE w.space_id = space AND w.word >= asked[at]
              AND w.word < asked[at] || chr(1114111));
        CONTINUE WHEN EXISTS (
            SELECT FROM search_documents d
            WHERE d.words @@ search_part(space, asked[at], is_open AND at = cardinality(asked),
                                         true)::tsquery
              AND d.space_id = space);
        place := at;
        words := '{}';
        keys := ARRAY(SELECT k.near FROM unnest(places, nears) AS k (place, near)
                      WHERE k.place = at);
        IF cardinality(keys) > 0 THEN
            words := ARRAY(
                SELECT w.word FROM search_words w
                WHERE w.near && keys AND w.space_id = space
                  AND levenshtein_less_equal(w.word, asked[at], 2) <= 2
                ORDER BY levenshtein(w.word, asked[at]), similarity(w.word, asked[at]) DESC, w.word
                LIMIT 6);
            IF cardinality(words) = 0 AND length(word) >= 6 THEN
                slips := CASE WHEN length(word) >= 9 THEN 3 ELSE 2 END;
                words := ARRAY(
                    SELECT w.word FROM search_words w
                    WHERE w.space_id = space AND w.word % asked[at]
                      AND levenshtein_less_equal(w.word, asked[at], slips) <= slips
                    ORDER BY levenshtein(w.word, asked[at]), similarity(w.word, asked[at]) DESC,
                             w.word
                    LIMIT 6);
            END IF;
        END IF;
        RETURN NEXT;
    END LOOP;
END
$$
"""

# What begins with the whole of a question, the best of a few hundred first.
BEGINNING = """
CREATE FUNCTION search_beginning(space uuid, whole text, most int)
RETURNS TABLE (ref_kind text, ref_id uuid, kind text, facets text[], score int)
LANGUAGE sql STABLE $PLANNED
AS $$
    SELECT f.ref_kind, f.ref_id, f.kind, f.facets,
           (2e6 + 1e6 * length(whole) / length(f.key) + 1e5 * ln(1 + greatest(f.weight, 0)))::int
               AS score
    FROM (SELECT * FROM search_documents d
          WHERE d.space_id = space AND d.key >= whole AND d.key < whole || chr(1114111)
          ORDER BY d.key LIMIT 400) f
    ORDER BY score DESC, f.ref_id LIMIT most
$$
"""

# What has words in its name, the most popular of a few hundred first, without what begins with
# the whole that was typed; `needle` is what the name must contain besides.
NAMED = """
CREATE FUNCTION search_named(space uuid, by_name tsquery, whole text, needle text, most int)
RETURNS TABLE (ref_kind text, ref_id uuid, score int)
LANGUAGE sql STABLE $BITMAP
AS $$
    SELECT f.ref_kind, f.ref_id, (1e5 * ln(1 + greatest(f.weight, 0)))::int AS score
    FROM (SELECT * FROM search_documents d
          WHERE d.words @@ by_name AND d.space_id = space
            AND (whole IS NULL OR NOT starts_with(d.key, whole))
            AND (needle = '' OR position(needle IN ' ' || d.name) > 0) LIMIT 400) f
    ORDER BY score DESC, f.ref_id LIMIT most
$$
"""

# What is found: everything asked for, and if that is little also with the last word going on; or
# with words corrected; or with some left out.
FIND = """
CREATE FUNCTION search_find(asked text[], is_open boolean, joined text, code text, whole text,
                            places int[], nears int[], is_corrected boolean, most int)
RETURNS TABLE (ref_kind text, ref_id uuid, kind text, facets text[], score int, how text,
               spelling text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER $PLANNED
AS $$
DECLARE
    space CONSTANT uuid := $HERE;
    size CONSTANT int := cardinality(asked);
    little CONSTANT int := 50;
    names text[];
    wides text[];
    by_name tsquery;
    anywhere tsquery;
    found_count int := 0;
    said text[] := asked;
    is_whole boolean;
    one record;
BEGIN
    IF space IS NULL OR whole = '' THEN
        RETURN;
    ELSIF size = 0 THEN
        RETURN QUERY SELECT b.*, 'all', NULL::text[] FROM search_beginning(space, whole, most) b;
        RETURN;
    END IF;
    IF NOT is_corrected THEN
        by_name := concat_ws('|', array_to_string(search_parts(space, asked, false, false), '&'),
                             joined)::tsquery;
        anywhere := concat_ws('|', array_to_string(search_parts(space, asked, false, true), '&'),
                              joined, code)::tsquery;
        RETURN QUERY SELECT r.*, 'all', NULL::text[]
            FROM search_rank(space, by_name, anywhere, '', whole, true, most) r;
        GET DIAGNOSTICS found_count = ROW_COUNT;
    END IF;
    is_whole := is_open AND EXISTS (
        SELECT FROM search_words w WHERE w.space_id = space AND w.word = asked[size]);
    names := search_parts(space, asked, is_open, false);
    wides := search_parts(space, asked, is_open, true);
    IF NOT is_corrected AND is_open AND found_count < little
       AND (found_count > 0 OR NOT is_whole) THEN
        RETURN QUERY SELECT r.*, 'all', NULL::text[] FROM search_rank(
            space, array_to_string(names, '&')::tsquery, array_to_string(wides, '&')::tsquery,
            !!anywhere, whole, false, most) r;
        IF FOUND THEN
            RETURN;
        END IF;
    END IF;
    IF found_count > 0 THEN
        RETURN;
    END IF;
    how := 'spelling';
    IF is_whole THEN
        names[size] := search_part(space, asked[size], false, false);
        wides[size] := search_part(space, asked[size], false, true);
    END IF;
    FOR one IN SELECT * FROM search_spell(space, asked, is_open, places, nears) LOOP
        IF cardinality(one.words) = 0 THEN
            how := 'some';
            names[one.place] := NULL;
            wides[one.place] := NULL;
            said[one.place] := NULL;
        ELSE
            names[one.place] := '(' || array_to_string(
                search_parts(space, one.words, false, false), '|') || ')';
            wides[one.place] := '(' || array_to_string(
                search_parts(space, one.words, false, true), '|') || ')';
            said[one.place] := array_to_string(one.words, '|');
            whole := replace(whole, asked[one.place], one.words[1]);
        END IF;
    END LOOP;
    IF array_to_string(wides, '') = '' THEN
        RETURN;
    END IF;
    IF said IS DISTINCT FROM asked THEN
        RETURN QUERY SELECT r.*, how, said FROM search_rank(
            space, array_to_string(names, '&')::tsquery, array_to_string(wides, '&')::tsquery, '',
            whole, true, most) r;
        IF FOUND THEN
            RETURN;
        END IF;
    ELSIF is_whole AND NOT is_corrected THEN
        -- Every word is known, the last of them also as the beginning of others.
        RETURN QUERY SELECT r.*, 'all', NULL::text[] FROM search_rank(
            space, array_to_string(search_parts(space, asked, true, false), '&')::tsquery,
            array_to_string(search_parts(space, asked, true, true), '&')::tsquery, '',
            whole, false, most) r;
        IF FOUND THEN
            RETURN;
        END IF;
    END IF;
    IF size >= 3 THEN
        RETURN QUERY SELECT r.*, 'some', said FROM search_rank(
            space,
            (SELECT string_agg('(' || l.rest || ')', '|')
             FROM (SELECT array_to_string(names[:at - 1] || names[at + 1:], '&') AS rest
                   FROM generate_series(1, size) AS at) l WHERE l.rest <> '')::tsquery,
            (SELECT string_agg('(' || l.rest || ')', '|')
             FROM (SELECT array_to_string(wides[:at - 1] || wides[at + 1:], '&') AS rest
                   FROM generate_series(1, size) AS at) l WHERE l.rest <> '')::tsquery,
            '', whole, false, most) r;
    END IF;
END
$$
"""

# What somebody who is typing may mean: names that begin so, then names with such words, then
# the same with slips corrected.
SUGGEST = """
CREATE FUNCTION search_suggest(asked text[], is_open boolean, joined text, whole text,
                               places int[], nears int[], most int)
RETURNS TABLE (ref_kind text, ref_id uuid, score int)
LANGUAGE plpgsql STABLE SECURITY DEFINER $PLANNED
AS $$
DECLARE
    space CONSTANT uuid := $HERE;
    size CONSTANT int := cardinality(asked);
    last CONSTANT text := asked[cardinality(asked)];
    found_by_start int;
    names text[];
    needle text := '';
    one record;
BEGIN
    IF space IS NULL OR whole = '' THEN
        RETURN;
    END IF;
    IF length(whole) = 1 AND (size = 0 OR size = 1 AND is_open) THEN
        RETURN QUERY SELECT d.ref_kind, d.ref_id, d.weight FROM search_documents d
            WHERE d.space_id = space AND "left"(d.key, 1) = whole
            ORDER BY d.weight DESC LIMIT most;
        RETURN;
    ELSIF length(whole) = 2 AND (size = 0 OR size = 1 AND is_open) THEN
        RETURN QUERY SELECT d.ref_kind, d.ref_id, d.weight FROM search_documents d
            WHERE d.space_id = space AND "left"(d.key, 2) = whole
            ORDER BY d.weight DESC LIMIT most;
        RETURN;
    END IF;
    RETURN QUERY SELECT b.ref_kind, b.ref_id, b.score FROM search_beginning(space, whole, most) b;
    GET DIAGNOSTICS found_by_start = ROW_COUNT;
    IF found_by_start >= most OR size = 0 THEN
        RETURN;
    END IF;
    names := search_parts(space, asked, is_open, false);
    IF is_open AND size > 1 AND length(last) <= 2 THEN
        -- So many words begin so that looking at the names found is cheaper.
        needle := ' ' || last;
        names := names[:size - 1];
    END IF;
    RETURN QUERY SELECT * FROM search_named(
        space, concat_ws('|', array_to_string(names, '&'), joined)::tsquery, whole, needle, most);
    IF FOUND OR found_by_start > 0 THEN
        RETURN;
    END IF;
    names := search_parts(space, asked, is_open, false);
    FOR one IN SELECT * FROM search_spell(space, asked, is_open, places, nears) LOOP
        IF cardinality(one.words) = 0 THEN
            RETURN;
        END IF;
        names[one.place] := '(' || array_to_string(
            search_parts(space, one.words, false, false), '|') || ')';
    END LOOP;
    RETURN QUERY SELECT * FROM search_named(
        space, array_to_string(names, '&')::tsquery, NULL, '', most);
END
$$
"""

FUNCTIONS = {
    "search_part(uuid, text, boolean, boolean)": PART,
    "search_parts(uuid, text[], boolean, boolean)": PARTS,
    "search_rank(uuid, tsquery, tsquery, tsquery, text, boolean, int)": RANK,
    "search_spell(uuid, text[], boolean, int[], int[])": SPELL,
    "search_beginning(uuid, text, int)": BEGINNING,
    "search_named(uuid, tsquery, text, text, int)": NAMED,
    "search_find(text[], boolean, text, text, text, int[], int[], boolean, int)": FIND,
    "search_suggest(text[], boolean, text, text, int[], int[], int)": SUGGEST,
}
OPEN = ("search_find", "search_suggest")
"""Those the application may call."""


# Reading the statistics of such columns costs the planner more than the search itself, and there is
# nothing to choose: only the index will do.
UNCOUNTED = (("search_documents", "words"), ("search_words", "near"))


def upgrade() -> None:
    for table, column in UNCOUNTED:
        op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")
    for signature, made in FUNCTIONS.items():
        sql = (
            made.replace("$BITMAP", BITMAP)
            .replace("$PLANNED", PLANNED)
            .replace("$FIXED", FIXED)
            .replace("$HERE", HERE)
        )
        op.get_bind().exec_driver_sql(sql.replace("%", "%%"))
        op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
        if signature.startswith(OPEN):
            op.execute(
                f"GRANT EXECUTE ON FUNCTION {signature} TO mediatheque_app, mediatheque_across"
            )


def downgrade() -> None:
    for table, column in UNCOUNTED:
        op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS DEFAULT")
    for signature in reversed(FUNCTIONS):
        op.execute(f"DROP FUNCTION {signature}")
