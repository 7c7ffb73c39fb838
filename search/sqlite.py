"""Search on SQLite: an FTS5 index over the items, kept by triggers."""

from collections.abc import Sequence
from typing import Any

from search.engine import VISIBLE, Share
from search.query import Word

_COLUMNS = "kind, names, words"
_TABLE = "remedies_searchitem"
_FTS = "remedies_searchfts"
_NEW = "new.id, new.kind, new.names, new.words"
_OLD = "old.id, old.kind, old.names, old.words"
_ADD = f"INSERT INTO {_FTS}(rowid, {_COLUMNS}) VALUES ({_NEW})"
_TAKE = f"INSERT INTO {_FTS}({_FTS}, rowid, {_COLUMNS}) VALUES ('delete', {_OLD})"
_EVENTS = {"insert": [_ADD], "update": [_TAKE, _ADD], "delete": [_TAKE]}


def set_up() -> list[str]:
    """An external-content table (the words are stored once), its triggers, and what is there."""
    return [
        f"CREATE VIRTUAL TABLE {_FTS} USING fts5({_COLUMNS}, content='{_TABLE}', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 2', prefix='2 3')",
        *(
            sql
            for event, body in _EVENTS.items()
            for sql in trigger(f"search_fts_{event}", event, _TABLE, body)
        ),
        f"INSERT INTO {_FTS}({_FTS}) VALUES ('rebuild')",
    ]


def take_down() -> list[str]:
    """Triggers first, since they name the table."""
    drops = [sql for event in _EVENTS for sql in drop_trigger(f"search_fts_{event}", _TABLE)]
    return [*drops, f"DROP TABLE IF EXISTS {_FTS}"]


def trigger(name: str, event: str, table: str, body: Sequence[str], *, when: str = "") -> list[str]:
    """`event` is insert, delete, or update with its columns."""
    condition = f"WHEN {when.replace('IS DISTINCT FROM', 'IS NOT')} " if when else ""
    return [
        f"CREATE TRIGGER {name} AFTER {event} ON {table} {condition}BEGIN {'; '.join(body)}; END"
    ]


def drop_trigger(name: str, table: str) -> list[str]:
    """The table's name is not needed here."""
    return [f"DROP TRIGGER IF EXISTS {name}"]


def each_key(column: str) -> tuple[str, str]:
    """By json_each."""
    return f"json_each({column}) each", "each.value"


def match(words: Sequence[Word], share: Share) -> tuple[str, list[Any]]:
    """Newest first, which costs nothing; bm25 weighs only those that are taken."""
    # Every spelling holds letters and digits only (asking.py), so that none can be an operator.
    asked = " AND ".join(
        f"({' OR '.join(_term(spelling, word.prefix) for spelling in word.spellings)})"
        for word in words
    )
    columns = "names" if share.names_only else "names words"
    query = f'kind : "{share.kind.value}" AND {{{columns}}} : ({asked})'
    return (
        f"SELECT i.kind, i.object_id, i.names, -bm25({_FTS}, 0.0, 10.0, 1.0) FROM {_FTS} "
        f"JOIN {_TABLE} i ON i.id = {_FTS}.rowid WHERE {_FTS} MATCH %s AND {VISIBLE} "
        f"ORDER BY {_FTS}.rowid DESC LIMIT {share.at_most}",
        [query],
    )


def _term(spelling: str, prefix: bool) -> str:
    return f'"{spelling}"*' if prefix else f'"{spelling}"'
