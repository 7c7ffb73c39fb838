"""The private interaction check, and a condition's page without what to avoid."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from conditions.models import Condition
from conditions.selectors import condition_page, find_condition
from conditions.views import SORTS
from publishing.views import subject_view
from remedies.check import services
from remedies.check.forms import CheckQuery, private_form


@private_form
def check(request: HttpRequest) -> HttpResponse:
    """The form; posted, the form with its answer."""
    sent = request.method == "POST"
    picked = set((request.POST if sent else request.GET).getlist("r"))
    remedies = services.published_remedies()
    terms = services.vocabulary()
    asked = CheckQuery.by(request, terms)
    context: dict[str, Any] = {"remedies": remedies, "picked": picked, "form": asked.form}
    if picked - {remedy.slug for remedy in remedies}:
        problem = _("We have no page on one of these remedies. Choose from the list.")
        return _page(request, context | {"problem": problem}, 400 if sent else 404)
    if not sent:
        return _page(request, context, 200)
    if problem := asked.problem if picked else _("Tick at least one remedy."):
        return _page(request, context | {"problem": problem}, 400)
    own = [remedy for remedy in remedies if remedy.slug in picked]
    answer = services.check(own, terms, asked.typed, asked.known)
    again = asked.again(request.path, r=[remedy.slug for remedy in own])
    return _page(request, context | {"answer": answer, "again": again}, 200)


def _page(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    whole = {"problem": "", "answer": None, "again": None} | context
    return render(request, "remedies/check/check.html", whole, status=status)


@private_form
@subject_view(find_condition, "slug")
def avoid(request: HttpRequest, condition: Condition) -> HttpResponse:
    """The page with the form open; posted, without what our data says to avoid or to ask about."""
    page = condition_page(condition)
    terms = services.vocabulary()
    asked = CheckQuery.by(request, terms)
    sort = request.POST.get("sort")
    context: dict[str, Any] = {
        "page": page,
        "sort": sort if sort in SORTS else SORTS[0],
        "avoiding": asked.form,
        "parted": None,
        "again": None,
        "problem": asked.problem if request.method == "POST" else "",
    }
    if request.method == "POST" and not context["problem"]:
        parted = services.without_avoided(condition, page.entries, terms, asked.typed, asked.known)
        context["parted"] = parted
        context["page"] = replace(page, entries=parted.kept)
        context["again"] = asked.again(request.path, sort=[context["sort"]])
    status = 400 if context["problem"] else 200
    return render(request, "conditions/condition_detail.html", context, status=status)
