"""The ground: extensions, the two roles, the queue."""

from importlib.resources import files

from alembic import op

revision = "0001"
down_revision = None

EXTENSIONS = (
    "pg_trgm",
    "unaccent",
    "btree_gin",
    "btree_gist",
    "fuzzystrmatch",
    "ltree",
    "vector",
)
ROLES = ("mediatheque_app", "mediatheque_across")


def upgrade() -> None:
    for extension in EXTENSIONS:
        op.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
    for role in ROLES:
        op.execute(
            f"DO $$ BEGIN CREATE ROLE {role} NOLOGIN; "
            "EXCEPTION WHEN duplicate_object THEN NULL; END $$"
        )
        op.execute(f"GRANT {role} TO CURRENT_USER")
        op.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
    op.execute(f"GRANT SELECT ON alembic_version TO {', '.join(ROLES)}")
    schema = files("procrastinate").joinpath("sql/schema.sql").read_text()
    op.get_bind().exec_driver_sql(schema.replace("%", "%%"))
    op.execute(
        """
        DO $$ DECLARE r record; BEGIN
          FOR r IN SELECT relname, relkind FROM pg_class
                   WHERE relname LIKE 'procrastinate\\_%' AND relkind IN ('r', 'S')
                     AND relnamespace = 'public'::regnamespace LOOP
            IF r.relkind = 'r' THEN
              EXECUTE format('GRANT ALL ON TABLE %I TO mediatheque_app, mediatheque_across',
                             r.relname);
            ELSE
              EXECUTE format('GRANT ALL ON SEQUENCE %I TO mediatheque_app, mediatheque_across',
                             r.relname);
            END IF;
          END LOOP;
        END $$
        """
    )


def downgrade() -> None:
    op.execute(
        """
        DO $$ DECLARE r record; BEGIN
          FOR r IN SELECT relname FROM pg_class WHERE relname LIKE 'procrastinate\\_%'
                   AND relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
            EXECUTE format('DROP TABLE IF EXISTS %I CASCADE', r.relname);
          END LOOP;
          FOR r IN SELECT oid::regprocedure AS sig FROM pg_proc
                   WHERE proname LIKE 'procrastinate\\_%'
                     AND pronamespace = 'public'::regnamespace LOOP
            EXECUTE format('DROP FUNCTION %s CASCADE', r.sig);
          END LOOP;
          FOR r IN SELECT typname FROM pg_type WHERE typname LIKE 'procrastinate\\_%'
                   AND typnamespace = 'public'::regnamespace AND typtype IN ('e', 'c') LOOP
            EXECUTE format('DROP TYPE IF EXISTS %I CASCADE', r.typname);
          END LOOP;
        END $$
        """
    )
    for role in ROLES:
        op.execute(f"REVOKE ALL ON SCHEMA public FROM {role}")
        op.execute(f"REVOKE SELECT ON alembic_version FROM {role}")
    for extension in reversed(EXTENSIONS):
        op.execute(f"DROP EXTENSION IF EXISTS {extension}")
