"""Lets the database note that what a page shows has changed: a row of `page_version` for each scope.

Triggers on every shown table write a new random number into the rows of its scopes, whoever changes the
table: a view, the admin, a command, another process. Numbers are random and not counted, so that a
database restored from a backup cannot come to a number that stood for other content. As with the index
of search, table and triggers are removed before a migration and made after it; without the table no
page is kept.

On PostgreSQL the triggers run at the end of the transaction, under one lock: the numbers are then moved
in the order of the commits and only for the moment of the commit, and no two transactions can wait for
each other's rows. On SQLite there is one writer at a time anyway.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256

from django.apps import apps
from django.db import connection, transaction

from remedies_site.pagecache.shown import ALL, CONTENT, WATCHED

TABLE = "page_version"
_DIGEST = "page_version_made_"
_LOCK = 7_346_201
"""The number of the advisory lock, which nothing else of the site uses."""
_POSTGRES_RANDOM = "floor(random() * 9e15)::bigint"
_EVENTS = ("insert", "update", "delete")


def refresh() -> bool:
    """Create table and triggers where they are missing or outdated; return whether it did."""
    tables = set(connection.introspection.table_names(include_views=True))
    if not tables.issuperset(WATCHED) or _digest() in tables:
        return False
    remove()
    _run(_create())
    return True


def remove() -> None:
    """Drop everything: no page is kept until it is there again."""
    views = connection.introspection.table_names(include_views=True)
    _run(
        [
            *(f"DROP VIEW {view}" for view in views if view.startswith(_DIGEST)),
            *(sql for table in WATCHED if table in views for sql in _drop(table)),
            f"DROP TABLE IF EXISTS {TABLE}",
        ]
    )


@transaction.atomic
def _run(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)


def _digest() -> str:
    """The name of an empty view that holds a digest of all that is made here."""
    return _DIGEST + sha256("\n".join(_definitions()).encode()).hexdigest()[:12]


def _create() -> Iterator[str]:
    yield from _definitions()
    random = "random()" if connection.vendor == "sqlite" else _POSTGRES_RANDOM
    for scope in (ALL, CONTENT):
        yield f"INSERT INTO {TABLE} (scope, number) VALUES ('{scope}', {random})"
    yield f"CREATE VIEW {_digest()} AS SELECT 1 AS made"


def _definitions() -> Iterator[str]:
    yield f"CREATE TABLE {TABLE} (scope varchar(140) NOT NULL PRIMARY KEY, number bigint NOT NULL)"
    if connection.vendor == "sqlite":
        for table in WATCHED:
            yield from _sqlite_triggers(table)
        return
    yield _MOVE
    for table in WATCHED:
        yield from _postgres_triggers(table)


def _drop(table: str) -> Iterator[str]:
    if connection.vendor == "sqlite":
        for event in _EVENTS:
            yield f"DROP TRIGGER IF EXISTS page_{table}_{event}"
    else:
        yield f"DROP TRIGGER IF EXISTS page_{table} ON {table}"
        yield f"DROP FUNCTION IF EXISTS page_{table}()"


def _update_of(table: str) -> str:
    """The event of an update, without the columns that no page shows."""
    hidden = WATCHED[table].hidden
    if not hidden:
        return "UPDATE"
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    columns = [str(field.column) for field in model._meta.local_concrete_fields]
    return f"UPDATE OF {', '.join(column for column in columns if column not in hidden)}"


def _sqlite_triggers(table: str) -> Iterator[str]:
    for event in _EVENTS:
        scopes = WATCHED[table].scopes.format(row="old" if event == "delete" else "new")
        when = _update_of(table) if event == "update" else event.upper()
        only = WATCHED[table].new_if if event == "insert" else ""
        yield (
            f"CREATE TRIGGER page_{table}_{event} AFTER {when} ON {table} "
            f"{f'WHEN {only} ' if only else ''}BEGIN "
            f"INSERT INTO {TABLE} (scope, number) "
            f"SELECT scope, random() FROM (SELECT '{ALL}' AS scope UNION {scopes}) WHERE true "
            "ON CONFLICT (scope) DO UPDATE SET number = excluded.number; END"
        )


_MOVE = f"""
CREATE OR REPLACE FUNCTION page_moved(moved text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE done text := coalesce(current_setting('page.moved', true), '');
BEGIN
  IF position('|' || moved || '|' IN done) > 0 THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock({_LOCK});
  INSERT INTO {TABLE} (scope, number) VALUES (moved, {_POSTGRES_RANDOM})
    ON CONFLICT (scope) DO UPDATE SET number = excluded.number;
  PERFORM set_config('page.moved', done || '|' || moved || '|', true);
END $$
"""


def _postgres_triggers(table: str) -> Iterator[str]:
    def scopes(row: str) -> str:
        return WATCHED[table].scopes.format(row=row)

    only = WATCHED[table].new_if
    skip = f"IF TG_OP = 'INSERT' AND NOT ({only}) THEN RETURN NULL; END IF;" if only else ""
    yield f"""
CREATE OR REPLACE FUNCTION page_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moved text;
BEGIN
  {skip}
  PERFORM page_moved('{ALL}');
  IF TG_OP = 'DELETE' THEN
    FOR moved IN {scopes("old")} LOOP PERFORM page_moved(moved); END LOOP;
  ELSE
    FOR moved IN {scopes("new")} LOOP PERFORM page_moved(moved); END LOOP;
  END IF;
  RETURN NULL;
END $$
"""
    yield (
        f"CREATE CONSTRAINT TRIGGER page_{table} AFTER INSERT OR DELETE OR {_update_of(table)} "
        f"ON {table} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION page_{table}()"
    )
