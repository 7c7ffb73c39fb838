"""Inserts many rows at once: COPY on PostgreSQL, one prepared statement on SQLite.

Millions of rows would spend most of their time in what `bulk_create` does for each of them. Values
are the same as there, but for `pre_save`, which no model of the demo site needs.
"""

import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Field, ForeignKey, JSONField, Max, Model

MOST_ENCODED = 10_000
Convert = Callable[[Any], Any]


class BulkInsert:
    """Gives rows their primary keys, which rise from the highest of the table, and inserts them.

    A JSON value that many rows share is encoded once, so nobody may change one in between.
    """

    def __init__(self) -> None:
        self._next: dict[type[Model], int] = {}
        self._converters: dict[tuple[type[Model], str], Convert] = {}
        self._encoded: dict[int, tuple[object, str]] = {}

    def save(self, rows: Sequence[Model]) -> list[int]:
        """Insert rows of one model; return their primary keys, in order."""
        model = type(rows[0])
        first = self._first(model)
        self._next[model] = first + len(rows)
        keys = list(range(first, first + len(rows)))
        for row, key in zip(rows, keys, strict=True):
            row.pk = key
        for relation in (field for field in _fields(model) if isinstance(field, ForeignKey)):
            for row in rows:
                if relation.is_cached(row) and (related := relation.get_cached_value(row)):
                    setattr(row, relation.attname, related.pk)  # it had no key when it was named
        columns = [(field.attname, self._converter(model, field)) for field in _fields(model)]
        values = (tuple([convert(getattr(row, name)) for name, convert in columns]) for row in rows)
        names = ", ".join(connection.ops.quote_name(str(field.column)) for field in _fields(model))
        table = connection.ops.quote_name(model._meta.db_table)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                    for row_values in values:
                        copy.write_row(row_values)
            else:
                marks = ", ".join(["?"] * len(columns))
                insert = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608  (of models)
                # Django's own executemany would rewrite the marks of each call.
                connection.connection.executemany(insert, values)
        return keys

    def finish(self) -> None:
        """Let the database go on with the numbers after these."""
        with connection.cursor() as cursor:
            for sql in connection.ops.sequence_reset_sql(no_style(), list(self._next)):
                cursor.execute(sql)

    def _first(self, model: type[Model]) -> int:
        if model not in self._next:
            highest = model._default_manager.aggregate(highest=Max("pk"))["highest"]
            self._next[model] = (highest or 0) + 1
        return self._next[model]

    def _converter(self, model: type[Model], field: "Field[Any, Any]") -> Convert:
        key = (model, field.attname)
        if key not in self._converters:
            self._converters[key] = self._make_converter(field)
        return self._converters[key]

    def _make_converter(self, field: "Field[Any, Any]") -> Convert:
        if isinstance(field, JSONField):
            return self._json
        if field.get_internal_type() in _PLAIN:
            return _same

        @lru_cache(
            maxsize=1_000
        )  # most rows have one of few values, and a moment takes long to format
        def convert(value: object) -> object:
            return field.get_db_prep_save(value, connection)

        return convert

    def _json(self, value: object) -> str | None:
        if value is None:
            return None
        kept = self._encoded.get(id(value))
        if kept is None or kept[0] is not value:
            if len(self._encoded) > MOST_ENCODED:
                self._encoded.clear()
            text = json.dumps(value)
            kept = self._encoded[id(value)] = (value, text)
        return kept[1]


_PLAIN = {
    *("CharField", "TextField", "SlugField", "EmailField", "URLField", "BooleanField"),
    *("FloatField", "IntegerField", "SmallIntegerField", "PositiveIntegerField"),
    *("PositiveSmallIntegerField", "BigAutoField", "AutoField", "BigIntegerField"),
    *("ForeignKey", "OneToOneField"),
}
"""The types of fields whose values both databases take as they are."""


def _same(value: object) -> object:
    return value


def _fields(model: type[Model]) -> "list[Field[Any, Any]]":
    return [field for field in model._meta.local_concrete_fields if not field.generated]
