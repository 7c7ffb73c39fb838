"""URLs below /accounts/: our own, then those of django-allauth."""

from django.urls import include, path

from accounts import views

urlpatterns = [
    path("", views.account, name="account"),
    path("name/", views.rename, name="account_rename"),
    path("colours/", views.colours, name="account_colours"),
    path("sessions/", views.sessions, name="account_sessions"),
    path("2fa/authenticate/", views.SecondStepView.as_view(), name="mfa_authenticate"),
    path("2fa/", include("allauth.mfa.urls")),
    path("login/", views.LoginView.as_view(), name="account_login"),
    path("", include("allauth.account.urls")),
]
