"""The private interaction check."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from remedies import checking
from remedies.views.private import Asked, keeps_nothing


@keeps_nothing
def check(request: HttpRequest) -> HttpResponse:
    """The form; posted, the form with its answer."""
    sent = request.method == "POST"
    picked = set((request.POST if sent else request.GET).getlist("r"))
    remedies = checking.published_remedies()
    terms = checking.vocabulary()
    asked = Asked.by(request, terms)
    context: dict[str, Any] = {"remedies": remedies, "picked": picked, "form": asked.form}
    if picked - {remedy.slug for remedy in remedies}:
        problem = _("We have no page on one of these remedies. Choose from the list.")
        return _page(request, context | {"problem": problem}, 400 if sent else 404)
    if not sent:
        return _page(request, context, 200)
    if problem := asked.problem if picked else _("Tick at least one remedy."):
        return _page(request, context | {"problem": problem}, 400)
    own = [remedy for remedy in remedies if remedy.slug in picked]
    answer = checking.check(own, terms, asked.typed, asked.known)
    again = asked.again(request.path, r=[remedy.slug for remedy in own])
    return _page(request, context | {"answer": answer, "again": again}, 200)


def _page(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    whole = {"problem": "", "answer": None, "again": None} | context
    return render(request, "remedies/check.html", whole, status=status)
