"""Pages of challenges: the form for one part of a page, the lists, one challenge, and its deletion."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.decorators import current_member, current_member_or_none, login_required_for_post
from conditions.models import Condition
from conditions.selectors import find_condition
from discussions.challenges import selectors
from discussions.challenges.choices import PART_LABELS, ChallengeState
from discussions.challenges.claimed_parts import ClaimedPart, parts_of
from discussions.challenges.forms import ChallengeForm
from discussions.challenges.services import WrittenChallenge, delete_challenge, send_challenge
from discussions.composer.care_notices import notices_context
from discussions.models import Challenge
from discussions.models.challenge import ChallengedSubject
from publishing.views import hidden_response, subject_view
from remedies.models import Remedy, RemedyConditionEntry
from remedies.pages.views import entry_not_found
from remedies.selectors import find_entry, find_remedy
from remedies_site.exceptions import ServiceError
from remedies_site.kept_text import keeps_text, require_sending
from remedies_site.key_pages import read_position
from remedies_site.listing import Choice, filter_links, parse_positive
from remedies_site.responses import error_response, redirect_after_post

_FORM = "discussions/challenges/challenge_form.html"
_LIST = "discussions/challenges/challenges.html"


@keeps_text("consent", "checked")
@never_cache
@login_required_for_post
@require_http_methods(["GET", "HEAD", "POST"])
@subject_view(find_remedy, "slug")
def challenge_remedy(request: HttpRequest, remedy: Remedy) -> HttpResponse:
    """Challenge a claim of a remedy's page; `?p=` names the part."""
    return _challenge(request, remedy)


@keeps_text("consent", "checked")
@never_cache
@login_required_for_post
@require_http_methods(["GET", "HEAD", "POST"])
@subject_view(find_condition, "slug")
def challenge_condition(request: HttpRequest, condition: Condition) -> HttpResponse:
    """Challenge a claim of a condition's page; `?p=` names the part."""
    return _challenge(request, condition)


@keeps_text("consent", "checked")
@never_cache
@login_required_for_post
@require_http_methods(["GET", "HEAD", "POST"])
@subject_view(find_entry, "remedy", "condition", not_found=entry_not_found)
def challenge_entry(request: HttpRequest, entry: RemedyConditionEntry) -> HttpResponse:
    """Challenge a claim of an entry's page; `?p=` names the part."""
    return _challenge(request, entry)


def _challenge(request: HttpRequest, subject: ChallengedSubject) -> HttpResponse:
    number = parse_positive(request.POST.get("revision"))
    revision = selectors.claimed_revision(subject, number) or selectors.claimed_revision(subject)
    if revision is None:
        raise Http404
    parts = parts_of(revision[1])
    part = next((part for part in parts if part.key == request.GET.get("p")), None)
    if part is None and request.method == "POST":
        part = parts[0]  # no text is lost to an address without its part
    context: dict[str, object] = {
        "subject": subject,
        "parts": [(each.key, PART_LABELS[each.key]) for each in parts],
        "part": part,
        "chosen": request.POST.get("place", ""),
        "part_label": PART_LABELS[part.key] if part else "",
        "revision": revision[0],
        "remedy": subject.remedy if isinstance(subject, RemedyConditionEntry) else None,
    }
    if part is None:
        return _noindex(render(request, _FORM, context))
    member = current_member_or_none(request)
    if request.method != "POST" or member is None:
        # A form of a reader who comes back from the log-in with GET begins anew.
        initial = {"revision": revision[0]}
        context["form"] = ChallengeForm(initial=initial, part=part, user=member)
        return _noindex(render(request, _FORM, context))
    return _send(request, subject, part, context)


def _send(
    request: HttpRequest,
    subject: ChallengedSubject,
    part: ClaimedPart,
    context: dict[str, object],
) -> HttpResponse:
    member, sent = current_member(request), request.POST
    form = ChallengeForm(sent, part=part, user=member)
    context["form"] = form
    written = WrittenChallenge(
        number=parse_positive(sent.get("revision")),
        part=part.key,
        place=sent.get("place", ""),
        kind=sent.get("kind", ""),
        text=sent.get("body", ""),
        quote=sent.get("quote", ""),
        source=sent.get("source", ""),
    )
    try:
        require_sending(request)
        challenge = send_challenge(
            subject,
            written,
            by=member,
            consent=bool(sent.get("consent")),
            checked=sent.get("checked", ""),
        )
    except ServiceError as error:
        context |= notices_context(error, written.text)
        return error_response(request, error, _FORM, context)
    if challenge.is_visible:
        messages.success(request, _("Thank you. An editor will answer, and we will tell you."))
    else:
        messages.info(
            request, _("Thank you. An editor reads it before others can; then we will tell you.")
        )
    return redirect_after_post(challenge.get_absolute_url())


@require_safe
@subject_view(find_remedy, "slug")
def challenges_of_remedy(request: HttpRequest, remedy: Remedy) -> HttpResponse:
    """What readers said about a remedy's page, and what editors answered."""
    return _list_of(request, remedy)


@require_safe
@subject_view(find_condition, "slug")
def challenges_of_condition(request: HttpRequest, condition: Condition) -> HttpResponse:
    """What readers said about a condition's page, and what editors answered."""
    return _list_of(request, condition)


@require_safe
@subject_view(find_entry, "remedy", "condition", not_found=entry_not_found)
def challenges_of_entry(request: HttpRequest, entry: RemedyConditionEntry) -> HttpResponse:
    """What readers said about an entry's page, and what editors answered."""
    return _list_of(request, entry)


def _list_of(request: HttpRequest, subject: ChallengedSubject) -> HttpResponse:
    page = selectors.challenges_of(subject, read_position(request.GET))
    counts = selectors.state_counts(subject)
    context = {"subject": subject, "page": page, "counts": counts, "start": "?"}
    return _noindex(render(request, _LIST, context))


@require_safe
def challenges(request: HttpRequest) -> HttpResponse:
    """What readers said about all pages; `?state=` shows those of one state."""
    state = request.GET.get("state", "")
    state = state if state in ChallengeState.values else ""
    page = selectors.listed_challenges(read_position(request.GET), state)
    counts = selectors.state_counts()
    choices = [
        Choice(value, capfirst(str(label)), getattr(counts, value))
        for value, label in ChallengeState.choices
    ]
    context = {
        "page": page,
        "counts": counts,
        "filters": filter_links("state", choices, state),
        "start": f"?state={state}&" if state else "?",
    }
    return _noindex(render(request, _LIST, context))


@require_safe
def challenge(request: HttpRequest, pk: int) -> HttpResponse:
    """One challenge with its answer; what is not public, for its author alone."""
    member = current_member_or_none(request)
    found = selectors.find_challenge(pk, member)
    if found is None:
        raise Http404
    if hidden := hidden_response(request, found.subject):
        return hidden
    context = {"challenge": found, "is_own": member is not None and found.by_id == member.pk}
    return _noindex(render(request, "discussions/challenges/challenge.html", context))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete one's own challenge, also about a withdrawn page."""
    member = current_member(request)
    own = get_object_or_404(Challenge, pk=pk, by=member)
    if request.method != "POST":
        return render(request, "discussions/challenges/delete_form.html", {"challenge": own})
    try:
        delete_challenge(own, by=member)
    except ServiceError as error:
        return error_response(request, error, "403.html", {})
    messages.success(request, _("What you said about the page is deleted."))
    return redirect_after_post(reverse("account"))


def _noindex(response: HttpResponse) -> HttpResponse:
    """Nobody has checked these words: no search engine shows them as words of this site."""
    response["X-Robots-Tag"] = "noindex"
    return response
