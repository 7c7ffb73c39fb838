"""URLs below /api/."""

from django.urls import path

from api import views

urlpatterns = [
    path("", views.api_page, name="api_page"),
    path("v1/", views.api_index, name="api_index"),
    path("v1/<path:path>", views.api_v1, name="api_v1"),
]
