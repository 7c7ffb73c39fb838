"""Reviewers, conflict statements and reviews in the admin."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from accounts.decorators import current_member
from accounts.events import log_event
from publishing.models import ClinicalReview, ConflictStatement, Reviewer
from publishing.reviewers.forms import (
    CHECK_FIELDS,
    ReviewerForm,
    ReviewForm,
    StatementForm,
    TakeBackForm,
)
from publishing.reviewers.services import (
    MANAGE,
    REVIEW,
    record_review,
    record_statement,
    reviewer_error,
    take_back_review,
)
from publishing.selectors import subject_by_label
from remedies_site.admin_lists import BoundedListAdmin
from remedies_site.editing.form_page import form_page
from remedies_site.editing.read_only import ReadOnlyAdmin, admin_url
from remedies_site.kept_text import keeps_text


@admin.register(Reviewer)
class ReviewerAdmin(BoundedListAdmin[Reviewer]):
    """Profiles of reviewers. Publishers make them; a draft becomes public by “shown to readers”."""

    form = ReviewerForm
    list_display = ("public_name", "credential", "credential_checked_on", "checked_by", "is_shown")
    list_filter = ("is_shown",)
    list_select_related = ("checked_by",)
    search_fields = ("public_name", "credential", "user__name")
    prepopulated_fields: ClassVar = {"slug": ("public_name",)}

    def get_form(
        self, request: HttpRequest, obj: Reviewer | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Tell the form who fills it in."""
        form = super().get_form(request, obj, change, **kwargs)
        return type("ReviewerForm", (form,), {"editor": current_member(request)})

    def get_readonly_fields(
        self, request: HttpRequest, obj: Reviewer | None = None
    ) -> tuple[str, ...]:
        """Of a stored profile the account, and once it was shown the address: pages link to it."""
        if obj is None:
            return ()
        return ("user", "slug", "checked_by") if obj.is_shown else ("user", "checked_by")

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Reviewer | None = None
    ) -> dict[str, Any]:
        """Only of a new one."""
        return {} if obj is not None else dict(self.prepopulated_fields)

    def save_model(
        self, request: HttpRequest, obj: Reviewer, form: forms.ModelForm[Reviewer], change: bool
    ) -> None:
        """Whoever gives the day of a check is the one who made it."""
        if set(CHECK_FIELDS) & set(form.changed_data) or not change:
            obj.checked_by = current_member(request) if obj.credential_checked_on else None
        super().save_model(request, obj, form, change)
        fields = ",".join(sorted(form.changed_data)) or "none"
        log_event("reviewer_changed", actor=request.user.pk, person=obj.pk, fields=fields)

    def has_delete_permission(self, request: HttpRequest, obj: Reviewer | None = None) -> bool:
        """None: a profile is hidden; it goes with the account."""
        return False


@admin.register(ConflictStatement)
class ConflictStatementAdmin(BoundedListAdmin[ConflictStatement]):
    """What reviewers declared: added and never changed."""

    form = StatementForm
    list_display = ("reviewer", "dated", "source", "recorded_by", "recorded_at")
    list_select_related = ("reviewer", "recorded_by")
    search_fields = ("reviewer__public_name", "text")

    def get_form(
        self,
        request: HttpRequest,
        obj: ConflictStatement | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Tell the form who fills it in."""
        form = super().get_form(request, obj, change, **kwargs)
        return type("StatementForm", (form,), {"editor": current_member(request)})

    def save_model(
        self,
        request: HttpRequest,
        obj: ConflictStatement,
        form: forms.ModelForm[ConflictStatement],
        change: bool,
    ) -> None:
        """The service records it."""
        stored = record_statement(
            obj.reviewer,
            by=current_member(request),
            dated=obj.dated,
            text=obj.text,
            source=obj.source,
        )
        obj.pk = stored.pk

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Publishers, and reviewers for themselves."""
        return request.user.has_perm(MANAGE) or request.user.has_perm(REVIEW)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """None: a new statement takes the place of an old one."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """None: reviews rest on them."""
        return False


@admin.register(ClinicalReview)
class ClinicalReviewAdmin(ReadOnlyAdmin[ClinicalReview], BoundedListAdmin[ClinicalReview]):
    """Reviews: recorded by the reviewer, on a page that the form of each subject links to."""

    change_form_template = "admin/clinical_review.html"
    list_display = ("subject", "revision_number", "reviewer", "reviewed_on", "taken_back_at")
    list_filter = ("reviewed_on",)
    list_select_related = ("reviewer",)
    search_fields = ("reviewer__public_name", "scope", "note")
    fields: ClassVar = (
        ("reviewer", "reviewed_on", "revision_number"),
        ("credential", "credential_checked_on", "statement"),
        "scope",
        "note",
        ("taken_back_at", "taken_back_reason"),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the subjects of all rows in a query for each kind."""
        return super().get_queryset(request).prefetch_related("subject")

    def get_urls(self) -> list[URLPattern]:
        """Add the pages that record a review and take it back."""
        name, wrap = "publishing_clinicalreview", self.admin_site.admin_view
        return [
            path("record/<str:label>/<int:pk>/", wrap(self.record_view), name=f"{name}_record"),
            path(
                "<path:object_id>/take-back/", wrap(self.take_back_view), name=f"{name}_take_back"
            ),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Add whether this person may take it back."""
        review = self.get_object(request, unquote(object_id))
        may = review is not None and review.taken_back_at is None
        own = review is not None and review.reviewer_id == request.user.pk
        context: dict[str, Any] = {"may_take_back": may and (own or request.user.has_perm(MANAGE))}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    @keeps_text("number")
    def record_view(self, request: HttpRequest, label: str, pk: int) -> HttpResponse:
        """Record a review of the version that readers see. Raises Http404."""
        subject = subject_by_label(label, pk)
        if subject is None or not subject.is_published:
            raise Http404
        person = current_member(request)
        reviewer = Reviewer.objects.filter(pk=person.pk).first()
        if reviewer is None or not person.has_perm(REVIEW):
            raise PermissionDenied
        number = subject.revisions.get(pk=subject.current_revision_id).number

        def act(values: dict[str, Any]) -> str:
            record_review(subject, by=person, **values)
            return _("Recorded: readers see your review on the page.")

        return form_page(
            self,
            request,
            _review_form(request, number),
            act,
            title=_("Review of version %(number)s: %(subject)s")
            % {"number": number, "subject": subject},
            intro=reviewer_error(reviewer)
            or _("You record that you, by your own name, reviewed this version today."),
            button=_("Record my review"),
            done_url=admin_url(ClinicalReview, "changelist"),
        )

    @keeps_text()
    def take_back_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Take a review back with the reason. Raises Http404."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        review = self.get_object(request, unquote(object_id))
        if review is None:
            raise Http404

        def act(values: dict[str, Any]) -> str:
            take_back_review(review, by=current_member(request), reason=values["reason"])
            return _("Taken back: the page does not name it any more.")

        return form_page(
            self,
            request,
            TakeBackForm(request.POST if request.method == "POST" else None),
            act,
            title=_("Take a review back: %(review)s") % {"review": review},
            intro=review.scope,
            button=_("Take it back"),
            done_url=admin_url(ClinicalReview, "change", review.pk),
        )


def _review_form(request: HttpRequest, number: int) -> ReviewForm:
    """Of the version that the person read: the one of the form, or the current one."""
    if request.method != "POST":
        return ReviewForm(initial={"number": number})
    posted = request.POST.copy()
    posted.setdefault("number", str(number))
    return ReviewForm(posted)
