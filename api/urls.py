"""URLs below /api/."""

from django.urls import path, re_path

from api import views

urlpatterns = [
    path("", views.api_page, name="api_page"),
    path("v1/", views.api_index, name="api_index"),
    re_path(r"^v1/(?P<path>(?s:.+))\Z", views.api_v1, name="api_v1"),  # line ends, too
]
