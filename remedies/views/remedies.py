"""Pages of a remedy."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from citations.views import references_file
from conditions.views import moved_or_404
from remedies import selectors
from remedies.models import RemedyRevision
from remedies.views.unseen import remedy_unseen
from remedies_site.publishing import tells_unfinished_drafts, wants_draft

_SORTS = ("name", "evidence")


@require_safe
@tells_unfinished_drafts
def remedy_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A remedy's overview."""
    remedy = selectors.find_remedy(slug)
    if remedy is None:
        return moved_or_404(request)
    draft = wants_draft(request, remedy)
    if not draft and (answer := remedy_unseen(request, remedy)):
        return answer
    page = selectors.remedy_page(remedy, draft=draft)
    sort = request.GET.get("sort")
    return render(
        request,
        "remedies/remedy_detail.html",
        {"page": page, "sort": sort if sort in _SORTS else "evidence"},
    )


@require_safe
def remedy_references(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """What the overview cites, as a file."""
    remedy = selectors.find_remedy(slug)
    if remedy is None:
        return moved_or_404(request)
    if answer := remedy_unseen(request, remedy):
        return answer
    return references_file(selectors.remedy_page(remedy).references, ending, remedy.slug)


@require_safe
def remedy_revision(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A remedy as it was published at one time."""
    remedy = selectors.find_remedy(slug)
    if remedy is None:
        return moved_or_404(request)
    if answer := remedy_unseen(request, remedy):
        return answer
    revision = get_object_or_404(RemedyRevision, remedy=remedy, number=number)
    page = selectors.remedy_page(remedy, revision=revision)
    return render(
        request,
        "remedies/remedy_detail.html",
        {"page": page, "sort": "evidence", "old_revision": revision},
    )
