"""A row of a form in one line, by its fields that matter most."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.text import Truncator

from citations.models import Citation

_LENGTH = 90


def row_summary(row: models.Model, names: Sequence[str]) -> str:
    """“Jadidi2022: insomnia severity, better with the remedy, 100 people analysed”; empty for an empty row."""
    head, *rest = [*_parts(row, names), ""][: len(names) + 1]
    rest = [part for part in rest if part]
    return f"{head}: {', '.join(rest)}" if rest else head


def _parts(row: models.Model, names: Sequence[str]) -> Iterator[str]:
    for name in names:
        if text := _text(row, row._meta.get_field(name)):
            yield text


def _text(row: models.Model, field: Any) -> str:
    if isinstance(field, models.ForeignKey):
        related = getattr(row, field.name) if getattr(row, field.attname) else None
        return related.key if isinstance(related, Citation) else str(related or "")
    value = getattr(row, field.name)
    if value is None or value == "":
        return ""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return str(field.verbose_name) if value else ""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(field, models.PositiveIntegerField):
        return f"{value} {field.verbose_name}"
    return Truncator(" ".join(str(value).split())).chars(_LENGTH)
