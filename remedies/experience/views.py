"""A member's experience report on an entry: create, change, delete."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.decorators import current_member
from publishing.views import hidden_response, subject_view
from remedies import selectors
from remedies.experience import services
from remedies.experience.forms import ExperienceForm, initial_answers
from remedies.experience.selectors import find_experience
from remedies.models import RemedyConditionEntry
from remedies_site.exceptions import NotSentYet, ServiceError
from remedies_site.kept_text import keeps_text, shows_again
from remedies_site.responses import error_response, redirect_after_post


@keeps_text("consent")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@subject_view(selectors.find_entry, "remedy", "condition")
def experience(request: HttpRequest, entry: RemedyConditionEntry) -> HttpResponse:
    """Report the member's experience, or change the report."""
    member = current_member(request)
    own = find_experience(entry, member)
    context: dict[str, object] = {"entry": entry, "own": own, "member": member}
    if request.method != "POST":
        context["form"] = ExperienceForm(initial=initial_answers(own) if own else None)
        return render(request, "remedies/experience/form.html", context)
    form = context["form"] = ExperienceForm(request.POST)
    consent = context["consent"] = request.POST.get("consent") == "1"
    if shows_again(request):
        return error_response(request, NotSentYet(), "remedies/experience/form.html", context)
    if not form.is_valid():
        return render(request, "remedies/experience/form.html", context, status=400)
    try:
        answers = cast(services.ExperienceAnswers, form.cleaned_data)
        services.report_experience(entry, by=member, consent=consent, answers=answers)
    except ServiceError as error:
        return error_response(request, error, "remedies/experience/form.html", context)
    return redirect_after_post(f"{entry.get_absolute_url()}#experience")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, remedy: str, condition: str) -> HttpResponse:
    """Delete the member's report; possible on withdrawn pages too."""
    entry = _entry(remedy, condition)
    member = current_member(request)
    if find_experience(entry, member) is None:
        if response := hidden_response(request, entry):
            return response
        return redirect_after_post(f"{entry.get_absolute_url()}#experience")
    if request.method != "POST":
        return render(request, "remedies/experience/delete.html", {"entry": entry})
    services.delete_experience(entry, by=member)
    if hidden_response(request, entry) is not None:
        return redirect_after_post(reverse("account"))
    return redirect_after_post(f"{entry.get_absolute_url()}#experience")


def _entry(remedy: str, condition: str) -> RemedyConditionEntry:
    entry = selectors.find_entry(remedy, condition)
    if entry is None:
        raise Http404
    return entry
