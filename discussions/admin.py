"""Comments and reports in the admin: moderators read them, remove comments with a reason, restore them."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.decorators import current_member
from discussions.challenges import admin as challenges_admin  # noqa: F401  (registers what it holds)
from discussions.models import Comment, Report
from discussions.moderation.services import remove_comment, restore_comment
from remedies_site.admin_lists import BoundedListAdmin
from remedies_site.editing.read_only import ReadOnlyAdmin
from remedies_site.exceptions import ServiceError


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin[Comment], BoundedListAdmin[Comment]):
    """Comments, newest first."""

    list_display = ("words", "author", "thread", "state", "reports_on_it", "created_at")
    list_filter = ("state", "created_at")
    list_select_related = (
        "author",
        "thread__remedy",
        "thread__entry__remedy",
        "thread__entry__condition",
    )
    search_fields = ("body", "author__name")
    ordering = ("-pk",)
    fields = ("thread", "author", "body", "state", "removal_reason", "created_at", "edited_at")
    actions = ("remove", "restore")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        """With the number of reports, and without the comments that their authors deleted."""
        queryset = super().get_queryset(request).exclude(state="deleted")
        reports = Report.objects.filter(comment=OuterRef("pk")).order_by().values("comment")
        number = Subquery(reports.annotate(number=Count("pk")).values("number"))
        return queryset.annotate(number_of_reports=Coalesce(number, 0))

    @admin.display(description=gettext_lazy("Comment"))
    def words(self, comment: Comment) -> str:
        """The start of the text."""
        return comment.body[:80]

    @admin.display(description=gettext_lazy("Reports"), ordering="number_of_reports")
    def reports_on_it(self, comment: Any) -> int:
        """The number of reports."""
        return int(comment.number_of_reports)

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        """The permission that the actions require."""
        return request.user.has_perm("discussions.moderate_comment")

    @admin.action(description=gettext_lazy("Remove, with a reason"), permissions=["moderate"])
    def remove(self, request: HttpRequest, queryset: QuerySet[Comment]) -> HttpResponse | None:
        """Show the form for the reason, which readers see; then remove the comments."""
        if "reason" in request.POST:
            self._apply(
                request,
                queryset,
                lambda comment: remove_comment(
                    comment, by=current_member(request), reason=request.POST["reason"]
                ),
            )
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Remove comments"),
            "comments": queryset,
            "opts": self.opts,
            "action_checkbox_name": helpers.ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/remove_comments.html", context)

    @admin.action(description=gettext_lazy("Restore"), permissions=["moderate"])
    def restore(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        """Make removed comments visible again."""
        self._apply(
            request, queryset, lambda comment: restore_comment(comment, by=current_member(request))
        )

    def _apply(
        self,
        request: HttpRequest,
        queryset: QuerySet[Comment],
        action: Callable[[Comment], object],
    ) -> None:
        done = 0
        for comment in queryset:
            try:
                action(comment)
            except ServiceError as error:
                self.message_user(request, f"{comment}: {error}", messages.WARNING)
            else:
                done += 1
        if done:
            message = ngettext("%(n)s comment done.", "%(n)s comments done.", done)
            self.message_user(request, message % {"n": done}, messages.SUCCESS)


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin[Report], BoundedListAdmin[Report]):
    """Reports, newest first."""

    list_display = ("reason", "comment", "detail", "created_at")
    list_filter = ("reason", "created_at")
    list_select_related = ("comment",)
