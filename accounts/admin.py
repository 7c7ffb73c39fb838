"""People in the admin, for superusers only."""

from typing import Any

import allauth.mfa.admin  # noqa: F401 - registers its page before this module takes it away
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.events import log_event
from accounts.models import User
from accounts.services import keep_former_name
from remedies_site.admin_lists import BoundedListAdmin

PERMISSION_FIELDS = {
    *("is_active", "is_staff", "is_superuser", "groups", "user_permissions"),
    *("public_role", "credential_checked_on", "credential_register"),
}
"""What gives authority; a change of it is an event, which names the fields alone."""


class NewUserForm(AdminUserCreationForm[User]):
    """The form of a new person."""

    class Meta:
        model = User
        fields = ("name", "email")


class ChangeUserForm(UserChangeForm[User]):
    """The form of an existing person; the password has a form of its own."""

    class Meta:
        model = User
        fields = "__all__"


# Secrets are no rows to look at, and a factor that somebody else adds is a door: see
# `manage.py reset_second_factor`.
admin.site.unregister(Authenticator)


@admin.register(User)
class UserAdmin(DjangoUserAdmin[User], BoundedListAdmin[User]):
    """Names, e-mail addresses, roles."""

    form = ChangeUserForm
    add_form = NewUserForm
    list_display = ("name", "email", "is_staff", "is_active", "joined_at")
    list_filter = ("is_staff", "is_superuser", "is_active", "groups")
    search_fields = ("name", "email")
    ordering = ("name",)
    fieldsets = (
        (None, {"fields": ("name", "email", "password")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (
            _("What readers see beside the name"),
            {"fields": ("public_role", "credential_checked_on", "credential_register")},
        ),
        (_("Dates"), {"fields": ("joined_at", "last_login", "consented_at")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("name", "email", "usable_password", "password1", "password2"),
            },
        ),
    )
    readonly_fields = ("joined_at", "last_login", "consented_at")
    filter_horizontal = ("groups",)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """As Django does; a name that is changed here is kept back too."""
        obj.is_name_older = obj.is_name_older and "name" not in form.changed_data
        super().save_model(request, obj, form, change)
        if change and "name" in form.changed_data:
            keep_former_name(obj, form.initial["name"])

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """As Django does; a change of permissions is an event with the person who made it."""
        super().save_related(request, form, formsets, change)
        changed = PERMISSION_FIELDS & set(form.changed_data)
        if changed or not change:
            log_event(
                "permissions_changed",
                actor=request.user.pk,
                person=form.instance.pk,
                fields=",".join(sorted(changed)) or "new",
                **form.instance.rights(),
            )

    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        """As Django does; a password that one person sets for another is an event."""
        response = super().user_change_password(request, id, form_url)
        if response.status_code == 302:
            log_event("password_set", actor=request.user.pk, person=id)
        return response

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """People are deactivated, not deleted: their votes are part of the counters."""
        return False


admin.site.unregister(Group)


@admin.register(Group)
class LoggedGroupAdmin(GroupAdmin):
    """Roles with their permissions; each change is an event."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """As Django does."""
        super().save_related(request, form, formsets, change)
        if "permissions" in form.changed_data or not change:
            self._log(request, form.instance)

    def delete_model(self, request: HttpRequest, obj: Group) -> None:
        """As Django does; its members lose what it gave."""
        self._log(request, obj, deleted=1)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Group]) -> None:
        """The same for several."""
        for group in queryset:
            self._log(request, group, deleted=1)
        super().delete_queryset(request, queryset)

    def _log(self, request: HttpRequest, group: Group, **facts: int) -> None:
        count = group.permissions.count()
        log_event(
            "permissions_changed", actor=request.user.pk, group=group.pk, permissions=count, **facts
        )
