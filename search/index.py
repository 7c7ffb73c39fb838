"""Creates and removes the triggers, views and full-text index that keep search up to date.

The triggers run on every table that items are made from, so the index follows any write. They are
removed before each migration and created after it, because SQLite refuses to rebuild a table that a
view, or a trigger of another table, refers to.
"""

from collections.abc import Iterator
from hashlib import sha256

from django.db import connection, transaction

from search.engine import Engine, Trigger, engine
from search.sources import SOURCES, Source

_ITEMS = "remedies_searchitem"
_MENTIONS = "remedies_mention"
_DIGEST_VIEW = "search_made_"


def refresh() -> bool:
    """Create index, views and triggers if they are missing or outdated; return whether it did."""
    tables = set(connection.introspection.table_names(include_views=True))
    if _ITEMS not in tables or _digest_view() in tables:
        return False
    rebuild()
    return True


@transaction.atomic
def rebuild() -> int:
    """Create everything again, fill the index, and return the number of items in it."""
    remove()
    with connection.cursor() as cursor:
        for sql in _create_statements(engine(), _existing_sources()):
            cursor.execute(sql)
        cursor.execute(f"SELECT count(*) FROM {_ITEMS}")
        return int(cursor.fetchone()[0])


@transaction.atomic
def remove() -> None:
    """Drop triggers, views and the full-text index; every page but search works without them."""
    tables = connection.introspection.table_names(include_views=True)
    if _ITEMS not in tables:
        return
    with connection.cursor() as cursor:
        for sql in _drop_statements(engine(), tables):
            cursor.execute(sql)


def forget_erased() -> None:
    """Remove words of deleted rows from the storage of the index, where it may still hold them."""
    with connection.cursor() as cursor:
        for sql in engine().forget_erased():
            cursor.execute(sql)


def _existing_sources() -> list[Source]:
    """The sources whose tables exist: all of them, except in the middle of the migrations."""
    tables = set(connection.introspection.table_names())
    return [source for source in SOURCES.values() if source.table in tables]


def _digest_view() -> str:
    """The name of an empty view that holds a digest of the SQL the index was created with."""
    definitions = "\n".join(_definitions(engine(), list(SOURCES.values())))
    return _DIGEST_VIEW + sha256(definitions.encode()).hexdigest()[:12]


def _create_statements(database: Engine, sources: list[Source]) -> Iterator[str]:
    yield f"DELETE FROM {_ITEMS}"
    yield f"DELETE FROM {_MENTIONS}"
    for source in sources:
        yield _create_view(source)
    for source in sources:
        yield _upsert_items(source.kind, "IS NOT NULL")
        if source.cites:
            elements, key = database.json_elements("t.shown_citations")
            yield _insert_mentions(source, "t.id", key, f"{source.table} t, {elements}")
    yield from database.create_index()
    for source in sources:
        for trigger in _triggers(database, source):
            yield from database.create_trigger(trigger)
    if len(sources) == len(SOURCES):
        yield f"CREATE VIEW {_digest_view()} AS SELECT 1 AS made"


def _drop_statements(database: Engine, tables: list[str]) -> Iterator[str]:
    for source in _existing_sources():
        for trigger in _triggers(database, source):
            yield from database.drop_trigger(trigger)
    yield from database.drop_index()
    for view in tables:
        if view.startswith((_DIGEST_VIEW, "search_view_")):
            yield f"DROP VIEW IF EXISTS {view}"


def _definitions(database: Engine, sources: list[Source]) -> Iterator[str]:
    yield from database.create_index()
    for source in sources:
        yield _create_view(source)
        for trigger in _triggers(database, source):
            yield from database.create_trigger(trigger)


def _create_view(source: Source) -> str:
    return f"CREATE VIEW search_view_{source.kind} (object_id, names, words, inside) AS {source.select}"


def _triggers(database: Engine, source: Source) -> Iterator[Trigger]:
    name, table = f"search_{source.kind}", source.table
    update = f"update of {', '.join(source.columns)}"
    yield Trigger(f"{name}_made", "insert", table, _sync(source, "new"))
    yield Trigger(f"{name}_changed", update, table, _sync(source, "new"))
    yield Trigger(f"{name}_gone", "delete", table, _sync(source, "old"))
    if not source.cites:
        return
    delete = f"DELETE FROM {_MENTIONS} WHERE place = '{source.kind}:' || old.id"
    elements, key = database.json_elements("new.shown_citations")
    insert = _insert_mentions(source, "new.id", key, elements)
    changed = "old.shown_citations IS DISTINCT FROM new.shown_citations"
    yield Trigger(f"{name}_cites", "insert", table, [insert])
    yield Trigger(
        f"{name}_cites_other", "update of shown_citations", table, [delete, insert], changed
    )
    yield Trigger(f"{name}_cites_gone", "delete", table, [delete])


def _sync(source: Source, row: str) -> list[str]:
    """Statements that bring the items made from `row` (`new` or `old`) up to date."""
    statements = [*_sync_items(source.kind, f"= {row}.id")]
    for kind, table, foreign_key in source.dependents:
        statements += _sync_items(
            kind, f"IN (SELECT d.id FROM {table} d WHERE d.{foreign_key} = {row}.id)"
        )
    return statements


def _sync_items(kind: str, condition: str) -> Iterator[str]:
    """Delete items that are no longer public, insert or update the others."""
    yield (
        f"DELETE FROM {_ITEMS} WHERE kind = '{kind}' AND object_id {condition} AND NOT EXISTS "
        f"(SELECT 1 FROM search_view_{kind} v WHERE v.object_id = {_ITEMS}.object_id)"
    )
    yield _upsert_items(kind, condition)


def _upsert_items(kind: str, condition: str) -> str:
    return (
        f"INSERT INTO {_ITEMS} (place, kind, object_id, names, words, inside) "
        f"SELECT '{kind}:' || v.object_id, '{kind}', v.object_id, v.names, v.words, v.inside "
        f"FROM search_view_{kind} v WHERE v.object_id {condition} "
        "ON CONFLICT (place) DO UPDATE SET names = excluded.names, words = excluded.words, "
        "inside = excluded.inside"
    )


def _insert_mentions(source: Source, row_id: str, key: str, tables: str) -> str:
    """Record the citations of a page; `row_id`, `key` and `tables` are SQL expressions."""
    return (
        f"INSERT INTO {_MENTIONS} (place, key) "
        f"SELECT DISTINCT '{source.kind}:' || {row_id}, {key} FROM {tables}"
    )
