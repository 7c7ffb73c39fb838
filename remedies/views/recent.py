"""What was reviewed and what was corrected, newest first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remedies import browsing


@require_safe
def recently_reviewed(request: HttpRequest) -> HttpResponse:
    """Entries by the day on which they were written."""
    rows, pages = browsing.recently_reviewed(request.GET.get("page"))
    return render(request, "remedies/recently_reviewed.html", {"rows": rows, "pages": pages})


@require_safe
def recently_corrected(request: HttpRequest) -> HttpResponse:
    """Corrections of entries, remedies and conditions."""
    rows, pages = browsing.recently_corrected(request.GET.get("page"))
    return render(request, "remedies/recently_corrected.html", {"rows": rows, "pages": pages})
