"""The private interaction check. It keeps nothing: no row, no cookie, no log, no address."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from remedies import checking
from remedies_site.markup import without_controls

MOST_LETTERS = 4000


@csrf_exempt  # it changes nothing, and readers' pages carry no token
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The form; posted, the form with its answer."""
    asked = request.POST if request.method == "POST" else request.GET
    picked = set(asked.getlist("r"))
    remedies = checking.published_remedies()
    terms = checking.vocabulary()
    chosen = set(request.POST.getlist("circumstance"))
    typed = without_controls(request.POST.get("medicines", ""))
    form = checking.CheckForm(
        remedies, checking.term_groups(terms, chosen), picked, typed[:MOST_LETTERS], chosen
    )
    context: dict[str, Any] = {"form": form, "problem": "", "answer": None}
    unknown = picked - {remedy.slug for remedy in remedies}
    if request.method != "POST":
        context["problem"] = _unknown_remedy() if unknown else ""
        return _page(request, context, 404 if unknown else 200)
    problem = _problem(picked, unknown, chosen - {term.slug for term in terms}, typed, chosen)
    if problem:
        return _page(request, context | {"problem": problem}, 400)
    own = [remedy for remedy in remedies if remedy.slug in picked]
    answer = checking.check(own, terms, typed, [t.slug for t in terms if t.slug in chosen])
    return _page(request, context | {"answer": answer}, 200)


def _unknown_remedy() -> str:
    return _("We have no page on one of these remedies. Choose from the list.")


def _problem(
    picked: set[str], unknown: set[str], strangers: set[str], typed: str, chosen: set[str]
) -> str:
    """What keeps the check from being made; empty where nothing does."""
    if unknown:
        return _unknown_remedy()
    if not picked:
        return _("Tick at least one remedy.")
    if strangers:
        return _("One of the ticked boxes is not in our list. Choose from the list.")
    if len(typed) > MOST_LETTERS:
        return _("That is too long. Type the names of your medicines only.")
    if not (typed.strip() or chosen):
        return _("Type a medicine or tick a box, so that there is something to check.")
    return ""


def _page(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    answer = render(request, "remedies/check.html", context, status=status)
    if request.method == "POST":  # what names somebody's medicines stays in no browser's store
        patch_cache_control(answer, no_store=True)
    return answer
