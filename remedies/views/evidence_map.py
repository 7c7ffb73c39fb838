"""The evidence map as a page and as a file for spreadsheets."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conditions.vocabulary import Category
from remedies.evidence_map import EvidenceMap, evidence_map
from remedies.vocabulary import RemedyKind
from remedies_site.spreadsheets import csv_file


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
            pair.certainty_words,
            settings.SITE_URL + reverse("entry", args=[pair.remedy.slug, pair.condition.slug]),
        ]
        for pair in shown.pairs
    ]
