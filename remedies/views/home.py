"""Home, lists, and the page on grading."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from conditions.models import Condition
from remedies import selectors
from remedies.evidence.method import method
from remedies.models import Remedy
from remedies.vocabulary import RemedyKind
from remedies_site.browsing import listing


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
    return render(request, "about/grading.html", {"method": method()})
