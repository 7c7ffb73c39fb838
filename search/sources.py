"""What search finds: for each kind, the table it comes from and the words that readers see of it.

The SQL here is the part that both databases read alike.
"""

from dataclasses import dataclass

from discussions.choices import State
from search.choices import ResultKind


@dataclass(frozen=True)
class Source:
    """Rows of one table as items of the index.

    `select` gives id, names, words and inside of those that readers may see, from the table as `t`.
    `columns` are those whose change may change the item. `dependents` are kinds made from this one
    too, as (kind, table, foreign key). `cites` says that the table has `shown_citations`.
    """

    kind: str
    table: str
    select: str
    columns: tuple[str, ...]
    dependents: tuple[tuple[str, str, str], ...] = ()
    cites: bool = False


_STATE = ("published_at", "withdrawn_at", "shown_text")
_NAMES = ("shown_name", "shown_aliases", "shown_one_line")
_ENTRIES = "remedies_remedyconditionentry"
_VISIBLE = "{t}.published_at IS NOT NULL AND {t}.withdrawn_at IS NULL"


def _named(kind: ResultKind, table: str, key: str) -> Source:
    return Source(
        kind.value,
        table,
        f"""SELECT t.id, t.shown_name || '\n' || t.shown_aliases,
            t.shown_one_line || ' ' || t.shown_text, ''
            FROM {table} t WHERE {_VISIBLE.format(t="t")}""",
        (*_NAMES, *_STATE),
        dependents=((ResultKind.ENTRY.value, _ENTRIES, key),),
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
            ("remedy_id", "condition_id", *_STATE),
            cites=True,
        ),
        _named(ResultKind.REMEDY, "remedies_remedy", "remedy_id"),
        _named(ResultKind.CONDITION, "conditions_condition", "condition_id"),
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
"""Every kind by its name; the order does not matter."""
