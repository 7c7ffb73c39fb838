"""Pages of conditions."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from citations.views import references_file
from conditions.addresses import current_path
from conditions.models import Condition, ConditionRevision
from conditions.selectors import condition_page as read_page
from conditions.selectors import find_condition
from conditions.vocabulary import Category
from remedies_site.browsing import listing
from remedies_site.errors import gone
from remedies_site.publishing import tells_unfinished_drafts, wants_draft

SORTS = ("evidence", "name", "cautions")
"""Orders within a group of the comparison, the usual one first."""


@require_safe
def condition_list(request: HttpRequest) -> HttpResponse:
    """All published conditions from A to Z."""
    conditions = Condition.objects.published().order_by("sort_key", "pk").defer("shown_text")
    listed = listing(request, conditions, "category", Category)
    return render(request, "conditions/condition_list.html", {"listing": listed})


@require_safe
@tells_unfinished_drafts
def condition_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A condition with its remedies."""
    condition = find_condition(slug)
    if condition is None:
        return moved_or_404(request)
    draft = wants_draft(request, condition)
    if not draft and (answer := unseen(request, condition)):
        return answer
    page = read_page(condition, draft=draft)
    sort = request.GET.get("sort")
    return render(
        request,
        "conditions/condition_detail.html",
        {"page": page, "sort": sort if sort in SORTS else SORTS[0]},
    )


@require_safe
def condition_references(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """What the page cites, as a file."""
    condition = find_condition(slug)
    if condition is None:
        return moved_or_404(request)
    if answer := unseen(request, condition):
        return answer
    return references_file(read_page(condition).references, ending, condition.slug)


@require_safe
def condition_revision(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A condition as it was published at one time."""
    condition = find_condition(slug)
    if condition is None:
        return moved_or_404(request)
    if answer := unseen(request, condition):
        return answer
    revision = get_object_or_404(ConditionRevision, condition=condition, number=number)
    page = read_page(condition, revision=revision)
    return render(
        request,
        "conditions/condition_detail.html",
        {"page": page, "sort": SORTS[0], "old_revision": revision},
    )


def moved_or_404(request: HttpRequest) -> HttpResponse:
    """301 to where the page moved (308 for a form), or 404."""
    path = current_path(request.path)
    if path is None:
        raise Http404
    query = request.META.get("QUERY_STRING", "")
    moved = redirect(f"{path}?{query}" if query else path, permanent=True)
    if request.method == "POST":
        moved.status_code = 308  # sent again as it was, where 301 would lose the form
    return moved


def unseen(request: HttpRequest, condition: Condition) -> HttpResponse | None:
    """410 for a withdrawn condition, 404 for an unpublished one, None where it may be shown."""
    if condition.withdrawn_at is not None:
        title = _("The page on %(name)s was withdrawn") % {"name": condition.shown_name}
        return gone(request, title=title, reason=condition.withdrawn_reason)
    if not condition.is_published:
        raise Http404
    return None
