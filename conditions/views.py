"""Pages of conditions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from citations.views import references_file
from conditions.choices import Category
from conditions.models import Condition, ConditionRevision
from conditions.selectors import SORTS, TEMPLATE, find_condition, member_votes
from conditions.selectors import condition_page as read_page
from publishing.history.selectors import version_links
from publishing.history.views import difference_response, history_response
from publishing.views import subject_view
from remedies_site.listing import listing, render_list
from remedies_site.pagecache.live_parts import render_kept, render_with_live_parts


@require_safe
def condition_list(request: HttpRequest) -> HttpResponse:
    """All published conditions from A to Z."""
    conditions = Condition.objects.published().order_by("sort_key", "pk").defer("shown_text")
    return render_list(
        request,
        "conditions/condition_list.html",
        lambda: {"listing": listing(request, conditions, "category", Category)},
    )


@require_safe
@subject_view(find_condition, "slug", drafts=True)
def condition_page(request: HttpRequest, condition: Condition, *, draft: bool) -> HttpResponse:
    """A condition with its entries."""
    sort = request.GET.get("sort")
    sort = sort if sort in SORTS else SORTS[0]
    live = {"condition": condition, "votes": member_votes(condition)}
    if draft:
        context = {"page": read_page(condition, draft=True), "sort": sort}
        return render_with_live_parts(request, TEMPLATE, context, live=live)
    return render_kept(
        request,
        TEMPLATE,
        lambda: {"page": read_page(condition), "sort": sort},
        live=live,
        variant=sort,
    )


@require_safe
@subject_view(find_condition, "slug")
def condition_references(
    request: HttpRequest, condition: Condition, *, ending: str
) -> HttpResponse:
    """The works that the page cites, as a file."""
    return references_file(read_page(condition).references, ending, condition.slug)


@require_safe
@subject_view(find_condition, "slug")
def condition_revision(request: HttpRequest, condition: Condition, *, number: int) -> HttpResponse:
    """A condition as one revision has it."""
    revision = get_object_or_404(ConditionRevision, condition=condition, number=number)
    page = read_page(condition, revision=revision)
    versions = version_links(page.condition, number)
    context = {"page": page, "sort": SORTS[0], "old_revision": revision, "versions": versions}
    live = {"votes": member_votes(condition)}
    return render_with_live_parts(request, TEMPLATE, context, live=live)


@require_safe
@subject_view(find_condition, "slug")
def condition_history(request: HttpRequest, condition: Condition) -> HttpResponse:
    """Every version of a condition's page."""
    return history_response(
        request, condition, section=_("Conditions"), section_url=reverse("conditions")
    )


@require_safe
@subject_view(find_condition, "slug")
def condition_difference(
    request: HttpRequest, condition: Condition, *, first: int, second: int
) -> HttpResponse:
    """What differs between two versions of a condition's page."""
    return difference_response(
        request,
        condition,
        first,
        second,
        section=_("Conditions"),
        section_url=reverse("conditions"),
    )
