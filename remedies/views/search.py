"""The search page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remedies import selectors


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search over names and other names. Queries are neither stored nor logged."""
    query = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    results = selectors.search_names(query)
    return render(request, "search/search.html", {"query": query, "results": results})
