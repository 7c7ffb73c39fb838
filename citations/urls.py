"""URLs below /references/."""

from django.urls import path

from citations import views

urlpatterns = [path("<path:key>/", views.reference, name="reference")]
