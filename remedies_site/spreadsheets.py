"""Tables as files for spreadsheets, which must not run what a cell says."""

import csv
import io
from collections.abc import Iterable

from django.http import HttpResponse

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_file(name: str, header: Iterable[str], lines: Iterable[Iterable[str]]) -> HttpResponse:
    """The lines under their header as a file of that name, kept out of search engines."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([guarded(cell) for cell in line] for line in lines)
    answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


def guarded(cell: str) -> str:
    """The cell behind an apostrophe where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell
