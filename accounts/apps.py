from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People"

    def ready(self) -> None:
        from allauth.account.signals import password_changed, password_reset, password_set
        from django.contrib.auth.signals import user_logged_in, user_logged_out

        from accounts import events, second_factor
        from accounts.admin_panels import PANELS
        from accounts.middleware import (
            note_login,
            note_logout,
            note_password,
            note_password_change,
        )
        from accounts.privacy.signals import contributions_withdrawn
        from accounts.roles import refresh_roles
        from remedies_site.editing.front_page import register_panels

        user_logged_in.connect(note_login, dispatch_uid="accounts.note_login")
        user_logged_out.connect(note_logout, dispatch_uid="accounts.note_logout")
        password_changed.connect(note_password_change, dispatch_uid="accounts.note_password_change")
        for signal in (password_changed, password_reset, password_set):
            signal.connect(note_password, dispatch_uid="accounts.note_password")
        register_panels(*PANELS)
        events.connect()
        second_factor.connect()
        post_migrate.connect(refresh_roles, dispatch_uid="accounts.refresh_roles")
        contributions_withdrawn.connect(
            _forget_notifications, dispatch_uid="accounts.forget_notifications"
        )


def _forget_notifications(user: Any, **_signal: object) -> None:
    from accounts.notifications.services import forget_notifications

    forget_notifications(user)
