"""Search on SQLite: an FTS5 index over the items and one over their names, maintained by triggers.

Names have an index of their own, since FTS5 finds a word in one column by reading all places of the word.
"""

import sqlite3
from collections.abc import Sequence

from search.engine import VISIBLE_SQL, Quota, Trigger
from search.normalizing import search_text
from search.query import Word

# Before 3.42, FTS5 only marks the words of a deleted row, until it happens to merge its segments.
_ERASES_AT_ONCE = sqlite3.sqlite_version_info >= (3, 42)
_TABLE = "remedies_searchitem"
_FTS = "remedies_searchfts"
_NAMES_FTS = "remedies_searchfts_names"
_INDEXES = {_FTS: ("names", "words"), _NAMES_FTS: ("names",)}
"""The folded columns of each index; both have the kind as well."""
_FREQUENT = 1000
"""A word in so many texts is not weighed."""
_TEXTS = "remedies_searchtext"
_FOLD = "search_text"


def _values(row: str, columns: Sequence[str]) -> str:
    return ", ".join([f"{row}.id", f"{row}.kind", *(f"{_FOLD}({row}.{name})" for name in columns)])


def _insert(fts: str) -> str:
    columns = _INDEXES[fts]
    return (
        f"INSERT INTO {fts}(rowid, kind, {', '.join(columns)}) VALUES ({_values('new', columns)})"
    )


def _delete(fts: str) -> str:
    """FTS5's own delete command, which needs the old values of an external-content table."""
    columns = _INDEXES[fts]
    return (
        f"INSERT INTO {fts}({fts}, rowid, kind, {', '.join(columns)}) "
        f"VALUES ('delete', {_values('old', columns)})"
    )


_INSERTS, _DELETES = [_insert(fts) for fts in _INDEXES], [_delete(fts) for fts in _INDEXES]
_TRIGGERS = tuple(
    Trigger(f"search_fts_{event}", event, _TABLE, statements)
    for event, statements in (
        ("insert", _INSERTS),
        ("update", [*_DELETES, *_INSERTS]),
        ("delete", _DELETES),
    )
)


def create_index() -> list[str]:
    """External-content tables over the folded texts (stored once, unfolded), their triggers, a first fill.

    The texts are folded before the tokenizer sees them: `ascii` takes every other character for a letter.
    """
    return [
        f"CREATE VIEW {_TEXTS} AS SELECT id, kind, {_FOLD}(names) AS names, {_FOLD}(words) AS words "
        f"FROM {_TABLE}",
        *(
            f"CREATE VIRTUAL TABLE {fts} USING fts5(kind, {', '.join(columns)}, "
            f"content='{_TEXTS}', content_rowid='id', tokenize='ascii', prefix='2 3')"
            for fts, columns in _INDEXES.items()
        ),
        *(
            f"INSERT INTO {fts}({fts}, rank) VALUES ('secure-delete', 1)"
            for fts in _INDEXES
            if _ERASES_AT_ONCE
        ),
        *(sql for trigger in _TRIGGERS for sql in create_trigger(trigger)),
        *(f"INSERT INTO {fts}({fts}) VALUES ('rebuild')" for fts in _INDEXES),
    ]


def drop_index() -> list[str]:
    """The triggers before the tables that they refer to."""
    drops = [sql for trigger in _TRIGGERS for sql in drop_trigger(trigger)]
    tables = [f"DROP TABLE IF EXISTS {fts}" for fts in _INDEXES]
    return [*drops, *tables, f"DROP VIEW IF EXISTS {_TEXTS}"]


def prepare_connection(connection: sqlite3.Connection) -> None:
    """Register the function that the triggers and the view call: SQLite folds no Unicode itself."""
    connection.create_function(_FOLD, 1, search_text, deterministic=True)


def forget_erased() -> list[str]:
    """Merge all segments into one, without the words of deleted rows; nothing from SQLite 3.42 on."""
    if _ERASES_AT_ONCE:
        return []
    return [f"INSERT INTO {fts}({fts}) VALUES ('optimize')" for fts in _INDEXES]


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
    """Newest rows first, which FTS5 does without sorting; bm25 is computed for texts alone, if at all.

    For the beginning of a word FTS5 reads all texts with such words, and for bm25 all texts with any of
    the words. Where a word as it was typed is in many texts (in many names of one kind, for a search of
    names), its continuations are therefore left out, which PostgreSQL can afford to find. All matches of
    a frequent word weigh the same; bm25 would weigh it at next to nothing. Where all words are in names,
    `ranking` goes by the names and not by the weight.
    """
    fts = _NAMES_FTS if quota.names_only else _FTS
    in_columns = f"{{{' '.join(_INDEXES[fts])}}} : "
    weight, parameters = ("0.0", []) if quota.names_only else _weight(words)
    parameters.append(f'kind : "{quota.kind.value}"')
    # Names of few pages are continued even where thousands of entries repeat a word.
    within = f'kind : "{quota.kind.value}" AND ' if quota.names_only else ""
    # Whole words stand first, so beside enough of them there is no place for what continues the only one.
    most = min(quota.at_most, _FREQUENT) if quota.names_only and len(words) == 1 else _FREQUENT
    expression = "%s"
    for word in words:
        term = _any_spelling(word, prefix=False)
        expression += " || %s"
        if word.prefix:
            expression += f" || CASE WHEN {_is_frequent(fts, most)} THEN '' ELSE %s END"
            begun = _any_spelling(word, prefix=True)
            parameters += [f" AND {in_columns}({term}", within + in_columns + term, f" OR {begun}"]
        else:
            parameters.append(f" AND {in_columns}({term}")
        expression += " || ')'"
    return (
        f"SELECT i.kind, i.object_id, i.names, {weight} FROM {fts} "
        f"JOIN {_TABLE} i ON i.id = {fts}.rowid WHERE {fts} MATCH {expression} AND {VISIBLE_SQL} "
        f"ORDER BY {fts}.rowid DESC LIMIT {quota.at_most}",
        parameters,
    )


def _weight(words: Sequence[Word]) -> tuple[str, list[str]]:
    """The weight of a text as an expression with its parameters: 0 where many texts match one of the words.

    Whether many texts have a word as it was typed is known sooner than how it goes on, so it is tested first.
    """
    typed, begun = (
        f"{{{' '.join(_INDEXES[_FTS])}}} : ({' OR '.join(terms)})"
        for terms in (
            [_any_spelling(word, prefix=False) for word in words],
            [_any_spelling(word, prefix=word.prefix) for word in words],
        )
    )
    is_frequent = _is_frequent(_FTS, _FREQUENT)
    return (
        f"CASE WHEN {is_frequent} THEN 0.0 WHEN {is_frequent} THEN 0.0 "
        f"ELSE -bm25({_FTS}, 0.0, 10.0, 1.0) END",
        [typed, begun],
    )


def _is_frequent(fts: str, most: int) -> str:
    """Whether so many texts match one parameter; no more of them are read."""
    found = f"SELECT 1 FROM {fts} WHERE {fts} MATCH %s LIMIT {most}"
    return f"(SELECT count(*) FROM ({found})) = {most}"


def _any_spelling(word: Word, *, prefix: bool) -> str:
    # Spellings are letters and digits only (search.query), so none can be an FTS5 operator.
    return f"({' OR '.join(_term(spelling, prefix) for spelling in word.spellings)})"


def _term(spelling: str, prefix: bool) -> str:
    return f'"{spelling}"*' if prefix else f'"{spelling}"'
