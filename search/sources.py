"""What search finds: for each kind of result, its table and the text that readers see.

The SQL here is common to SQLite and PostgreSQL.
"""

from dataclasses import dataclass
from typing import NamedTuple

from discussions.choices import State
from search.choices import ResultKind


class Dependent(NamedTuple):
    """Another kind whose items contain text of this one's rows, and its foreign key to them."""

    kind: str
    table: str
    foreign_key: str


@dataclass(frozen=True)
class Source:
    """The rows of one table that are items of the index.

    `select` yields id, names, words and inside (see `SearchItem`) of the public rows of the table,
    with the alias `t`. `columns` are those it reads, so that an update of others runs no trigger.
    `cites` says that the table has a column `shown_citations`.
    """

    kind: str
    table: str
    select: str
    columns: tuple[str, ...]
    dependents: tuple[Dependent, ...] = ()
    cites: bool = False


_STATE_COLUMNS = ("published_at", "withdrawn_at", "shown_text")
_NAME_COLUMNS = ("shown_name", "shown_aliases", "shown_one_line")
_ENTRIES = "remedies_remedyconditionentry"
_VISIBLE = "{t}.published_at IS NOT NULL AND {t}.withdrawn_at IS NULL"


def _subject_source(kind: ResultKind, table: str, foreign_key: str) -> Source:
    return Source(
        kind.value,
        table,
        f"""SELECT t.id, t.shown_name || '\n' || t.shown_aliases,
            t.shown_one_line || ' ' || t.shown_text, ''
            FROM {table} t WHERE {_VISIBLE.format(t="t")}""",
        (*_NAME_COLUMNS, *_STATE_COLUMNS),
        dependents=(Dependent(ResultKind.ENTRY.value, _ENTRIES, foreign_key),),
        cites=True,
    )


SOURCES: dict[str, Source] = {
    source.kind: source
    for source in (
        Source(
            ResultKind.ENTRY.value,
            _ENTRIES,
            f"""SELECT t.id, r.shown_name || '\n' || r.shown_aliases || '\n\n'
                || c.shown_name || '\n' || c.shown_aliases, t.shown_text, ''
                FROM {_ENTRIES} t
                JOIN remedies_remedy r ON r.id = t.remedy_id
                JOIN conditions_condition c ON c.id = t.condition_id
                WHERE {" AND ".join(_VISIBLE.format(t=each) for each in "trc")}""",
            ("remedy_id", "condition_id", *_STATE_COLUMNS),
            cites=True,
        ),
        _subject_source(ResultKind.REMEDY, "remedies_remedy", "remedy_id"),
        _subject_source(ResultKind.CONDITION, "conditions_condition", "condition_id"),
        Source(
            ResultKind.REFERENCE.value,
            "citations_citation",
            """SELECT t.id, t.title, t.authors || ' ' || t.container || ' '
                || t.publisher || ' ' || COALESCE(CAST(t.year AS text), '') || ' ' || t.doi
                || ' ' || t.pmid || ' ' || t.pmcid || ' ' || t.nct, t.key
                FROM citations_citation t WHERE t.id IS NOT NULL""",
            ("key", "title", "authors", "container", "publisher", "year", "doi", "pmid", "pmcid", "nct"),
        ),
        Source(
            ResultKind.COMMENT.value,
            "discussions_comment",
            f"""SELECT t.id, '', t.body, CASE WHEN h.entry_id IS NULL
                THEN '{ResultKind.REMEDY.value}:' || h.remedy_id ELSE '{ResultKind.ENTRY.value}:' || h.entry_id END
                FROM discussions_comment t JOIN discussions_thread h ON h.id = t.thread_id
                WHERE t.state = '{State.VISIBLE.value}'""",
            ("body", "state", "thread_id"),
        ),
    )
}  # fmt: skip
"""The source of each kind, by the value of its `ResultKind`."""
