"""The cells of the evidence map as HTML: each answer is rendered once, and filled in for every pair that has it.

A page has up to 1,600 cells and few different answers.
"""

import secrets
from functools import lru_cache

from django.template import loader
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from remedies.pages.map_data import MapAnswer, MapRow

_GAPS = {
    name: f"{name}-{secrets.token_hex(16)}"
    for name in ("row", "column", "path", "row_name", "column_name")
}
"""What stands in a rendered answer for the values of a cell; nobody can guess it and name a remedy so."""
_MOST_ANSWERS = 500
_MOST_NAMES = 200


def render_cells(row: MapRow, number: int) -> SafeString:
    """The cells of a row of the map; `number` counts rows from 1."""
    language, name = get_language(), _escaped(row.heading.name)
    cells = [
        _pattern(language, cell.answer)
        % {
            "row": number,
            "column": cell.column,
            "path": escape(cell.path) if cell.path else "",
            "row_name": name,
            "column_name": _escaped(cell.heading.name),
        }
        for cell in row.cells
    ]
    return mark_safe("".join(cells))  # noqa: S308  (a template made them, and the values are escaped)


@lru_cache(_MOST_ANSWERS)
def _pattern(_language: str | None, answer: MapAnswer | None) -> str:
    """A cell with this answer, as a format string."""
    template = loader.get_template("remedies/pages/_map_cell.html")
    text = template.render({"answer": answer, **_GAPS}).strip().replace("%", "%%")
    for name, gap in _GAPS.items():
        text = text.replace(gap, f"%({name})s")
    return text


_escaped = lru_cache(_MOST_NAMES)(escape)
