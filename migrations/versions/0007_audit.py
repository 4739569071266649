"""The journal as an audit trail; how long it is kept; features and services of a space.

The journal is sealed in a chain, added to and never changed.

The application's roles may read and add rows, in the columns that are theirs to say; what seals,
shortens and blanks rows are the functions below, which run as the schema's owner. Each reads the
space from the transaction's setting; without one it is about the house's own rows.
"""

import sqlalchemy as sa
from alembic import op
from policies import ACROSS, APP, HERE, grant, protect
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"

FIXED = "SET search_path = pg_catalog, public, pg_temp"
SAID = (
    "space_id, actor_kind, actor_id, actor_name, kind, ref_kind, ref_id, label, before, after, "
    "request_id, ip, user_agent, outcome"
)
NOTHING = "'\\x0000000000000000000000000000000000000000000000000000000000000000'::bytea"

# What a row's hash is made of, after the hash before it. mediatheque.core.seals says the same.
CONTENT = """
CREATE FUNCTION core_entry_who(j core_journal) RETURNS bytea
LANGUAGE sql STABLE $FIXED
RETURN coalesce(j.digest, sha256(convert_to(
    j.salt::text || jsonb_build_array(j.actor_name, j.ip, j.user_agent)::text, 'UTF8')));

CREATE FUNCTION core_entry_key(j core_journal) RETURNS bytea
LANGUAGE sql STABLE $FIXED
RETURN coalesce(j.said_key, sha256(convert_to('said ' || j.salt::text, 'UTF8')));

CREATE FUNCTION core_entry_said(j core_journal) RETURNS bytea
LANGUAGE sql STABLE $FIXED
RETURN coalesce(j.said_digest, sha256(core_entry_key(j) || convert_to(
    jsonb_build_array(j.label, j.before::text, j.after::text)::text, 'UTF8')));

CREATE FUNCTION core_entry_content(j core_journal) RETURNS bytea
LANGUAGE sql STABLE $FIXED
RETURN convert_to(jsonb_build_array(
    'mediatheque journal 1', j.position, j.space_id,
    to_char(j.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), j.actor_kind, j.actor_id,
    j.kind, j.ref_kind, j.ref_id, j.request_id, j.outcome,
    encode(core_entry_who(j), 'hex'), encode(core_entry_said(j), 'hex'))::text, 'UTF8')
"""

# Seals the next rows of a chain, in the order of their positions; answers how many. Who comes at
# the same time waits for the head of the chain and goes on behind it.
SEAL = """
CREATE FUNCTION core_seal_journal(most int) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER $FIXED
AS $$
DECLARE
    here CONSTANT uuid := $HERE;
    head core_seals;
    one record;
    before_it bytea;
    sealed bigint := 0;
BEGIN
    INSERT INTO core_seals (space_id, hash, anchor_hash) VALUES (here, $NOTHING, $NOTHING)
    ON CONFLICT (space_id) DO NOTHING;
    SELECT * INTO head FROM core_seals
    WHERE CASE WHEN here IS NULL THEN space_id IS NULL ELSE space_id = here END FOR UPDATE;
    before_it := head.hash;
    FOR one IN EXECUTE
        'SELECT j.position, core_entry_content(j) AS content FROM core_journal j WHERE j.space_id '
        || CASE WHEN here IS NULL THEN 'IS NULL' ELSE '= $1' END
        || ' AND j.position > $2 ORDER BY j.position LIMIT $3'
        USING here, head.position, most
    LOOP
        before_it := sha256(before_it || one.content);
        UPDATE core_journal SET hash = before_it WHERE position = one.position;
        head.position := one.position;
        sealed := sealed + 1;
    END LOOP;
    IF sealed > 0 THEN
        UPDATE core_seals SET count = count + sealed, position = head.position, hash = before_it,
               sealed_at = clock_timestamp() WHERE id = head.id;
    END IF;
    RETURN sealed;
END
$$
"""

# Takes away the sealed rows from the beginning of a chain that all are older than a time, and
# keeps the hash of the last of them. Nothing that is younger than thirty days goes this way.
CUT = """
CREATE FUNCTION core_cut_journal(until timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER $FIXED
AS $$
DECLARE
    here CONSTANT uuid := $HERE;
    head core_seals;
    kept bigint;
    last record;
    gone bigint := 0;
BEGIN
    IF until > now() - interval '30 days' THEN
        RAISE EXCEPTION 'The journal of the last thirty days is always kept.';
    END IF;
    SELECT * INTO head FROM core_seals
    WHERE CASE WHEN here IS NULL THEN space_id IS NULL ELSE space_id = here END FOR UPDATE;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    EXECUTE 'SELECT min(position) FROM core_journal WHERE space_id '
        || CASE WHEN here IS NULL THEN 'IS NULL' ELSE '= $1' END || ' AND at >= $2'
        INTO kept USING here, until;
    EXECUTE 'SELECT position, hash FROM core_journal WHERE space_id '
        || CASE WHEN here IS NULL THEN 'IS NULL' ELSE '= $1' END
        || ' AND position <= $2 AND position < $3 ORDER BY position DESC LIMIT 1'
        INTO last USING here, head.position, coalesce(kept, 9223372036854775807);
    IF last.position IS NULL OR last.hash IS NULL THEN
        RETURN 0;
    END IF;
    EXECUTE 'DELETE FROM core_journal WHERE space_id '
        || CASE WHEN here IS NULL THEN 'IS NULL' ELSE '= $1' END || ' AND position <= $2'
        USING here, last.position;
    GET DIAGNOSTICS gone = ROW_COUNT;
    UPDATE core_seals SET removed = removed + gone, anchor_position = last.position,
           anchor_hash = last.hash, anchored_at = now() WHERE id = head.id;
    RETURN gone;
END
$$
"""

# Blanks who a person was in what they did, and what was said about them; digests keep the chain
# whole, and a row of the journal says that it happened. `things` are further ids that stand for
# the person (memberships, invitations).
FORGET = """
CREATE FUNCTION core_forget_person(person uuid, things uuid[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER $FIXED
AS $$
DECLARE
    blanked bigint;
BEGIN
    IF nullif(current_setting('mediatheque.space_id', true), '') IS NOT NULL THEN
        RAISE EXCEPTION 'A person is forgotten across all spaces.';
    END IF;
    UPDATE core_journal j SET
        digest = core_entry_who(j), salt = NULL, actor_name = '', ip = '', user_agent = '',
        said_key = CASE WHEN about.person THEN NULL ELSE core_entry_key(j) END,
        said_digest = CASE WHEN about.person THEN core_entry_said(j) END,
        label = CASE WHEN about.person THEN '' ELSE j.label END,
        before = CASE WHEN about.person THEN NULL ELSE j.before END,
        after = CASE WHEN about.person THEN NULL ELSE j.after END
    FROM (SELECT k.position, k.ref_id IS NOT NULL AND k.ref_id = ANY(things || person)
              AS person FROM core_journal k
          WHERE k.actor_id = person OR k.ref_id = ANY(things || person)) AS about
    WHERE j.position = about.position AND j.said_digest IS NULL;
    GET DIAGNOSTICS blanked = ROW_COUNT;
    PERFORM pg_advisory_xact_lock(7303, 0);
    INSERT INTO core_journal (actor_kind, kind, ref_kind, ref_id, after)
    VALUES ('system', 'audit.person_forgotten', 'user', person,
            jsonb_build_object('entries', blanked, 'things', to_jsonb(things)));
    RETURN blanked;
END
$$
"""

FUNCTIONS = {
    "core_seal_journal(int)": f"{APP}, {ACROSS}",
    "core_cut_journal(timestamptz)": f"{APP}, {ACROSS}",
    "core_forget_person(uuid, uuid[])": ACROSS,
}
SPACE_OWNED = ("audit_retention", "spaces_flags", "spaces_integrations")
PARTS = ("content", "said", "key", "who")


def _made(function: str) -> str:
    return function.replace("$FIXED", FIXED).replace("$HERE", HERE).replace("$NOTHING", NOTHING)


def _space(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["space_id"], ["spaces_spaces.id"], name=op.f(f"fk_{table}_space_id"), ondelete="CASCADE"
    )


def _changed_at() -> sa.Column[object]:
    return sa.Column(
        "changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
    )


def _areas() -> None:
    op.create_table(
        "audit_retention",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("keep_days", sa.Integer(), nullable=True),
        _changed_at(),
        sa.CheckConstraint(
            "keep_days IS NULL OR keep_days >= 30", name=op.f("ck_audit_retention_keep_days")
        ),
        _space("audit_retention"),
        sa.PrimaryKeyConstraint("space_id", name=op.f("pk_audit_retention")),
    )
    op.create_table(
        "spaces_flag_defaults",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        _changed_at(),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_spaces_flag_defaults")),
    )
    op.create_table(
        "spaces_flags",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        _changed_at(),
        _space("spaces_flags"),
        sa.PrimaryKeyConstraint("space_id", "name", name=op.f("pk_spaces_flags")),
    )
    op.create_table(
        "spaces_integrations",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("values", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("secrets", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        _changed_at(),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("check_state", sa.Text(), server_default="", nullable=False),
        sa.Column("check_message", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "check_state IN ('', 'works', 'fails')",
            name=op.f("ck_spaces_integrations_check_state"),
        ),
        _space("spaces_integrations"),
        sa.PrimaryKeyConstraint("space_id", "name", name=op.f("pk_spaces_integrations")),
    )
    for table in SPACE_OWNED:
        protect(table)
    grant("spaces_flag_defaults")


def upgrade() -> None:
    op.add_column(
        "core_journal", sa.Column("user_agent", sa.Text(), server_default="", nullable=False)
    )
    op.add_column(
        "core_journal", sa.Column("outcome", sa.Text(), server_default="succeeded", nullable=False)
    )
    op.add_column(
        "core_journal", sa.Column("salt", sa.Uuid(), server_default=sa.text("gen_random_uuid()"))
    )
    for column in ("digest", "said_key", "said_digest", "hash"):
        op.add_column("core_journal", sa.Column(column, sa.LargeBinary()))
    op.create_check_constraint(
        op.f("ck_core_journal_outcome"),
        "core_journal",
        "outcome IN ('succeeded', 'refused', 'failed')",
    )
    op.create_index("ix_core_journal_actor", "core_journal", ["space_id", "actor_id", "position"])
    op.create_index(
        "ix_core_journal_outcome",
        "core_journal",
        ["space_id", "position"],
        postgresql_where=sa.text("outcome <> 'succeeded'"),
    )
    op.create_table(
        "core_seals",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("space_id", sa.Uuid(), nullable=True),
        sa.Column("count", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("position", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column(
            "sealed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("removed", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("anchor_position", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("anchor_hash", sa.LargeBinary(), nullable=False),
        sa.Column("anchored_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_seals")),
    )
    op.create_index(
        "uq_core_seals_space_id",
        "core_seals",
        ["space_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    protect("core_seals")
    for table in ("core_journal", "core_seals"):
        op.execute(f"REVOKE ALL ON {table} FROM {APP}, {ACROSS}")
        op.execute(f"GRANT SELECT ON {table} TO {APP}, {ACROSS}")
    op.execute(f"GRANT INSERT ({SAID}) ON core_journal TO {APP}, {ACROSS}")
    for function in (CONTENT, SEAL, CUT, FORGET):
        op.execute(_made(function))
    for function, roles in FUNCTIONS.items():
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {roles}")
    _areas()


def downgrade() -> None:
    for table in (*SPACE_OWNED, "spaces_flag_defaults"):
        op.drop_table(table)
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    for part in PARTS:
        op.execute(f"DROP FUNCTION core_entry_{part}(core_journal)")
    op.drop_table("core_seals")
    op.drop_index("ix_core_journal_outcome", table_name="core_journal")
    op.drop_index("ix_core_journal_actor", table_name="core_journal")
    op.execute("DELETE FROM core_journal WHERE outcome <> 'succeeded'")
    for column in ("outcome", "user_agent", "salt", "digest", "said_key", "said_digest", "hash"):
        op.drop_column("core_journal", column)
    grant("core_journal")
