"""Tables as CSV responses, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable

from django.http import HttpResponse

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_response(name: str, header: Iterable[str], rows: Iterable[Iterable[str]]) -> HttpResponse:
    """The rows below their header as the download `name`.csv, with noindex for search engines.

    It begins with a byte order mark: without one, spreadsheets take UTF-8 for their own old encoding.
    """
    text = io.StringIO("\ufeff")
    text.seek(0, io.SEEK_END)
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([escape_formula(cell) for cell in row] for row in rows)
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["X-Robots-Tag"] = "noindex"
    return response


def escape_formula(cell: str) -> str:
    """The cell with a leading apostrophe where a spreadsheet would evaluate it as a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA_STARTS) else cell
