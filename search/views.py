"""The search page, and the suggestions below the search field. Queries are neither stored nor logged."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from remedies_site.listing import filter_links
from search.choices import ResultKind
from search.hits import reference_url
from search.query import clean_query, parse_identifier
from search.requests.selectors import answered_request
from search.results import search_results, suggest, work_with_identifier


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """A page of ranked results; the identifier of a cited work redirects to its page."""
    query = clean_query(request.GET.get("q", ""))
    identifier = parse_identifier(query)
    if identifier and (work := work_with_identifier(identifier)):
        return redirect(reference_url(work))
    kind = request.GET.get("kind", "")
    kind = kind if kind in ResultKind.values else ""
    results = search_results(query, kind=kind, page=request.GET.get("page"))
    parameters = {"q": query, "kind": kind} if kind else {"q": query}
    context = {
        "query": query,
        "results": results,
        "kind": kind,
        "filters": filter_links("kind", results.kinds, kind, {"q": query}),
        "is_identifier": bool(identifier),
        "contact": settings.SITE_CONTACT,
        "wish": None if results.total or kind else answered_request(query),
        "pages_start": f"?{urlencode(parameters)}&",
    }
    return render(request, "search/search.html", context)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """An HTML fragment with the suggestions for the characters typed so far."""
    query = clean_query(request.GET.get("q", ""))
    names = suggest(query) if len(query) > 1 else []
    return render(request, "search/_suggestions.html", {"suggestions": names})
