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
    asked = Asked.by(request, terms)
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
        parted = checking.without_avoided(condition, page.entries, terms, asked.typed, asked.known)
        context["parted"] = parted
        context["page"] = replace(page, entries=parted.kept)
        context["again"] = asked.again(request.path, sort=[context["sort"]])
    status = 400 if context["problem"] else 200
    return render(request, "conditions/condition_detail.html", context, status=status)
