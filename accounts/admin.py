"""People in the admin, for superusers only."""

from typing import Any

import allauth.mfa.admin  # noqa: F401 - registers its page before this module takes it away
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.events import log_event
from accounts.models import User
from accounts.services import keep_former_name

PERMISSION_FIELDS = {"is_active", "is_staff", "is_superuser", "groups", "user_permissions"}


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
class UserAdmin(DjangoUserAdmin[User]):
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
            )

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """People are deactivated, not deleted: their votes are part of the counters."""
        return False
