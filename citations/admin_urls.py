"""The preview URL of django-markdownx, for staff; it has no URL for uploads."""

from django.urls import path

from citations.views import markdown_preview

urlpatterns = [
    path("markdown-preview/", markdown_preview, name="markdownx_markdownify"),
]
