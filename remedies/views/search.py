"""Search, suggestions while one types, and the page of one work. Queries are neither kept nor logged."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from remedies import selectors
from remedies.search import asking, finding
from remedies.vocabulary import Found
from remedies_site.browsing import filter_links
from remedies_site.pagination import page_number


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """One ranked page; the identifier of a work that we cite goes straight to its page."""
    query = asking.cleaned(request.GET.get("q", ""))
    wanted = asking.identifier(query)
    if wanted and (work := finding.work_with(wanted)):
        return redirect(finding.reference_url(work))
    kind = request.GET.get("kind", "")
    kind = kind if kind in Found.values else ""
    results = finding.find(query, kind=kind, page=page_number(request.GET.get("page")))
    asked = {"q": query, "kind": kind} if kind else {"q": query}
    context = {
        "query": query,
        "results": results,
        "kind": kind,
        "filters": filter_links("kind", results.kinds, kind, {"q": query}),
        "is_identifier": bool(wanted),
        "pages_start": f"?{urlencode(asked)}&",
    }
    return render(request, "search/search.html", context)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """A part of a page: what the letters typed so far may become."""
    query = asking.cleaned(request.GET.get("q", ""))
    found = finding.suggest(query) if len(query) > 1 else []
    return render(request, "search/_suggestions.html", {"suggestions": found})


@require_safe
def reference(request: HttpRequest, key: str) -> HttpResponse:
    """One work with the pages that rest on it; unknown where no published page cites it."""
    page = selectors.reference_page(key)
    if page is None:
        raise Http404
    return render(request, "search/reference.html", {"page": page})
