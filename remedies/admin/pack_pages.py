"""Where uploaded packs and tables stand in the admin."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from remedies.content import views

View = Callable[..., HttpResponseBase]


def pack_urls(site: AdminSite, opts: Any) -> list[URLPattern]:
    """The URL patterns, to stand beside those of entries."""

    def in_admin(view: View) -> View:
        def with_context(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            return view(request, {**site.each_context(request), "opts": opts}, **kwargs)

        with_context.__dict__.update(view.__dict__)  # what it takes of files
        wrapped: View = site.admin_view(with_context)
        return wrapped

    return [
        path("packs/", in_admin(views.packs), name="remedies_packs"),
        path("packs/<int:pk>/", in_admin(views.uploaded_pack), name="remedies_pack"),
        path("tables/<slug:sheet>.csv", in_admin(views.sheet), name="remedies_sheet"),
    ]
