"""Moderators at the desk: read comments and reports, remove with a reason, restore."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.decorators import current_member
from discussions.models import Comment, Report
from discussions.services import remove_comment, restore_comment
from remedies_site.exceptions import ServiceError


class LookedAt(admin.ModelAdmin[Any]):
    """Rows that are read here and changed only by the actions."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Members write them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes what somebody else wrote."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A comment is removed with a reason; it does not vanish."""
        return False


@admin.register(Comment)
class CommentAdmin(LookedAt):
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

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the number of reports; what an author deleted is gone from here, too."""
        rows = super().get_queryset(request).exclude(state="deleted")
        return rows.annotate(number_of_reports=Count("reports"))

    @admin.display(description=gettext_lazy("Comment"))
    def words(self, comment: Comment) -> str:
        """Its first words."""
        return comment.body[:80]

    @admin.display(description=gettext_lazy("Reports"), ordering="number_of_reports")
    def reports_on_it(self, comment: Any) -> int:
        """How many people reported it."""
        return int(comment.number_of_reports)

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        """For the actions."""
        return request.user.has_perm("discussions.moderate_comment")

    @admin.action(description=gettext_lazy("Remove, with a reason"), permissions=["moderate"])
    def remove(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """Ask for the reason that readers see, then remove."""
        if "reason" in request.POST:
            self._each(
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
    def restore(self, request: HttpRequest, queryset: Any) -> None:
        """Put removed comments before readers again."""
        self._each(
            request, queryset, lambda comment: restore_comment(comment, by=current_member(request))
        )

    def _each(self, request: HttpRequest, queryset: Any, deed: Any) -> None:
        done = 0
        for comment in queryset:
            try:
                deed(comment)
            except ServiceError as refusal:
                self.message_user(request, f"{comment}: {refusal}", messages.WARNING)
            else:
                done += 1
        if done:
            sentence = ngettext("%(n)s comment done.", "%(n)s comments done.", done)
            self.message_user(request, sentence % {"n": done}, messages.SUCCESS)


@admin.register(Report)
class ReportAdmin(LookedAt):
    """Reports, newest first."""

    list_display = ("reason", "comment", "detail", "created_at")
    list_filter = ("reason", "created_at")
    list_select_related = ("comment",)
