"""Home, the lists from A to Z, recent reviews and corrections, the evidence map, the comparison."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conditions.choices import Category
from conditions.models import Condition
from conditions.selectors import find_condition
from publishing.views import subject_view
from remedies.choices import RemedyKind
from remedies.grading.method import grading_method
from remedies.models import Remedy
from remedies.pages import lists
from remedies.pages.compare import check_choice, compare_page, remedies_by_slug
from remedies.pages.evidence_map import EvidenceMap, evidence_map
from remedies.pages.home import home_page
from remedies.pages.map_data import CONDITIONS, REMEDIES, SWAPPED, MapFilters
from remedies.selectors import find_remedy
from remedies_site.exceptions import InvalidInput
from remedies_site.key_pages import read_position
from remedies_site.listing import listing, render_list
from remedies_site.pagecache.live_parts import render_kept
from remedies_site.responses import error_response
from remedies_site.spreadsheets import csv_response


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page: search, the map as a figure, the surest answers, conditions and remedies."""
    return render_kept(
        request, "home.html", lambda: {"page": home_page(products_on=settings.PRODUCTS)}, live={}
    )


@require_safe
def remedy_list(request: HttpRequest) -> HttpResponse:
    """All published remedies from A to Z."""
    remedies = Remedy.objects.published().order_by("sort_key", "pk").defer("shown_text")
    return render_list(
        request,
        "remedies/pages/remedy_list.html",
        lambda: {"listing": listing(request, remedies, "kind", RemedyKind)},
    )


@require_safe
def grading(request: HttpRequest) -> HttpResponse:
    """How evidence is graded, printed from the constants of the rule."""
    return render(request, "about/grading.html", {"method": grading_method()})


@require_safe
def recently_reviewed(request: HttpRequest) -> HttpResponse:
    """Entries by the day on which they were written."""
    page = lists.recently_reviewed(read_position(request.GET))
    return render(request, "remedies/pages/recently_reviewed.html", {"page": page})


@require_safe
def recently_corrected(request: HttpRequest) -> HttpResponse:
    """Corrections of entries, remedies and conditions."""
    page = lists.recently_corrected(read_position(request.GET))
    return render(request, "remedies/pages/recently_corrected.html", {"page": page})


@require_safe
def evidence_map_page(request: HttpRequest) -> HttpResponse:
    """Remedies against conditions, forty of each on one page."""
    return render_list(
        request, "remedies/pages/evidence_map.html", lambda: _map_context(_filtered_map(request))
    )


@require_safe
def evidence_map_csv(request: HttpRequest) -> HttpResponse:
    """What a page of the map shows as a CSV file, a line for each entry."""
    header = [
        *(_("Remedy"), _("Kind"), _("Condition"), _("Category")),
        *(_("What it seems to do"), _("Certainty"), _("Address")),
    ]
    return csv_response("evidence-map", header, _csv_lines(_filtered_map(request)))


def _map_context(shown: EvidenceMap) -> dict[str, object]:
    query = urlencode(shown.filters.query("axes"))
    file_url = reverse("evidence_map_csv") + (f"?{query}" if query else "")
    return {"map": shown, "file_url": file_url}


def _filtered_map(request: HttpRequest) -> EvidenceMap:
    return evidence_map(
        MapFilters(
            kind=request.GET.get("kind", ""),
            category=request.GET.get("category", ""),
            is_swapped=request.GET.get("axes", "") == SWAPPED,
            remedies=read_position(request.GET, REMEDIES),
            conditions=read_position(request.GET, CONDITIONS),
        )
    )


def _csv_lines(shown: EvidenceMap) -> list[list[str]]:
    return [
        [
            entry.remedy.name,
            str(RemedyKind(entry.remedy.group).label),
            entry.condition.name,
            str(Category(entry.condition.group).label),
            entry.effect_label,
            entry.certainty_label,
            settings.SITE_URL + reverse("entry", args=[entry.remedy.slug, entry.condition.slug]),
        ]
        for entry in shown.entries
    ]


@require_safe
@subject_view(find_remedy, "slug")
def uses_of_remedy(request: HttpRequest, remedy: Remedy) -> HttpResponse:
    """Everything that a remedy was reviewed for, from A to Z."""
    page = lists.uses(remedy, read_position(request.GET))
    context = {"subject": remedy, "page": page, "of_remedy": True}
    return render(request, "remedies/pages/uses.html", context)


@require_safe
@subject_view(find_condition, "slug")
def remedies_for_condition(request: HttpRequest, condition: Condition) -> HttpResponse:
    """Every remedy that was reviewed for a condition, from A to Z."""
    page = lists.uses(condition, read_position(request.GET))
    context = {"subject": condition, "page": page, "of_remedy": False}
    return render(request, "remedies/pages/uses.html", context)


@require_safe
@subject_view(find_condition, "slug")
def compare(request: HttpRequest, condition: Condition) -> HttpResponse:
    """The comparison of the remedies in `?r=…&r=…`; without any, the form to choose them."""
    slugs = request.GET.getlist("r")
    if not slugs:
        context = _choice_context(condition, [])
        return render(request, "remedies/pages/compare_choose.html", context)
    remedies = remedies_by_slug(slugs)
    try:
        check_choice(slugs, remedies)
    except InvalidInput as error:
        context = _choice_context(condition, remedies)
        return error_response(request, error, "remedies/pages/compare_choose.html", context)
    return render(
        request, "remedies/pages/compare.html", {"page": compare_page(condition, remedies)}
    )


def _choice_context(condition: Condition, chosen: Sequence[Remedy]) -> dict[str, object]:
    """The condition's remedies from A to Z, or the first of many, then those chosen beyond them."""
    entries = condition.entries.published().first_of_list("remedy")
    remedies = [entry.remedy for entry in entries]
    offered = {remedy.pk for remedy in remedies}
    remedies += [remedy for remedy in chosen if remedy.pk not in offered]
    return {
        "condition": condition,
        "remedies": remedies,
        "chosen": {remedy.pk for remedy in chosen},
    }
