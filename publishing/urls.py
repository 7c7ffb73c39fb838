"""URLs of the people who review pages."""

from django.urls import path

from publishing.reviewers import views

urlpatterns = [
    path("about/reviewers/", views.reviewers, name="reviewers"),
    path("about/reviewers/<slug:slug>/", views.reviewer, name="reviewer"),
]
