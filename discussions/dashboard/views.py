"""The page `/trust/`."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from discussions.dashboard.trust_page import trust_page


@require_safe
def trust(request: HttpRequest) -> HttpResponse:
    """How well the site keeps to what it promises, in numbers."""
    return render(request, "discussions/dashboard/trust.html", {"page": trust_page()})
