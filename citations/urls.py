"""URLs below /references/."""

from django.urls import path

from citations import views

urlpatterns = [path("<mark_key:key>/", views.reference, name="reference")]
