"""Queries whose SQL the ORM builds once in a process: to build a small one takes longer than to run it.

For the few that every page of a member runs. What is given to a query are whole numbers and texts, for which
stand-ins are put into it when it is built.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db import connection, models

_STAND_INS: dict[type, Callable[[int], int | str]] = {
    int: lambda number: -9_000_000_001 - number,
    str: lambda number: f"stand-in {number}",
}
M = TypeVar("M", bound=models.Model)


class CompiledQuery:
    """A query by its function of as many parameters as `kinds` names."""

    def __init__(
        self, build: Callable[..., models.QuerySet[Any, Any]], *kinds: type[int] | type[str]
    ) -> None:
        """`build` returns the query for parameters; it uses each of them as it is, and for nothing else."""
        self._build = build
        self._stand_ins = [_STAND_INS[kind](number) for number, kind in enumerate(kinds)]
        self._compiled: dict[str, tuple[str, list[object]]] = {}

    def rows(self, *parameters: int | str) -> list[tuple[Any, ...]]:
        """The rows of a query of columns, as the driver returns them."""
        sql, values = self._filled(parameters)
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    def instances(self, model: type[M], *parameters: int | str) -> list[M]:
        """The instances of a query of one model, with its annotations."""
        sql, values = self._filled(parameters)
        return list(model._base_manager.raw(sql, values))

    def _filled(self, parameters: Sequence[int | str]) -> tuple[str, list[object]]:
        if len(parameters) != len(self._stand_ins):
            raise TypeError(f"{len(self._stand_ins)} parameters, not {len(parameters)}")
        if (compiled := self._compiled.get(connection.vendor)) is None:
            compiled = self._compiled[connection.vendor] = self._compile()
        sql, values = compiled
        given = dict(zip(self._stand_ins, parameters, strict=True))
        return sql, [given.get(value, value) for value in values]  # type: ignore[call-overload]

    def _compile(self) -> tuple[str, list[object]]:
        """Raises: RuntimeError, where a parameter is not in the query as it was given."""
        sql, values = self._build(*self._stand_ins).query.sql_with_params()
        if missing := set(self._stand_ins) - set(values):
            raise RuntimeError(f"{missing} are not among the values of {sql}")
        return sql, list(values)
