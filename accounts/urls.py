"""URLs below /accounts/: our own, then those of django-allauth."""

from django.urls import include, path

from accounts import views
from accounts.notifications import views as notification_views
from accounts.passkeys import views as passkey_views
from accounts.privacy import views as privacy_views

urlpatterns = [
    path("", views.account, name="account"),
    path("name/", views.rename, name="account_rename"),
    path("colours/", views.colours, name="account_colours"),
    path("profile/", views.profile, name="account_profile"),
    path("sessions/", views.sessions, name="account_sessions"),
    path("data/", privacy_views.own_data, name="account_data"),
    path("data/export/", privacy_views.export, name="account_export"),
    path("consent/", privacy_views.consent, name="account_consent"),
    path("delete/", privacy_views.delete, name="account_delete"),
    path("delete/planned/", privacy_views.deletion_planned, name="account_deletion_planned"),
    path("delete/undo/", privacy_views.undo_deletion, name="account_undo_deletion"),
    path("notifications/", notification_views.inbox, name="notifications"),
    path("notifications/read/", notification_views.read_all, name="notifications_read"),
    path("notifications/mails/", notification_views.mail_settings, name="notification_settings"),
    path("notifications/<number:pk>/", notification_views.follow_link, name="notification"),
    path(
        "notifications/unsubscribe/<str:token>/",
        notification_views.unsubscribe,
        name="notifications_unsubscribe",
    ),
    path("2fa/webauthn/add/", passkey_views.AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path(
        "2fa/webauthn/reauthenticate/",
        passkey_views.ConfirmByPasskeyView.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "2fa/webauthn/keys/<int:pk>/edit/",
        passkey_views.RenamePasskeyView.as_view(),
        name="mfa_edit_webauthn",
    ),
    path("2fa/authenticate/", views.SecondStepView.as_view(), name="mfa_authenticate"),
    path("2fa/", include("allauth.mfa.urls")),
    # Also where passkeys are not offered: those of an address that the site had before can be removed.
    path("2fa/webauthn/", include("allauth.mfa.webauthn.urls")),
    path("login/", views.LoginView.as_view(), name="account_login"),
    path("", include("allauth.account.urls")),
]
