"""The library in the admin: where a work is cited, on its form and in the list, and keys for who types."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from citations.models import Citation
from publishing.models import Revision, Subject
from publishing.writing.where_cited import (
    drafts_citing,
    matching_works,
    pages_citing,
    published_citing,
)
from remedies_site.editing.read_only import admin_url

_LONGEST_QUERY = 100


class CitingPagesAdmin(admin.ModelAdmin[Citation]):
    """Works with the pages and drafts that cite them."""

    def get_urls(self) -> list[URLPattern]:
        """Add the keys that a script offers while somebody types."""
        view = self.admin_site.admin_view(self.keys_view)
        return [path("keys/", view, name="citations_citation_keys"), *super().get_urls()]

    def keys_view(self, request: HttpRequest) -> HttpResponse:
        """JSON: at most ten works whose key, authors, title or year match `q`."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method != "GET":
            return HttpResponseNotAllowed(["GET"])
        works = matching_works(request.GET.get("q", "")[:_LONGEST_QUERY])
        answer = [
            {"key": work.key, "title": work.title, "used": format_pages(work.pages)}
            for work in works
        ]
        return JsonResponse({"works": answer})

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """With the number of pages that cite each work."""
        return [*super().get_list_display(request), "citing_pages"]

    @admin.display(description=gettext_lazy("Cited on"))
    def citing_pages(self, work: Citation) -> str:
        """“3 pages”; nothing where no published page cites it."""
        pages: int = vars(work).get("pages_citing", 0)
        return format_pages(pages) if pages else ""

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """Count the pages that cite the works of this page of the list, in one query."""
        listed = super().get_changelist_instance(request)
        works = list(listed.result_list)
        pages = pages_citing([work.key for work in works])
        for work in works:
            vars(work)["pages_citing"] = pages.get(work.key, 0)
        listed.result_list = works
        return listed

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Add the pages and drafts that cite the work, with their forms."""
        work = self.get_object(request, unquote(object_id))
        context: dict[str, Any] = {}
        if work is not None and self.has_view_permission(request, work):
            context["published_citing"] = _with_forms(published_citing(work.key))
            context["drafts_citing"] = _with_forms(drafts_citing(work.key))
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))


def format_pages(number: int) -> str:
    """“on 3 pages”, or that no page uses it."""
    if not number:
        return _("on no page")
    return ngettext("on %(count)s page", "on %(count)s pages", number) % {"count": number}


def _with_forms(subjects: list[Subject[Revision]]) -> list[tuple[Subject[Revision], str]]:
    """Each subject with the URL of its form."""
    return [(subject, admin_url(subject, "change", subject.pk)) for subject in subjects]
