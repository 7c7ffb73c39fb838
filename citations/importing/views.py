"""Importing references at the admin: a page with the outcome, long imports with their progress."""

import time
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from citations.importing.forms import ImportForm
from citations.importing.services import ImportResult, import_in_batches, import_works
from citations.models import Citation

_PAGE = "admin/import_references.html"
_AT_ONCE = 200_000
"""Letters up to which the answer waits for the end; longer imports show how far they are."""
_BETWEEN = 1.0
_HERE = '<ol aria-live="polite" id="import-progress">'
_CHUNK = 500


def import_references(request: HttpRequest, context: dict[str, Any]) -> HttpResponseBase:
    """Answer the import form. Wrong input is 400 with the form, and nothing typed is lost."""
    if request.method != "POST":
        return TemplateResponse(request, _PAGE, context | {"form": ImportForm()})
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return TemplateResponse(request, _PAGE, context | {"form": form}, status=400)
    if form.letters > _AT_ONCE:
        return _streamed(request, form, context)
    result = import_works(form.read_records())
    # What could not be read stays in the box, to be mended there.
    again = form if result.unreadable and not form.files else ImportForm()
    outcome = _outcome(result, form)
    return TemplateResponse(request, _PAGE, context | {"form": again, **outcome})


def _streamed(
    request: HttpRequest, form: ImportForm, context: dict[str, Any]
) -> StreamingHttpResponse:
    """The same page, sent while the import goes on: it needs no script."""
    page = render_to_string(_PAGE, context | {"form": ImportForm(), "streamed": True}, request)
    before, marker, after = page.partition(_HERE)
    response = StreamingHttpResponse(_parts(form, before + marker, after))
    # Compressed answers are held back until they are whole, and so are those that proxies buffer.
    response["Content-Encoding"] = "identity"
    response["X-Accel-Buffering"] = "no"
    return response


def _parts(form: ImportForm, before: str, after: str) -> Iterator[str]:
    yield before
    result, shown = ImportResult(), time.monotonic()
    for so_far in import_in_batches(form.read_records()):
        result = so_far
        if time.monotonic() - shown >= _BETWEEN:
            shown = time.monotonic()
            yield format_html("<li>{}</li>\n", _progress(result))
    yield format_html("<li>{}</li></ol>\n", _progress(result))
    yield render_to_string("admin/_import_outcome.html", _outcome(result, form))
    yield after


def _progress(result: ImportResult) -> str:
    return _("%(count)d records read: %(added)d added, %(known)d known, %(unread)d not read.") % {
        "count": result.count,
        "added": len(result.added),
        "known": len(result.known),
        "unread": len(result.unreadable),
    }


def _outcome(result: ImportResult, form: ImportForm) -> dict[str, Any]:
    return {
        "result": result,
        "works": _works(result.added),
        "encoding_warning": form.cleaned_data.get("warning", ""),
    }


def _works(keys: list[str]) -> list[Citation]:
    """The rows of new works, a few hundred at a time: databases count the parameters of a query."""
    found: list[Citation] = []
    for start in range(0, len(keys), _CHUNK):
        some = Citation.objects.filter(key__in=keys[start : start + _CHUNK])
        found += some.only("pk", "key", "title")
    return found
