"""Challenges in the admin: the editors' queue, and one challenge with the forms to decide on it."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Case, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.decorators import current_member
from accounts.models import User
from discussions.challenges import deciding
from discussions.challenges.choices import ChallengeState, Visibility
from discussions.models import Challenge
from discussions.policies import MAX_ANSWER, MAX_REASON_LENGTH
from remedies_site.admin_lists import BoundedListAdmin
from remedies_site.editing.read_only import ReadOnlyAdmin, admin_url
from remedies_site.exceptions import InvalidInput, NotPermitted, ServiceError
from remedies_site.listing import parse_positive


@admin.register(Challenge)
class ChallengeAdmin(ReadOnlyAdmin[Challenge], BoundedListAdmin[Challenge]):
    """What waits first, the oldest of it at the top."""

    change_form_template = "admin/challenge.html"
    list_display = ("page", "part_of_page", "kind", "words", "state", "visibility", "created_at")
    list_display_links = ("words",)
    list_filter = ("state", "visibility", "kind", "created_at")
    list_select_related = (*("by", "remedy", "condition", "entry__remedy", "entry__condition"),)
    search_fields = (
        *("remedy__name", "condition__name", "entry__remedy__name", "entry__condition__name"),
        "text",
    )
    fields: ClassVar = (
        ("page", "part_of_page", "revision_number"),
        "claim",
        "quote",
        ("kind", "by", "created_at"),
        "text",
        "source_link",
        ("visibility", "care", "removal_reason"),
        ("state", "decided_by", "decided_at", "credited_number"),
        "answer",
    )
    readonly_fields = ("page", "part_of_page", "source_link")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Challenge]:
        """Open ones first; removed ones, which nobody has to decide on, last."""
        waits = When(state=ChallengeState.OPEN, then=Value(0))
        removed = When(visibility=Visibility.REMOVED, then=Value(2))
        rows = super().get_queryset(request)
        return rows.order_by(Case(removed, waits, default=Value(1)), "pk")

    @admin.display(description=gettext_lazy("Page"))
    def page(self, challenge: Challenge) -> str:
        """The page that it is about."""
        return str(challenge.subject)

    @admin.display(description=gettext_lazy("Part"))
    def part_of_page(self, challenge: Challenge) -> str:
        """The part of the page."""
        return str(challenge.part_label)

    @admin.display(description=gettext_lazy("Challenge"))
    def words(self, challenge: Challenge) -> str:
        """The start of the text."""
        return challenge.text[:80]

    @admin.display(description=gettext_lazy("Source"))
    def source_link(self, challenge: Challenge) -> str:
        """By what the source is named, and its name."""
        return f"{challenge.get_source_type_display()} {challenge.source}".strip()

    def get_urls(self) -> list[URLPattern]:
        """Add the decision."""
        view = self.admin_site.admin_view(self.decide_view)
        name = "discussions_challenge_decide"
        return [path("<path:object_id>/decide/", view, name=name), *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the challenge, and what this person may do about it."""
        challenge = self.get_object(request, unquote(object_id))
        context = _options(challenge, current_member(request)) if challenge else {}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def decide_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Accept, decline, show or remove; 405 unless posted. The services decide who may."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        challenge = self.get_object(request, unquote(object_id))
        if challenge is None:
            raise Http404
        try:
            decided, message = _carry_out(challenge, request)
        except NotPermitted as error:
            raise PermissionDenied(str(error)) from error
        except ServiceError as error:
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(admin_url(Challenge, "change", challenge.pk))
        self.message_user(request, message, messages.SUCCESS)
        target = decided if decided.awaits_revision else None
        if target and request.user.has_perm(_change_permission(target)):
            return HttpResponseRedirect(admin_url(target.subject, "change", target.subject.pk))
        return HttpResponseRedirect(admin_url(Challenge, "changelist"))


def _change_permission(challenge: Challenge) -> str:
    meta = challenge.subject._meta
    return f"{meta.app_label}.change_{meta.model_name}"


def _options(challenge: Challenge, person: User) -> dict[str, Any]:
    """What the page offers to this person."""
    is_removed = challenge.visibility == Visibility.REMOVED
    is_own = challenge.by_id == person.pk
    may_remove = deciding.may_remove(person)
    return {
        "challenge": challenge,
        "decide_url": admin_url(Challenge, "decide", challenge.pk),
        "subject_url": admin_url(challenge.subject, "change", challenge.subject.pk),
        "is_own": is_own,
        "may_decide": person.has_perm(deciding.DECIDE)
        and challenge.is_open
        and not is_removed
        and not is_own,
        "may_show": may_remove and not challenge.is_visible and not is_own,
        "may_remove": may_remove and not is_removed,
        "max_answer": MAX_ANSWER,
        "max_reason": MAX_REASON_LENGTH,
    }


def _carry_out(challenge: Challenge, request: HttpRequest) -> tuple[Challenge, str]:
    """What the button that was pressed asks for, and what to say of it."""
    by, form = current_member(request), request.POST
    if "accept" in form or "decline" in form:
        typed = form.get("number", "").strip()
        number = parse_positive(typed)
        if typed and number is None:
            raise InvalidInput(_("A version is a number."))
        decided = deciding.decide(
            challenge,
            by=by,
            accept="accept" in form,
            answer=form.get("answer", ""),
            number=number,
        )
        if decided.awaits_revision:
            return decided, _("Accepted. Now mend the page: its next version names the reader.")
        return decided, _("Answered: readers see your answer, and the member is told.")
    if "show" in form:
        return deciding.show_challenge(challenge, by=by), _("Readers see it now.")
    if "remove" in form:
        removed = deciding.remove_challenge(challenge, by=by, reason=form.get("reason", ""))
        return removed, _("Readers do not see it any more.")
    raise InvalidInput(_("Choose what to do."))
