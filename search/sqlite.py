"""Search on SQLite: an FTS5 index over the items, maintained by triggers."""

import sqlite3
from collections.abc import Sequence

from search.engine import VISIBLE_SQL, Quota, Trigger
from search.normalizing import search_text
from search.query import Word

# Before 3.42, FTS5 only marks the words of a deleted row, until it happens to merge its segments.
_ERASES_AT_ONCE = sqlite3.sqlite_version_info >= (3, 42)
_COLUMNS = "kind, names, words"
_TABLE = "remedies_searchitem"
_FTS = "remedies_searchfts"
_TEXTS = "remedies_searchtext"
_FOLD = "search_text"
_NEW = f"new.id, new.kind, {_FOLD}(new.names), {_FOLD}(new.words)"
_OLD = f"old.id, old.kind, {_FOLD}(old.names), {_FOLD}(old.words)"
_INSERT = f"INSERT INTO {_FTS}(rowid, {_COLUMNS}) VALUES ({_NEW})"
# FTS5's own delete command, which needs the old values of an external-content table.
_DELETE = f"INSERT INTO {_FTS}({_FTS}, rowid, {_COLUMNS}) VALUES ('delete', {_OLD})"
_TRIGGERS = tuple(
    Trigger(f"search_fts_{event}", event, _TABLE, statements)
    for event, statements in (
        ("insert", [_INSERT]),
        ("update", [_DELETE, _INSERT]),
        ("delete", [_DELETE]),
    )
)


def create_index() -> list[str]:
    """An external-content table over the folded texts (stored once, unfolded), its triggers, a first fill.

    The texts are folded before the tokenizer sees them: `ascii` takes every other character for a letter.
    """
    return [
        f"CREATE VIEW {_TEXTS} AS SELECT id, kind, {_FOLD}(names) AS names, {_FOLD}(words) AS words "
        f"FROM {_TABLE}",
        f"CREATE VIRTUAL TABLE {_FTS} USING fts5({_COLUMNS}, content='{_TEXTS}', content_rowid='id', "
        "tokenize='ascii', prefix='2 3')",
        *([f"INSERT INTO {_FTS}({_FTS}, rank) VALUES ('secure-delete', 1)"] * _ERASES_AT_ONCE),
        *(sql for trigger in _TRIGGERS for sql in create_trigger(trigger)),
        f"INSERT INTO {_FTS}({_FTS}) VALUES ('rebuild')",
    ]


def drop_index() -> list[str]:
    """The triggers before the table that they refer to."""
    drops = [sql for trigger in _TRIGGERS for sql in drop_trigger(trigger)]
    return [*drops, f"DROP TABLE IF EXISTS {_FTS}", f"DROP VIEW IF EXISTS {_TEXTS}"]


def prepare_connection(connection: sqlite3.Connection) -> None:
    """Register the function that the triggers and the view call: SQLite folds no Unicode itself."""
    connection.create_function(_FOLD, 1, search_text, deterministic=True)


def forget_erased() -> list[str]:
    """Merge all segments into one, without the words of deleted rows; nothing from SQLite 3.42 on."""
    return [] if _ERASES_AT_ONCE else [f"INSERT INTO {_FTS}({_FTS}) VALUES ('optimize')"]


def create_trigger(trigger: Trigger) -> list[str]:
    """SQLite writes IS NOT for PostgreSQL's IS DISTINCT FROM."""
    name, event, table, statements, condition = trigger
    when = f"WHEN {condition.replace('IS DISTINCT FROM', 'IS NOT')} " if condition else ""
    return [
        f"CREATE TRIGGER {name} AFTER {event} ON {table} {when}BEGIN {'; '.join(statements)}; END"
    ]


def drop_trigger(trigger: Trigger) -> list[str]:
    """The names of triggers are unique in the database, so the table is not needed."""
    return [f"DROP TRIGGER IF EXISTS {trigger.name}"]


def json_elements(column: str) -> tuple[str, str]:
    """With json_each."""
    return f"json_each({column}) each", "each.value"


def match(words: Sequence[Word], quota: Quota) -> tuple[str, list[str]]:
    """Newest rows first, which FTS5 does without sorting; bm25 is computed for the selected only."""
    # Spellings are letters and digits only (search.query), so none can be an FTS5 operator.
    terms = " AND ".join(
        f"({' OR '.join(_term(spelling, word.prefix) for spelling in word.spellings)})"
        for word in words
    )
    columns = "names" if quota.names_only else "names words"
    expression = f'kind : "{quota.kind.value}" AND {{{columns}}} : ({terms})'
    return (
        f"SELECT i.kind, i.object_id, i.names, -bm25({_FTS}, 0.0, 10.0, 1.0) FROM {_FTS} "
        f"JOIN {_TABLE} i ON i.id = {_FTS}.rowid WHERE {_FTS} MATCH %s AND {VISIBLE_SQL} "
        f"ORDER BY {_FTS}.rowid DESC LIMIT {quota.at_most}",
        [expression],
    )


def _term(spelling: str, prefix: bool) -> str:
    return f'"{spelling}"*' if prefix else f'"{spelling}"'
