"""Search on PostgreSQL: a generated tsvector over the items, with one GIN index for each kind."""

from collections.abc import Sequence
from typing import Any

from search.engine import VISIBLE, Share
from search.query import Word
from search.sources import SOURCES

_TABLE = "remedies_searchitem"
_FOLD = "search_fold"
# As remedies_site.sorting.fold: accents and case away; whatever is no letter and no digit is a blank,
# so that PostgreSQL's parser sees words only, never a path, a host or a number with a sign.
_MAKE_FOLD = f"""
CREATE OR REPLACE FUNCTION {_FOLD}(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT lower(regexp_replace(regexp_replace(normalize(given, NFKD), '[\\u0300-\\u036f]', '', 'g'),
'[\\u0001-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u00bf\\u2000-\\u206f]+', ' ', 'g')) $$"""


def set_up() -> list[str]:
    """The column fills itself, also for what is there."""
    return [
        _MAKE_FOLD,
        f"ALTER TABLE {_TABLE} ADD COLUMN vector tsvector GENERATED ALWAYS AS "
        f"(setweight(to_tsvector('simple', {_FOLD}(names)), 'A') || "
        f"setweight(to_tsvector('simple', {_FOLD}(words)), 'D')) STORED",
        *(
            f"CREATE INDEX remedies_search_{kind} ON {_TABLE} USING gin (vector) WHERE kind = '{kind}'"
            for kind in SOURCES
        ),
    ]


def take_down() -> list[str]:
    """The indexes go with the column."""
    return [
        f"ALTER TABLE IF EXISTS {_TABLE} DROP COLUMN IF EXISTS vector",
        f"DROP FUNCTION IF EXISTS {_FOLD}(text)",
    ]


def trigger(name: str, event: str, table: str, body: Sequence[str], *, when: str = "") -> list[str]:
    """A function of the same name holds the body."""
    condition = f"WHEN ({when}) " if when else ""
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN {'; '.join(body)}; RETURN NULL; END $$",
        f"CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW {condition}"
        f"EXECUTE FUNCTION {name}()",
    ]


def drop_trigger(name: str, table: str) -> list[str]:
    """With its function."""
    return [f"DROP TRIGGER IF EXISTS {name} ON {table}", f"DROP FUNCTION IF EXISTS {name}()"]


def each_key(column: str) -> tuple[str, str]:
    """By jsonb_array_elements_text."""
    return f"jsonb_array_elements_text({column}) each(value)", "each.value"


def match(words: Sequence[Word], share: Share) -> tuple[str, list[Any]]:
    """In no order: sorting all that holds a frequent word would cost a hundred times the rare one."""
    label = "A" if share.names_only else ""
    asked = " & ".join(
        f"({' | '.join(_term(spelling, word.prefix, label) for spelling in word.spellings)})"
        for word in words
    )
    return (
        f"SELECT i.kind, i.object_id, i.names, ts_rank(i.vector, asked) FROM {_TABLE} i, "
        f"CAST(%s AS tsquery) asked WHERE i.kind = '{share.kind.value}' AND i.vector @@ asked "
        f"AND {VISIBLE} LIMIT {share.at_most}",
        [asked],
    )


def _term(spelling: str, prefix: bool, label: str) -> str:
    flags = ("*" if prefix else "") + label
    return f"'{spelling}':{flags}" if flags else f"'{spelling}'"
