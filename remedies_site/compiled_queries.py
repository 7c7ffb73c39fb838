"""Queries whose SQL the ORM builds once in a process: to build a small one takes longer than to run it.

For those that every page runs, or every page of members or of a discussion. What is given to a query are whole numbers and texts,
for which stand-ins are put into it when it is built.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models
from django.db.models.query import get_related_populators
from django.db.models.sql import Query

from remedies_site.replica.routing import reading_connection

_STAND_INS: dict[type, Callable[[int], int | str]] = {
    int: lambda number: -9_000_000_001 - number,
    str: lambda number: f"stand-in {number}",
}
M = TypeVar("M", bound=models.Model)
Row = tuple[Any, ...]


@dataclass(frozen=True)
class _Compiled:
    """`values` are those of the SQL, with stand-ins among them.

    `select`, `model_info` and `annotations` are what Django's compiler says of the columns.
    """

    sql: str
    values: list[Any]
    query: Query
    select: list[Any]
    model_info: dict[str, Any]
    annotations: dict[str, int]


class CompiledQuery:
    """A query by its function of as many parameters as `kinds` names."""

    def __init__(
        self, build: Callable[..., models.QuerySet[Any, Any]], *kinds: type[int] | type[str]
    ) -> None:
        """`build` returns the query for parameters; it uses each of them as it is, and for nothing else."""
        self._build = build
        self._stand_ins = [_STAND_INS[kind](number) for number, kind in enumerate(kinds)]
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, *parameters: int | str) -> list[Row]:
        """The rows as the driver returns them: for columns of numbers and texts."""
        return self._run(self._compiled_for_database(), parameters)

    def instances(self, model: type[M], *parameters: int | str) -> list[M]:
        """The instances of a query of a model, with its annotations and with rows joined by `select_related`."""
        compiled, connection = self._compiled_for_database(), reading_connection()
        rows: Any = self._run(compiled, parameters)
        compiler = compiled.query.get_compiler(connection=connection)
        if converters := compiler.get_converters([column for column, *_sql in compiled.select]):
            rows = compiler.apply_converters(rows, converters)
        own = compiled.model_info["select_fields"]
        names = [compiled.select[number][0].target.attname for number in own]
        joined = get_related_populators(  # type: ignore[call-arg]  # the types are those of Django 6
            compiled.model_info, compiled.select, connection.alias
        )
        made = []
        for row in rows:
            instance = model.from_db(connection.alias, names, [row[number] for number in own])
            for populator in joined:
                populator.populate(row, instance)
            for name, number in compiled.annotations.items():
                setattr(instance, name, row[number])
            made.append(instance)
        return made

    def _run(self, compiled: _Compiled, parameters: tuple[int | str, ...]) -> list[Row]:
        given = dict(zip(self._stand_ins, parameters, strict=True))
        values = [given.get(value, value) for value in compiled.values]
        with reading_connection().cursor() as cursor:
            cursor.execute(compiled.sql, values)
            rows: list[Row] = cursor.fetchall()
        return rows

    def _compiled_for_database(self) -> _Compiled:
        """Raises: RuntimeError, where a parameter is not in the query as it was given."""
        connection = reading_connection()
        if (compiled := self._compiled.get(connection.vendor)) is not None:
            return compiled
        query = self._build(*self._stand_ins).query
        compiler = query.get_compiler(connection=connection)
        sql, values = compiler.as_sql()
        if missing := set(self._stand_ins) - set(values):
            raise RuntimeError(f"{missing} are not among the values of {sql}")
        compiled = _Compiled(
            sql,
            list(values),
            query,
            compiler.select or [],
            compiler.klass_info or {},
            compiler.annotation_col_map or {},
        )
        self._compiled[connection.vendor] = compiled
        return compiled


def rounded_up(keys: Sequence[int]) -> list[int]:
    """The keys, with noughts to the next power of two: queries for any number of keys are few then."""
    size = max(4, 1 << max(0, len(keys) - 1).bit_length())
    return [*keys, *[0] * (size - len(keys))]
