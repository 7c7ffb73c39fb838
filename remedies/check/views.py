"""The private check, and a condition's page without what the reader should avoid."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from conditions.models import Condition
from conditions.selectors import SORTS, TEMPLATE, condition_page, find_condition
from publishing.views import subject_view
from remedies.check import selectors
from remedies.check.composition import check_remedies, partition_entries
from remedies.check.decorators import private_form
from remedies.check.forms import CheckQuery
from remedies.models.entry import first_of
from remedies_site.key_pages import read_position
from remedies_site.pagecache.live_parts import render_with_live_parts

_PAGE_BUTTONS = {"first", "before", "after", "last"}
"""Names of the buttons that show other remedies and check nothing."""


@private_form
def check(request: HttpRequest) -> HttpResponse:
    """The form; for a POST, the form with its result above it, or with another page of remedies."""
    is_post = request.method == "POST"
    sent = request.POST if is_post else request.GET
    picked = set(sent.getlist("r"))
    offer = selectors.offered_remedies(picked, read_position(sent))
    terms = selectors.circumstance_terms()
    query = CheckQuery.from_request(request, terms)
    context: dict[str, object] = {"offer": offer, "picked": picked, "form": query.form}
    if error := _picking_error(picked, offer):
        return _page(request, context | {"error": error}, 400 if is_post else 404)
    if not is_post or _PAGE_BUTTONS & sent.keys():
        return _page(request, context, 200)
    if error := query.error if picked else _("Tick at least one remedy."):
        return _page(request, context | {"error": error}, 400)
    chosen = sorted(
        (remedy for remedy in offer.remedies if remedy.slug in picked),
        key=lambda remedy: (remedy.sort_key, remedy.pk),
    )
    result = check_remedies(chosen, terms, query.parsed, query.circumstances)
    retry = query.spelling_retry(request.path, r=[remedy.slug for remedy in chosen])
    return _page(request, context | {"result": result, "retry": retry, "checked": chosen}, 200)


def _picking_error(picked: set[str], offer: selectors.Offer) -> str:
    if len(picked) > selectors.MOST_CHECKED:
        return _("Tick at most %(most)s remedies.") % {"most": selectors.MOST_CHECKED}
    if picked - offer.slugs:
        return _("We have no page on one of these remedies. Choose from the list.")
    return ""


def _page(request: HttpRequest, context: dict[str, object], status: int) -> HttpResponse:
    defaults: dict[str, object] = {"error": "", "result": None, "retry": None, "checked": []}
    return render(request, "remedies/check/check.html", defaults | context, status=status)


@private_form
@subject_view(find_condition, "slug")
def avoid(request: HttpRequest, condition: Condition) -> HttpResponse:
    """The condition's page with the form open; for a POST, without the entries to avoid."""
    page = condition_page(condition)
    terms = selectors.circumstance_terms()
    query = CheckQuery.from_request(request, terms)
    sort = request.POST.get("sort")
    sort = sort if sort in SORTS else SORTS[0]
    error = query.error if request.method == "POST" else ""
    context: dict[str, object] = {"sort": sort, "filled_form": query.form}
    context |= {"partition": None, "retry": None, "error": error}
    if request.method == "POST" and not error:
        # All of them, also where the page shows the first alone: what is not compared is not safe.
        entries = condition.entries.published().with_names()
        partition = partition_entries(
            condition, list(entries), terms, query.parsed, query.circumstances
        )
        context["partition"] = partition
        ranked = sorted(partition.remaining, key=lambda entry: (entry.shown_rank, entry.pk))
        page = replace(page, entries=first_of(ranked, "remedy"))
        context["retry"] = query.spelling_retry(request.path, sort=[sort])
    votes = {entry.pk: (entry.up_count, entry.down_count) for entry in page.entries}
    return render_with_live_parts(
        request,
        TEMPLATE,
        context | {"page": page},
        live={"votes": votes},
        status=400 if error else 200,
    )
