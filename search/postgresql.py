"""Search on PostgreSQL: a generated tsvector column, with one partial GIN index for each kind.

Names have a column of their own: an index on all words would find every text with the word, and only the
rows themselves would say that it is in none of their names.
"""

from collections.abc import Sequence

from search.engine import VISIBLE_SQL, Quota, Trigger
from search.normalizing import casefolds_beside_lower, character_class, is_mark, is_separator
from search.query import Word
from search.sources import SOURCES

_TABLE = "remedies_searchitem"
_FOLD = "search_fold"
_NAMES = f"setweight(to_tsvector('simple', {_FOLD}(names)), 'A')"
_KINDS_WITH_NAMES = ("remedy", "condition", "entry")
"""What is searched for by its names alone."""
# As search.normalizing.search_text, step by step: compatibility characters, marks, possessives, separators,
# case. PostgreSQL's parser then finds words only, and no paths, hosts or signed numbers.
_MARKS = character_class(is_mark)
_SEPARATORS = "\\u0001-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u007f" + (
    character_class(is_separator) + "\\U0001f000-\\U0001faff"  # emoji
)


def _create_fold() -> str:
    casefolds = casefolds_beside_lower()
    bare = f"regexp_replace(normalize(given, NFKD), '[{_MARKS}]+', '', 'g')"
    without_s = f"regexp_replace({bare}, '([[:alnum:]])[''\\u2019]s(?![[:alnum:]])', '\\1 ', 'g')"
    words = f"regexp_replace({without_s}, '[{_SEPARATORS}]+', ' ', 'g')"
    casefolded = (
        f"replace(translate(lower({words}), '{''.join(casefolds)}', '{''.join(casefolds.values())}'), "
        "'ß', 'ss')"
    )
    return (
        f"CREATE OR REPLACE FUNCTION {_FOLD}(given text) RETURNS text LANGUAGE sql IMMUTABLE "
        f"PARALLEL SAFE AS $$ SELECT normalize({casefolded}, NFKC) $$"
    )


def create_index() -> list[str]:
    """The generated columns with their indexes; they are computed for existing rows too."""
    return [
        _create_fold(),
        f"ALTER TABLE {_TABLE} ADD COLUMN vector tsvector GENERATED ALWAYS AS "
        f"({_NAMES} || setweight(to_tsvector('simple', {_FOLD}(words)), 'D')) STORED, "
        f"ADD COLUMN name_vector tsvector GENERATED ALWAYS AS ({_NAMES}) STORED",
        *(
            f"CREATE INDEX remedies_search_{kind} ON {_TABLE} USING gin (vector) WHERE kind = '{kind}'"
            for kind in SOURCES
        ),
        *(
            f"CREATE INDEX remedies_search_names_{kind} ON {_TABLE} USING gin (name_vector) "
            f"WHERE kind = '{kind}'"
            for kind in _KINDS_WITH_NAMES
        ),
    ]


def drop_index() -> list[str]:
    """Dropping the columns drops their indexes too."""
    return [
        f"ALTER TABLE IF EXISTS {_TABLE} DROP COLUMN IF EXISTS vector, "
        "DROP COLUMN IF EXISTS name_vector",
        f"DROP FUNCTION IF EXISTS {_FOLD}(text)",
    ]


def forget_erased() -> list[str]:
    """Nothing: autovacuum removes deleted rows, and their words with them."""
    return []


def create_trigger(trigger: Trigger) -> list[str]:
    """A function of the same name with the statements, and the trigger that calls it."""
    name, event, table, statements, condition = trigger
    when = f"WHEN ({condition}) " if condition else ""
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN {'; '.join(statements)}; RETURN NULL; END $$",
        f"CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW {when}"
        f"EXECUTE FUNCTION {name}()",
    ]


def drop_trigger(trigger: Trigger) -> list[str]:
    """The trigger and its function."""
    return [
        f"DROP TRIGGER IF EXISTS {trigger.name} ON {trigger.table}",
        f"DROP FUNCTION IF EXISTS {trigger.name}()",
    ]


def json_elements(column: str) -> tuple[str, str]:
    """With jsonb_array_elements_text."""
    return f"jsonb_array_elements_text({column}) each(value)", "each.value"


def match(words: Sequence[Word], quota: Quota) -> tuple[str, list[str]]:
    """Unordered: sorting all matches of a frequent word costs a hundred times a rare word's query."""
    column = "name_vector" if quota.names_only else "vector"
    tsquery = " & ".join(
        f"({' | '.join(_term(spelling, word.prefix) for spelling in word.spellings)})"
        for word in words
    )
    return (
        f"SELECT i.kind, i.object_id, i.names, ts_rank(i.{column}, query) FROM {_TABLE} i, "
        f"CAST(%s AS tsquery) query WHERE i.kind = '{quota.kind.value}' AND i.{column} @@ query "
        f"AND {VISIBLE_SQL} LIMIT {quota.at_most}",
        [tsquery],
    )


def _term(spelling: str, prefix: bool) -> str:
    return f"'{spelling}':*" if prefix else f"'{spelling}'"
