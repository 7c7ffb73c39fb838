"""Keeps the index true: triggers on every table that items are made from, whatever writes the rows.

Triggers and views are made anew after every migration that changes something and taken away before
it, because SQLite refuses to rebuild a table that a view or a foreign trigger names.
"""

from collections.abc import Iterator
from hashlib import sha256

from django.db import connection, transaction

from search.engine import Engine, engine
from search.sources import SOURCES, Source

_ITEMS = "remedies_searchitem"
_MENTIONS = "remedies_mention"
_STAMP = "search_made_"


def refresh() -> bool:
    """Make index, views and triggers where they are missing or of an older make; whether it did."""
    tables = set(connection.introspection.table_names(include_views=True))
    if _ITEMS not in tables or _stamp() in tables:
        return False
    rebuild()
    return True


@transaction.atomic
def rebuild() -> int:
    """Make everything anew, fill the index, and return the number of its items."""
    remove()
    with connection.cursor() as cursor:
        for sql in _creation(engine(), _standing()):
            cursor.execute(sql)
        cursor.execute(f"SELECT count(*) FROM {_ITEMS}")
        return int(cursor.fetchone()[0])


@transaction.atomic
def remove() -> None:
    """Take triggers, views and the full-text index away; pages other than search go on."""
    tables = connection.introspection.table_names(include_views=True)
    if _ITEMS not in tables:
        return
    with connection.cursor() as cursor:
        for sql in _removal(engine(), tables):
            cursor.execute(sql)


def _standing() -> list[Source]:
    """The sources whose tables exist: all of them, but in the middle of a migration."""
    tables = set(connection.introspection.table_names())
    return [source for source in SOURCES.values() if source.table in tables]


def _stamp() -> str:
    """The name of an empty view that tells of which make the index is."""
    made = "\n".join(_definitions(engine(), list(SOURCES.values())))
    return _STAMP + sha256(made.encode()).hexdigest()[:12]


def _creation(base: Engine, sources: list[Source]) -> Iterator[str]:
    yield f"DELETE FROM {_ITEMS}"
    yield f"DELETE FROM {_MENTIONS}"
    for source in sources:
        yield _view(source)
    for source in sources:
        yield _fill(source.kind, "IS NOT NULL")
        if source.cites:
            keys, value = base.each_key("t.shown_citations")
            yield _cite(source, f"t.id, {value} FROM {source.table} t, {keys}", "t.id")
    yield from base.set_up()
    for source in sources:
        for name, event, table, body, when in _triggers(base, source):
            yield from base.trigger(name, event, table, body, when=when)
    if len(sources) == len(SOURCES):
        yield f"CREATE VIEW {_stamp()} AS SELECT 1 AS made"


def _removal(base: Engine, tables: list[str]) -> Iterator[str]:
    for source in _standing():
        for name, _event, table, _body, _when in _triggers(base, source):
            yield from base.drop_trigger(name, table)
    yield from base.take_down()
    for view in tables:
        if view.startswith((_STAMP, "search_view_")):
            yield f"DROP VIEW IF EXISTS {view}"


def _definitions(base: Engine, sources: list[Source]) -> Iterator[str]:
    yield from base.set_up()
    for source in sources:
        yield _view(source)
        for name, event, table, body, when in _triggers(base, source):
            yield from base.trigger(name, event, table, body, when=when)


def _view(source: Source) -> str:
    return f"CREATE VIEW search_view_{source.kind} (object_id, names, words, inside) AS {source.select}"


def _triggers(base: Engine, source: Source) -> Iterator[tuple[str, str, str, list[str], str]]:
    """(name, event, table, statements, condition) of each trigger of a source."""
    name, table = f"search_{source.kind}", source.table
    saved = _refreshed(source, "new")
    yield f"{name}_made", "insert", table, saved, ""
    yield f"{name}_changed", f"update of {', '.join(source.columns)}", table, saved, ""
    yield f"{name}_gone", "delete", table, _refreshed(source, "old"), ""
    if not source.cites:
        return
    forget = f"DELETE FROM {_MENTIONS} WHERE place = '{source.kind}:' || old.id"
    keys, value = base.each_key("new.shown_citations")
    cite = _cite(source, f"new.id, {value} FROM {keys}", "new.id")
    yield f"{name}_cites", "insert", table, [cite], ""
    changed = "old.shown_citations IS DISTINCT FROM new.shown_citations"
    yield f"{name}_cites_other", "update of shown_citations", table, [forget, cite], changed
    yield f"{name}_cites_gone", "delete", table, [forget], ""


def _refreshed(source: Source, row: str) -> list[str]:
    statements = [*_again(source.kind, f"= {row}.id")]
    for kind, table, key in source.dependents:
        statements += _again(kind, f"IN (SELECT d.id FROM {table} d WHERE d.{key} = {row}.id)")
    return statements


def _again(kind: str, which: str) -> Iterator[str]:
    """Items that nobody may see any more go; the others are brought up to date, or come."""
    yield (
        f"DELETE FROM {_ITEMS} WHERE kind = '{kind}' AND object_id {which} AND NOT EXISTS "
        f"(SELECT 1 FROM search_view_{kind} v WHERE v.object_id = {_ITEMS}.object_id)"
    )
    yield _fill(kind, which)


def _fill(kind: str, which: str) -> str:
    return (
        f"INSERT INTO {_ITEMS} (place, kind, object_id, names, words, inside) "
        f"SELECT '{kind}:' || v.object_id, '{kind}', v.object_id, v.names, v.words, v.inside "
        f"FROM search_view_{kind} v WHERE v.object_id {which} "
        "ON CONFLICT (place) DO UPDATE SET names = excluded.names, words = excluded.words, "
        "inside = excluded.inside"
    )


def _cite(source: Source, rows: str, row_id: str) -> str:
    """`rows` begins with the id and the key."""
    rest = rows.partition(", ")[2]
    return (
        f"INSERT INTO {_MENTIONS} (place, key) SELECT DISTINCT '{source.kind}:' || {row_id}, {rest}"
    )
