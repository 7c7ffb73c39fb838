"""Safety notices in the admin: the list, and pages to set, confirm and lift one."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.decorators import current_member
from publishing.banners.forms import BannerForm, LiftForm
from publishing.banners.services import (
    SET,
    confirm_banner,
    confirmation_error,
    lift_banner,
    set_banner,
    standing_banner,
)
from publishing.models import Revision, SafetyBanner, Subject
from publishing.selectors import subject_by_label
from remedies_site.admin_lists import BoundedListAdmin
from remedies_site.editing.form_page import form_page
from remedies_site.editing.read_only import ReadOnlyAdmin, admin_url
from remedies_site.exceptions import InvalidInput, NotPermitted
from remedies_site.kept_text import keeps_text


class BannerStateFilter(admin.SimpleListFilter):
    """Standing, waiting for a second person, lifted."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The three."""
        return [
            ("standing", _("readers see it")),
            ("unconfirmed", _("not yet looked at by a second person")),
            ("lifted", _("lifted")),
        ]

    def queryset(
        self, request: HttpRequest, queryset: models.QuerySet[SafetyBanner]
    ) -> models.QuerySet[SafetyBanner]:
        """Those in the chosen state."""
        states = {
            "standing": {"lifted_at__isnull": True},
            "unconfirmed": {"lifted_at__isnull": True, "confirmed_at__isnull": True},
            "lifted": {"lifted_at__isnull": False},
        }
        return queryset.filter(**states.get(self.value() or "", {}))


@admin.register(SafetyBanner)
class SafetyBannerAdmin(ReadOnlyAdmin[SafetyBanner], BoundedListAdmin[SafetyBanner]):
    """Urgent warnings: set alone and at once, looked at by a second person, lifted with a reason."""

    change_form_template = "admin/safety_banner.html"
    change_list_template = "admin/safety_banner_list.html"
    list_display = ("__str__", "text", "state", "set_by", "set_at")
    list_filter = (BannerStateFilter, "set_at")
    list_select_related = ("set_by",)
    search_fields = ("subject_name", "text", "lifted_reason")
    fields: ClassVar = (
        ("subject_name", "whole_site"),
        "text",
        "work",
        ("set_by", "set_at"),
        ("confirmed_by", "confirmed_at"),
        ("lifted_by", "lifted_at"),
        "lifted_reason",
    )

    @admin.display(description=gettext_lazy("state"))
    def state(self, banner: SafetyBanner) -> str:
        """What readers see of it, and whether a second person looked at it."""
        if not banner.is_active:
            return _("lifted")
        if banner.confirmed_at is None:
            return _("readers see it; not yet looked at by a second person")
        return _("readers see it")

    def get_urls(self) -> list[URLPattern]:
        """Add the pages that set, confirm and lift a notice."""
        name = "publishing_safetybanner"
        wrap = self.admin_site.admin_view
        return [
            path("set/", wrap(self.set_on_site_view), name=f"{name}_set_on_site"),
            path("set/<str:label>/<int:pk>/", wrap(self.set_view), name=f"{name}_set"),
            path("<path:object_id>/lift/", wrap(self.lift_view), name=f"{name}_lift"),
            path("<path:object_id>/confirm/", wrap(self.confirm_view), name=f"{name}_confirm"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Add whether this person may set one."""
        context = {"may_set": request.user.has_perm(SET)}
        return super().changelist_view(request, context | (extra_context or {}))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Add what this person may do about it."""
        context: dict[str, Any] = {}
        banner = self.get_object(request, unquote(object_id))
        if banner is not None and banner.is_active:
            context["may_lift"] = request.user.has_perm(SET)
            if banner.confirmed_at is None:
                context["waits"] = True
                context["confirmation_error"] = confirmation_error(banner, current_member(request))
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    @keeps_text()
    def set_on_site_view(self, request: HttpRequest) -> HttpResponse:
        """Set a notice on the whole site."""
        return self._set_page(request, None)

    @keeps_text()
    def set_view(self, request: HttpRequest, label: str, pk: int) -> HttpResponse:
        """Set a notice on a subject, named by the label of its model. Raises Http404."""
        subject = subject_by_label(label, pk)
        if subject is None:
            raise Http404
        return self._set_page(request, subject)

    def _set_page(self, request: HttpRequest, subject: Subject[Revision] | None) -> HttpResponse:
        if not request.user.has_perm(SET):
            raise PermissionDenied
        standing = standing_banner(subject)
        data = request.POST if request.method == "POST" else None

        def act(values: dict[str, Any]) -> str:
            set_banner(subject, by=current_member(request), **values)
            return _("Set: readers see it now. A second person should look at it.")

        return form_page(
            self,
            request,
            BannerForm(data, standing=standing),
            act,
            title=_("Safety notice: %(subject)s") % {"subject": subject or _("the whole site")},
            intro=_(
                "Readers see it at once, above everything else: on the page, on every page that it is "
                "a part of, in lists, on paper. It stands until somebody lifts it with a reason."
            ),
            button=_("Show it to readers now"),
            done_url=admin_url(SafetyBanner, "changelist"),
        )

    @keeps_text()
    def lift_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lift a notice with the reason. Raises Http404."""
        banner = self._banner(request, object_id)
        if not request.user.has_perm(SET):
            raise PermissionDenied

        def act(values: dict[str, Any]) -> str:
            lift_banner(banner, by=current_member(request), reason=values["reason"])
            return _("Lifted: readers do not see it any more.")

        return form_page(
            self,
            request,
            LiftForm(request.POST if request.method == "POST" else None),
            act,
            title=_("Lift the safety notice: %(subject)s") % {"subject": banner},
            intro=banner.text,
            button=_("Lift it"),
            done_url=admin_url(SafetyBanner, "change", banner.pk),
        )

    def confirm_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Record that this person looked at it; 405 unless posted. Raises Http404."""
        banner = self._banner(request, object_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            confirm_banner(banner, by=current_member(request))
        except NotPermitted as error:
            raise PermissionDenied(str(error)) from error
        except InvalidInput as error:
            self.message_user(request, str(error), messages.ERROR)
        else:
            self.message_user(request, _("Noted: you looked at it."), messages.SUCCESS)
        return HttpResponseRedirect(admin_url(SafetyBanner, "change", banner.pk))

    def _banner(self, request: HttpRequest, object_id: str) -> SafetyBanner:
        if not self.has_view_permission(request):
            raise PermissionDenied
        banner = self.get_object(request, unquote(object_id))
        if banner is None:
            raise Http404
        return banner
