"""A condition's page without the remedies that a reader should avoid."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from conditions.selectors import condition_page, find_condition
from conditions.views import SORTS, moved_or_404, unseen
from remedies import checking
from remedies.views.private import Asked, keeps_nothing


@keeps_nothing
def avoid(request: HttpRequest, slug: str) -> HttpResponse:
    """The page with the form open; posted, without what our data says to avoid or to ask about."""
    condition = find_condition(slug)
    if condition is None:
        return moved_or_404(request)
    if answer := unseen(request, condition):
        return answer
    page = condition_page(condition)
    terms = checking.vocabulary()
    asked = Asked.by(request)
    sort = request.POST.get("sort")
    context: dict[str, Any] = {
        "sort": sort if sort in SORTS else SORTS[0],
        "avoiding": asked.form(terms),
        "parted": None,
        "again": None,
        "problem": "",
    }
    if request.method == "POST" and not (problem := asked.problem(terms)):
        parted = checking.without_avoided(
            condition, page.entries, terms, asked.typed, asked.known(terms)
        )
        page = replace(page, entries=parted.kept)
        context["parted"] = parted
        context["again"] = asked.again(request.path, parted.typed, sort=[context["sort"]])
    elif request.method == "POST":
        context["problem"] = problem
    status = 400 if context["problem"] else 200
    whole = context | {"page": page}
    return render(request, "conditions/condition_detail.html", whole, status=status)
