"""The page of the admin that withdraws a subject."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from accounts.decorators import current_member
from publishing.models import SubjectT
from publishing.services import subject_type
from remedies_site.editing.read_only import admin_url
from remedies_site.exceptions import NotPublishable
from remedies_site.kept_text import keeps_text, shows_again


class WithdrawalAdmin(admin.ModelAdmin[SubjectT]):
    """Subjects that are withdrawn with a reason, and never deleted once they were published."""

    def get_urls(self) -> list[URLPattern]:
        """Add the form that withdraws a subject."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_withdraw"
        view = self.admin_site.admin_view(self.withdraw_view)
        return [path("<path:object_id>/withdraw/", view, name=name), *super().get_urls()]

    @keeps_text()
    def withdraw_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Withdraw a subject with the reason that readers will see; 400 where it is missing."""
        if not self.may_withdraw(request):
            raise PermissionDenied
        subject = self.get_object(request, unquote(object_id))
        if subject is None:
            raise Http404
        error_message = ""
        reason = request.POST.get("reason", "")[:400]
        if shows_again(request):
            error_message = _("Nothing is withdrawn yet. Look it over, and send it once more.")
        elif request.method == "POST":
            try:
                subject_type(self.model).withdraw(
                    subject, by=current_member(request), reason=reason
                )
            except NotPublishable as error:
                error_message = str(error)
            else:
                self.message_user(request, _("Withdrawn. Readers now see the reason."))
                return HttpResponseRedirect(admin_url(subject, "change", subject.pk))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Withdraw: %(subject)s") % {"subject": subject},
            "subject": subject,
            "opts": self.opts,
            "error_message": error_message,
            "reason": reason,
        }
        status = 400 if error_message else 200
        return TemplateResponse(request, "admin/subject_withdraw.html", context, status=status)

    def may_withdraw(self, request: HttpRequest) -> bool:
        """Whether this person has the permission to withdraw such subjects."""
        return request.user.has_perm(f"{self.opts.app_label}.withdraw_{self.opts.model_name}")

    def has_delete_permission(self, request: HttpRequest, obj: SubjectT | None = None) -> bool:
        """No permission for what was ever published: it is withdrawn instead, with a reason."""
        if obj is not None and obj.was_published:
            return False
        return super().has_delete_permission(request, obj)
