"""Search, and suggestions while one types. Queries are neither kept nor logged."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from remedies_site.listing import filter_links, page_number
from search.choices import ResultKind
from search.query import clean_query, parse_identifier
from search.results import reference_url, search_results, suggest, work_with_identifier


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """One ranked page; the identifier of a work that we cite redirects to its page."""
    query = clean_query(request.GET.get("q", ""))
    identifier = parse_identifier(query)
    if identifier and (work := work_with_identifier(identifier)):
        return redirect(reference_url(work))
    kind = request.GET.get("kind", "")
    kind = kind if kind in ResultKind.values else ""
    results = search_results(query, kind=kind, page=page_number(request.GET.get("page")))
    parameters = {"q": query, "kind": kind} if kind else {"q": query}
    context = {
        "query": query,
        "results": results,
        "kind": kind,
        "filters": filter_links("kind", results.kinds, kind, {"q": query}),
        "is_identifier": bool(identifier),
        "pages_start": f"?{urlencode(parameters)}&",
    }
    return render(request, "search/search.html", context)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """A part of a page: what the letters typed so far may become."""
    query = clean_query(request.GET.get("q", ""))
    found = suggest(query) if len(query) > 1 else []
    return render(request, "search/_suggestions.html", {"suggestions": found})
