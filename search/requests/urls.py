"""URLs below /requests/."""

from django.urls import path

from search.requests import views

urlpatterns = [
    path("", views.requests, name="requests"),
    path("ask/", views.ask, name="ask"),
]
