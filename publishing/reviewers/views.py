"""The people who review pages: a list, and a page for each."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from publishing.reviewers.selectors import find_reviewer, reviewed_pages, shown_reviewers
from remedies_site.key_pages import read_position


@require_safe
def reviewers(request: HttpRequest) -> HttpResponse:
    """Everybody who reviews pages, by name; it says so where that is nobody."""
    page = shown_reviewers(read_position(request.GET))
    return render(request, "publishing/reviewers.html", {"page": page})


@require_safe
def reviewer(request: HttpRequest, slug: str) -> HttpResponse:
    """One of them: credential, conflict statement, reviewed pages. A draft is 404 for everybody."""
    shown = find_reviewer(slug)
    if shown is None:
        raise Http404
    page = reviewed_pages(shown.reviewer, read_position(request.GET))
    return render(request, "publishing/reviewer.html", {"shown": shown, "page": page})
