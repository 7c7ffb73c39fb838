"""Home, the lists from A to Z, what was reviewed and corrected last, the evidence map, comparison."""

import re
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
from remedies import selectors
from remedies.choices import RemedyKind
from remedies.grading.method import grading_method
from remedies.models import Remedy
from remedies.pages import lists
from remedies.pages.compare import compare_page
from remedies.pages.evidence_map import EvidenceMap, evidence_map
from remedies_site.documents import SLUG
from remedies_site.exceptions import InvalidInput
from remedies_site.listing import listing
from remedies_site.responses import error_response
from remedies_site.spreadsheets import csv_file

FEWEST, MOST = 2, 4


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Search, conditions, remedies, what was published last."""
    context = {
        "conditions": list(Condition.objects.published().order_by("sort_key")),
        "remedies": list(Remedy.objects.published().order_by("sort_key")),
        "recent": selectors.recently_published(),
    }
    return render(request, "home.html", context)


@require_safe
def remedy_list(request: HttpRequest) -> HttpResponse:
    """All published remedies from A to Z."""
    remedies = Remedy.objects.published().order_by("sort_key", "pk").defer("shown_text")
    listed = listing(request, remedies, "kind", RemedyKind)
    return render(request, "remedies/remedy_list.html", {"listing": listed})


@require_safe
def grading(request: HttpRequest) -> HttpResponse:
    """How evidence is graded, printed from the constants of the rule."""
    return render(request, "about/grading.html", {"method": grading_method()})


@require_safe
def recently_reviewed(request: HttpRequest) -> HttpResponse:
    """Entries by the day on which they were written."""
    rows, pages = lists.recently_reviewed(request.GET.get("page"))
    return render(request, "remedies/recently_reviewed.html", {"rows": rows, "pages": pages})


@require_safe
def recently_corrected(request: HttpRequest) -> HttpResponse:
    """Corrections of entries, remedies and conditions."""
    rows, pages = lists.recently_corrected(request.GET.get("page"))
    return render(request, "remedies/recently_corrected.html", {"rows": rows, "pages": pages})


@require_safe
def evidence_map_page(request: HttpRequest) -> HttpResponse:
    """Every remedy against every condition."""
    shown = _asked(request)
    chosen = {"kind": shown.kind, "category": shown.category}
    query = urlencode({name: value for name, value in chosen.items() if value})
    file_url = reverse("evidence_map_csv") + (f"?{query}" if query else "")
    return render(request, "remedies/evidence_map.html", {"map": shown, "file_url": file_url})


@require_safe
def evidence_map_csv(request: HttpRequest) -> HttpResponse:
    """The same as lines, one for each reviewed pair."""
    header = [
        *(_("Remedy"), _("Kind"), _("Condition"), _("Category")),
        *(_("What it seems to do"), _("Certainty"), _("Address")),
    ]
    return csv_file("evidence-map", header, _lines(_asked(request)))


def _asked(request: HttpRequest) -> EvidenceMap:
    return evidence_map(kind=request.GET.get("kind", ""), category=request.GET.get("category", ""))


def _lines(shown: EvidenceMap) -> list[list[str]]:
    return [
        [
            pair.remedy.name,
            str(RemedyKind(pair.remedy.group).label),
            pair.condition.name,
            str(Category(pair.condition.group).label),
            pair.words,
            pair.certainty_label,
            settings.SITE_URL + reverse("entry", args=[pair.remedy.slug, pair.condition.slug]),
        ]
        for pair in shown.pairs
    ]


@require_safe
@subject_view(find_condition, "slug")
def compare(request: HttpRequest, condition: Condition) -> HttpResponse:
    """The comparison that `?r=…&r=…` asks for; without any, the form to choose with."""
    wanted = request.GET.getlist("r")
    if not wanted:
        return render(request, "remedies/compare_choose.html", _choice(condition, []))
    remedies = _published(wanted)
    try:
        _check(wanted, remedies)
    except InvalidInput as error:
        context = _choice(condition, remedies)
        return error_response(request, error, "remedies/compare_choose.html", context)
    return render(request, "remedies/compare.html", {"page": compare_page(condition, remedies)})


def _published(wanted: Sequence[str]) -> list[Remedy]:
    """Those of the wanted remedies that readers may see, in the order they were named, each once."""
    slugs = [slug for slug in dict.fromkeys(wanted) if len(slug) <= 80 and _is_slug(slug)][:50]
    found = Remedy.objects.published().filter(slug__in=slugs).select_related("current_revision")
    by_slug = {remedy.slug: remedy for remedy in found}
    return [by_slug[slug] for slug in slugs if slug in by_slug]


def _is_slug(text: str) -> bool:
    return re.fullmatch(SLUG.pattern, text) is not None


def _check(wanted: Sequence[str], remedies: Sequence[Remedy]) -> None:
    """Raise InvalidInput, with what to mend, unless two to four remedies were named once each."""
    if len(set(wanted)) < len(wanted):
        raise InvalidInput(_("One remedy was named twice. Tick each remedy once."))
    if len(wanted) < FEWEST:
        raise InvalidInput(_("Only one remedy was ticked. Tick two, three or four."))
    if len(wanted) > MOST:
        raise InvalidInput(_("More than four remedies were ticked. Tick two, three or four."))
    if len(remedies) < len(wanted):
        raise InvalidInput(_("We have no page on one of these remedies. Tick two, three or four."))


def _choice(condition: Condition, chosen: Sequence[Remedy]) -> dict[str, object]:
    """The condition's remedies from A to Z, and what was chosen beyond them."""
    entries = condition.entries.published().with_names().order_by("remedy__sort_key", "pk")
    remedies = [entry.remedy for entry in entries]
    known = {remedy.pk for remedy in remedies}
    remedies += [remedy for remedy in chosen if remedy.pk not in known]
    return {
        "condition": condition,
        "remedies": remedies,
        "chosen": {remedy.pk for remedy in chosen},
    }
