"""A member's experience report on an entry: given, changed, deleted."""

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.members import member_of
from remedies import reporting, selectors
from remedies.forms import ExperienceForm, answers_of
from remedies.models import RemedyConditionEntry
from remedies.views.unseen import entry_unseen
from remedies_site.answers import refused, see_other
from remedies_site.refusals import Refused


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def experience(request: HttpRequest, remedy: str, condition: str) -> HttpResponse:
    """Report one's experience, or change the report."""
    entry = _entry(remedy, condition)
    if answer := entry_unseen(request, entry):
        return answer
    member = member_of(request)
    own = reporting.my_experience(entry, member)
    context: dict[str, Any] = {"entry": entry, "own": own, "member": member}
    if request.method != "POST":
        context["form"] = ExperienceForm(initial=answers_of(own) if own else None)
        return render(request, "remedies/experience_form.html", context)
    form = context["form"] = ExperienceForm(request.POST)
    consent = context["consent"] = request.POST.get("consent") == "1"
    if not form.is_valid():
        return render(request, "remedies/experience_form.html", context, status=400)
    try:
        answers = cast(reporting.Answers, form.cleaned_data)
        reporting.report_experience(entry, by=member, consent=consent, answers=answers)
    except Refused as refusal:
        return refused(request, refusal, "remedies/experience_form.html", context)
    return see_other(f"{entry.get_absolute_url()}#experience")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, remedy: str, condition: str) -> HttpResponse:
    """Take one's report back for good; possible on withdrawn pages too."""
    entry = _entry(remedy, condition)
    member = member_of(request)
    if reporting.my_experience(entry, member) is None:
        if answer := entry_unseen(request, entry):
            return answer
        return see_other(f"{entry.get_absolute_url()}#experience")
    if request.method != "POST":
        return render(request, "remedies/experience_delete.html", {"entry": entry})
    reporting.delete_experience(entry, by=member)
    if entry_unseen(request, entry) is not None:
        return see_other(reverse("account"))
    return see_other(f"{entry.get_absolute_url()}#experience")


def _entry(remedy: str, condition: str) -> RemedyConditionEntry:
    entry = selectors.find_entry(remedy, condition)
    if entry is None:
        raise Http404
    return entry
