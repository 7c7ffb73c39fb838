"""The one address that django-markdownx needs of us: its preview, for staff. None for uploads."""

from django.urls import path

from citations.views import markdown_preview

urlpatterns = [
    path("markdown-preview/", markdown_preview, name="markdownx_markdownify"),
]
