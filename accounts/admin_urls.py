"""URLs below /admin/ that come before those of the admin."""

from django.urls import path

from accounts.views import StaffLoginView

urlpatterns = [path("login/", StaffLoginView.as_view(), name="staff_login")]
