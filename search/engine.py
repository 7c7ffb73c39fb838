"""The narrow door to a database's own search: `engine()` is the module for the one that is connected.

An engine is one module of this package, named as Django names its database (`sqlite`, `postgresql`),
with what `Engine` lists. A further one is a further file, and nothing else changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, NamedTuple, Protocol, cast

from django.db import connection

from search.choices import ResultKind
from search.query import Word


@dataclass(frozen=True)
class Share:
    """How many candidates of a kind are ranked at the most; by their names alone, or by all words."""

    kind: ResultKind
    names_only: bool
    at_most: int


class Candidate(NamedTuple):
    """Something that holds every word that was asked for. A higher `weight` fits the text better."""

    kind: str
    object_id: int
    names: str
    weight: float


PAGE = (
    Share(ResultKind.REMEDY, names_only=True, at_most=120),
    Share(ResultKind.CONDITION, names_only=True, at_most=120),
    Share(ResultKind.ENTRY, names_only=True, at_most=300),
    Share(ResultKind.REMEDY, names_only=False, at_most=60),
    Share(ResultKind.CONDITION, names_only=False, at_most=60),
    Share(ResultKind.ENTRY, names_only=False, at_most=120),
    Share(ResultKind.REFERENCE, names_only=False, at_most=120),
    Share(ResultKind.COMMENT, names_only=False, at_most=100),
)
"""A thousand candidates in all, so that a word which is everywhere costs no more than a rare one."""

SUGGESTED = (
    Share(ResultKind.REMEDY, names_only=True, at_most=60),
    Share(ResultKind.CONDITION, names_only=True, at_most=60),
    Share(ResultKind.ENTRY, names_only=True, at_most=80),
)
"""What is suggested while somebody types: names alone."""

ALMOST = (
    Share(ResultKind.REMEDY, names_only=True, at_most=20),
    Share(ResultKind.CONDITION, names_only=True, at_most=20),
)
"""For each question that leaves one word out, where no name says all of them."""

VISIBLE = """(i.inside = '' OR EXISTS (SELECT 1 FROM remedies_searchitem about WHERE about.place = i.inside)
 OR EXISTS (SELECT 1 FROM remedies_mention m JOIN remedies_searchitem page ON page.place = m.place
 WHERE m.key = i.inside))"""
"""A comment shows while its subject does, a reference while a published page cites it."""


class Engine(Protocol):
    """What a database's own search has to answer."""

    def set_up(self) -> list[str]:
        """SQL that makes the full-text index over `remedies_searchitem`, which may hold rows already."""

    def take_down(self) -> list[str]:
        """SQL that takes it away again, where it is there."""

    def trigger(
        self, name: str, event: str, table: str, body: Sequence[str], *, when: str
    ) -> list[str]:
        """SQL for a trigger after `event` on each row, and to drop it is `drop_trigger`."""

    def drop_trigger(self, name: str, table: str) -> list[str]:
        """SQL that drops such a trigger, where it is there."""

    def each_key(self, column: str) -> tuple[str, str]:
        """(from clause, value) that gives every text of a JSON list."""

    def match(self, words: Sequence[Word], share: Share) -> tuple[str, list[Any]]:
        """SQL, with its values, that selects the candidates of one share."""


def engine() -> Engine:
    """The engine of the connected database."""
    return cast(Engine, import_module(f"search.{connection.vendor}"))


def candidates(words: Sequence[Word], shares: Sequence[Share]) -> list[Candidate]:
    """Every candidate once, in one query; those by name come first."""
    return candidates_of_any([words], shares) if words else []


def candidates_of_any(
    questions: Sequence[Sequence[Word]], shares: Sequence[Share]
) -> list[Candidate]:
    """The candidates of several questions, each of at least one word, still in one query."""
    asked = [engine().match(words, share) for words in questions for share in shares]
    sql = " UNION ALL ".join(
        f"SELECT * FROM ({part}) s{n}" for n, (part, _values) in enumerate(asked)
    )
    values = [value for _part, part_values in asked for value in part_values]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = [Candidate(*row) for row in cursor.fetchall()]
    found: dict[tuple[str, int], Candidate] = {}
    for row in rows:
        found.setdefault((row.kind, row.object_id), row)
    return list(found.values())
