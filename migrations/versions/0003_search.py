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
HERE = "nullif(current_setting('mediatheque.space_id', true), '')::uuid"

# A word as a question asks for it: in names only, or also among people, vocabularies and codes.
PART = """
CREATE FUNCTION search_part(word text, is_open boolean, is_wide boolean) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE $FIXED
RETURN CASE WHEN is_wide
    THEN format('(''%1$s''%2$s|''@%1$s''%2$s|''#%1$s''%2$s|''=%1$s'')', word,
                CASE WHEN is_open THEN ':*' ELSE '' END)
    ELSE format('''%1$s''%2$s', word, CASE WHEN is_open THEN ':*' ELSE '' END) END
"""

# The documents of two questions, the first within the second, the best first. At most `most` of
# each are looked at: what matches by name comes before what only matches somewhere.
RANK = """
CREATE FUNCTION search_rank(space uuid, by_name tsquery, anywhere tsquery, whole text, most int)
RETURNS TABLE (ref_kind text, ref_id uuid, kind text, facets text[], score int)
LANGUAGE sql STABLE $FIXED
AS $$
    SELECT f.ref_kind, f.ref_id, f.kind, f.facets,
           (1e6 * (f.base
                   + CASE WHEN starts_with(f.key, whole)
                          THEN 2.0 * length(whole) / length(f.key) ELSE 0 END
                   + ts_rank('{0.05, 0.2, 0.5, 1}', f.words, anywhere)
                   + ln(1 + greatest(f.weight, 0)) / 40))::int AS score
    FROM ((SELECT d.*, 3.0 AS base FROM search_documents d
           WHERE d.space_id = space AND d.key = whole LIMIT 50)
          UNION ALL
          (SELECT d.*, 1.0 FROM search_documents d
           WHERE d.space_id = space AND d.words @@ by_name AND d.key <> whole LIMIT most)
          UNION ALL
          (SELECT d.*, 0.0 FROM search_documents d
           WHERE d.space_id = space AND d.words @@ anywhere AND d.key <> whole
             AND NOT d.words @@ by_name LIMIT most)) f
    ORDER BY score DESC, f.ref_id LIMIT most
$$
"""

# For each word that occurs nowhere, up to three that do and are a slip away: one by the keys
# both have, more slips in long words by common trigrams. An empty array: nothing is near.
SPELL = """
CREATE FUNCTION search_spell(space uuid, asked text[], is_open boolean, places int[], nears int[])
RETURNS TABLE (place int, words text[])
LANGUAGE plpgsql STABLE $FIXED SET pg_trgm.similarity_threshold = 0.25
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
            WHERE d.space_id = space
              AND d.words @@ search_part(asked[at],
                                         is_open AND at = cardinality(asked), true)::tsquery);
        place := at;
        words := '{}';
        keys := (SELECT array_agg(k.near) FROM unnest(places, nears) AS k (place, near)
                 WHERE k.place = at);
        IF keys IS NOT NULL THEN
            words := ARRAY(
                SELECT w.word FROM search_words w
                WHERE w.near && keys AND w.space_id = space
                  AND levenshtein_less_equal(w.word, asked[at], 2) <= 2
                ORDER BY levenshtein(w.word, asked[at]),
                         similarity(w.word, asked[at]) DESC, w.word LIMIT 3);
            IF cardinality(words) = 0 AND length(word) >= 6 THEN
                slips := CASE WHEN length(word) >= 9 THEN 3 ELSE 2 END;
                words := ARRAY(
                    SELECT w.word FROM search_words w
                    WHERE w.space_id = space AND w.word % asked[at]
                      AND levenshtein_less_equal(w.word, asked[at], slips) <= slips
                    ORDER BY levenshtein(w.word, asked[at]),
                             similarity(w.word, asked[at]) DESC, w.word LIMIT 3);
            END IF;
        END IF;
        RETURN NEXT;
    END LOOP;
END
$$
"""

# What is found: everything asked for; or with words corrected; or with some left out.
FIND = """
CREATE FUNCTION search_find(asked text[], is_open boolean, joined text, code text, whole text,
                            places int[], nears int[], is_corrected boolean, most int)
RETURNS TABLE (ref_kind text, ref_id uuid, kind text, facets text[], score int, how text,
               spelling text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER $FIXED
AS $$
DECLARE
    space CONSTANT uuid := $HERE;
    size CONSTANT int := cardinality(asked);
    names text[];
    wides text[];
    said text[] := asked;
    one record;
BEGIN
    IF space IS NULL OR size = 0 THEN
        RETURN;
    END IF;
    names := ARRAY(SELECT search_part(a.word, is_open AND a.at = size, false)
                   FROM unnest(asked) WITH ORDINALITY AS a (word, at) ORDER BY a.at);
    wides := ARRAY(SELECT search_part(a.word, is_open AND a.at = size, true)
                   FROM unnest(asked) WITH ORDINALITY AS a (word, at) ORDER BY a.at);
    IF NOT is_corrected THEN
        RETURN QUERY SELECT r.*, 'all', NULL::text[] FROM search_rank(
            space, concat_ws('|', array_to_string(names, '&'), joined)::tsquery,
            concat_ws('|', array_to_string(wides, '&'), joined, code)::tsquery, whole, most) r;
        IF FOUND THEN
            RETURN;
        END IF;
    END IF;
    how := 'spelling';
    FOR one IN SELECT * FROM search_spell(space, asked, is_open, places, nears) LOOP
        IF cardinality(one.words) = 0 THEN
            how := 'some';
            names[one.place] := NULL;
            wides[one.place] := NULL;
            said[one.place] := NULL;
        ELSE
            names[one.place] := (SELECT '(' || string_agg(search_part(w, false, false), '|') || ')'
                                 FROM unnest(one.words) AS w);
            wides[one.place] := (SELECT '(' || string_agg(search_part(w, false, true), '|') || ')'
                                 FROM unnest(one.words) AS w);
            said[one.place] := array_to_string(one.words, '|');
            whole := replace(whole, asked[one.place], one.words[1]);
        END IF;
    END LOOP;
    IF array_to_string(wides, '') = '' THEN
        RETURN;
    END IF;
    IF said IS DISTINCT FROM asked THEN
        RETURN QUERY SELECT r.*, how, said FROM search_rank(
            space, array_to_string(names, '&')::tsquery,
            array_to_string(wides, '&')::tsquery, whole, most) r;
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
            whole, most) r;
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
LANGUAGE plpgsql STABLE SECURITY DEFINER $FIXED
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
    IF space IS NULL OR size = 0 OR whole = '' THEN
        RETURN;
    END IF;
    IF is_open AND size = 1 AND length(whole) = 1 THEN
        RETURN QUERY SELECT d.ref_kind, d.ref_id, d.weight FROM search_documents d
            WHERE d.space_id = space AND "left"(d.key, 1) = whole
            ORDER BY d.weight DESC LIMIT most;
        RETURN;
    ELSIF is_open AND size = 1 AND length(whole) = 2 THEN
        RETURN QUERY SELECT d.ref_kind, d.ref_id, d.weight FROM search_documents d
            WHERE d.space_id = space AND "left"(d.key, 2) = whole
            ORDER BY d.weight DESC LIMIT most;
        RETURN;
    END IF;
    RETURN QUERY SELECT f.ref_kind, f.ref_id,
               (2e6 + 1e6 * length(whole) / length(f.key) + 1e5 * ln(1 + f.weight))::int
        FROM (SELECT * FROM search_documents d
              WHERE d.space_id = space AND d.key >= whole AND d.key < whole || chr(1114111)
              ORDER BY d.key LIMIT 400) f
        ORDER BY 3 DESC LIMIT most;
    GET DIAGNOSTICS found_by_start = ROW_COUNT;
    IF found_by_start >= most THEN
        RETURN;
    END IF;
    names := ARRAY(SELECT search_part(a.word, is_open AND a.at = size, false)
                   FROM unnest(asked) WITH ORDINALITY AS a (word, at) ORDER BY a.at);
    IF is_open AND size > 1 AND length(last) <= 2 THEN
        -- So many words begin so that looking at the names found is cheaper.
        needle := ' ' || last;
        names := names[:size - 1];
    END IF;
    RETURN QUERY SELECT f.ref_kind, f.ref_id, (1e5 * ln(1 + f.weight))::int
        FROM (SELECT * FROM search_documents d
              WHERE d.space_id = space
                AND d.words @@ concat_ws('|', array_to_string(names, '&'), joined)::tsquery
                AND NOT (d.key >= whole AND d.key < whole || chr(1114111))
                AND (needle = '' OR position(needle IN ' ' || d.name) > 0) LIMIT 400) f
        ORDER BY 3 DESC LIMIT most;
    IF FOUND OR found_by_start > 0 THEN
        RETURN;
    END IF;
    FOR one IN SELECT * FROM search_spell(space, asked, is_open, places, nears) LOOP
        IF cardinality(one.words) = 0 THEN
            RETURN;
        END IF;
        names[one.place] := (SELECT '(' || string_agg(search_part(w, false, false), '|') || ')'
                             FROM unnest(one.words) AS w);
    END LOOP;
    RETURN QUERY SELECT f.ref_kind, f.ref_id, (1e5 * ln(1 + f.weight))::int
        FROM (SELECT * FROM search_documents d
              WHERE d.space_id = space AND d.words @@ array_to_string(names, '&')::tsquery
              LIMIT 400) f
        ORDER BY 3 DESC LIMIT most;
END
$$
"""

FUNCTIONS = {
    "search_part(text, boolean, boolean)": PART,
    "search_rank(uuid, tsquery, tsquery, text, int)": RANK,
    "search_spell(uuid, text[], boolean, int[], int[])": SPELL,
    "search_find(text[], boolean, text, text, text, int[], int[], boolean, int)": FIND,
    "search_suggest(text[], boolean, text, text, int[], int[], int)": SUGGEST,
}
OPEN = ("search_find", "search_suggest")
"""Those the application may call."""


def upgrade() -> None:
    for signature, made in FUNCTIONS.items():
        sql = made.replace("$FIXED", FIXED).replace("$HERE", HERE)
        op.get_bind().exec_driver_sql(sql.replace("%", "%%"))
        op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
        if signature.startswith(OPEN):
            op.execute(
                f"GRANT EXECUTE ON FUNCTION {signature} TO mediatheque_app, mediatheque_across"
            )


def downgrade() -> None:
    for signature in reversed(FUNCTIONS):
        op.execute(f"DROP FUNCTION {signature}")
