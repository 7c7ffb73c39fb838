"""The interface to the full-text search of the connected database.

An engine is a module of this package, named after Django's `connection.vendor` (`sqlite`,
`postgresql`), with the functions of `Engine`. Supporting another database takes another such module
and no change elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from django.db import connection

from remedies_site.replica.routing import reading_connection
from search.choices import ResultKind
from search.query import Word


@dataclass(frozen=True)
class Quota:
    """The highest number of candidates of one kind, matched in their names only or in all words."""

    kind: ResultKind
    names_only: bool
    at_most: int


class Candidate(NamedTuple):
    """An item of the index that contains every word of the query.

    `names` is as in `SearchItem`; `weight` is the database's relevance, higher is better, and
    comparable only within one query.
    """

    kind: str
    object_id: int
    names: str
    weight: float


class Trigger(NamedTuple):
    """A row trigger that runs `statements` after `event`.

    `event` is `insert`, `delete`, or `update of` with its columns. `condition` is SQL, empty for a
    trigger that always runs.
    """

    name: str
    event: str
    table: str
    statements: Sequence[str]
    condition: str = ""


PAGE_QUOTAS = (
    Quota(ResultKind.REMEDY, names_only=True, at_most=120),
    Quota(ResultKind.CONDITION, names_only=True, at_most=120),
    Quota(ResultKind.ENTRY, names_only=True, at_most=300),
    Quota(ResultKind.REMEDY, names_only=False, at_most=60),
    Quota(ResultKind.CONDITION, names_only=False, at_most=60),
    Quota(ResultKind.ENTRY, names_only=False, at_most=120),
    Quota(ResultKind.REFERENCE, names_only=False, at_most=120),
    Quota(ResultKind.COMMENT, names_only=False, at_most=100),
)
"""For the search page: a thousand in all, so that a frequent word costs no more than a rare one."""

SUGGESTION_QUOTAS = (
    Quota(ResultKind.REMEDY, names_only=True, at_most=60),
    Quota(ResultKind.CONDITION, names_only=True, at_most=60),
    Quota(ResultKind.ENTRY, names_only=True, at_most=80),
)
"""For suggestions below the search field: names only."""

NEAR_MISS_QUOTAS = (
    Quota(ResultKind.REMEDY, names_only=True, at_most=20),
    Quota(ResultKind.CONDITION, names_only=True, at_most=20),
)
"""For each query that leaves out one word, where no name contains all of them."""

VISIBLE_SQL = """(i.inside = '' OR EXISTS (SELECT 1 FROM remedies_searchitem about WHERE about.place = i.inside)
 OR EXISTS (SELECT 1 FROM remedies_mention m JOIN remedies_searchitem page ON page.place = m.place
 WHERE m.key = i.inside))"""
"""A comment is visible while its subject is, a reference while a published page cites it."""


class Engine(Protocol):
    """The functions that the module of a database has; all of them return SQL and run nothing."""

    def create_index(self) -> list[str]:
        """Create the full-text index over `remedies_searchitem`, including rows already there."""

    def drop_index(self) -> list[str]:
        """Drop the full-text index if it exists."""

    def forget_erased(self) -> list[str]:
        """Remove words of deleted rows from the index's storage, where deleting alone does not."""

    def create_trigger(self, trigger: Trigger) -> list[str]:
        """Create a row trigger."""

    def drop_trigger(self, trigger: Trigger) -> list[str]:
        """Drop a row trigger if it exists."""

    def json_elements(self, column: str) -> tuple[str, str]:
        """A FROM item over the texts of a JSON list, and the expression for one of them."""

    def match(self, words: Sequence[Word], quota: Quota) -> tuple[str, list[str]]:
        """A SELECT of the columns of `Candidate` with its parameters, within one quota."""


def engine() -> Engine:
    """The engine of the connected database."""
    return cast(Engine, import_module(f"search.{connection.vendor}"))


def candidates(words: Sequence[Word], quotas: Sequence[Quota]) -> list[Candidate]:
    """The candidates that contain all the words, each once, in one query; none for no words.

    Where an earlier quota has found an item, a later one does not repeat it.
    """
    return candidates_for_any([words], quotas) if words else []


def candidates_for_any(
    queries: Sequence[Sequence[Word]], quotas: Sequence[Quota]
) -> list[Candidate]:
    """The candidates of several queries, each of at least one word, in one SQL query."""
    selects = [engine().match(words, quota) for words in queries for quota in quotas]
    sql = " UNION ALL ".join(
        f"SELECT * FROM ({select}) s{n}" for n, (select, _parameters) in enumerate(selects)
    )
    parameters = [parameter for _select, own in selects for parameter in own]
    with reading_connection().cursor() as cursor:
        cursor.execute(sql, parameters)
        rows = [Candidate(*row) for row in cursor.fetchall()]
    unique: dict[tuple[str, int], Candidate] = {}
    for row in rows:
        unique.setdefault((row.kind, row.object_id), row)
    return list(unique.values())
