"""The library of references at the editors' desk."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_protect

from citations.forms import CitationForm
from citations.importing.forms import MAX_FILE_BYTES
from citations.importing.views import import_references
from citations.models import Citation
from remedies_site.admin_lists import BoundedListAdmin
from remedies_site.errors import too_large
from remedies_site.uploads import accepts_files, receive_files


class CitationAdmin(BoundedListAdmin[Citation]):
    """Find a work by anything known of it; its key is fixed once it is saved.

    `publishing.review.admin` registers it with the review that works of published pages need.
    """

    form: Any = CitationForm
    list_display = ("key", "title", "year", "study_type", "retracted_on")
    list_filter = (
        "study_type",
        ("retracted_on", admin.EmptyFieldListFilter),
        ("link_check__broken_since", admin.EmptyFieldListFilter),
        "year",
    )
    search_fields = ("key", "title", "authors", "doi", "pmid", "pmcid", "nct")
    search_help_text = _("Key, title, author, DOI, PMID, PMCID or registry number")
    list_per_page = 50
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("key", "title", "authors", "container", "publisher", "year")}),
        (
            _("Where it is"),
            {
                "fields": (("doi", "pmid"), ("pmcid", "nct"), "url", "accessed_on"),
                "description": _("At least one of these is needed."),
            },
        ),
        (
            _("What it is"),
            {
                "fields": (
                    ("study_type", "sample_size"),
                    ("registry_status", "completion_due"),
                    "funding",
                    "retracted_on",
                )
            },
        ),
    )
    formfield_overrides = {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 3})},
        models.URLField: {"assume_scheme": "https"},
    }

    change_list_template = "admin/citation_change_list.html"

    def get_urls(self) -> list[URLPattern]:
        """Importing stands beside the works."""
        view = self.admin_site.admin_view(self.import_view)
        return [path("import/", view, name="citations_import"), *super().get_urls()]

    @accepts_files(MAX_FILE_BYTES + 1_000_000)
    def import_view(self, request: HttpRequest) -> HttpResponseBase:
        """Add works from other programs. The body is read only where the person may add works."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        receive_files(request)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import references"),
            "opts": self.opts,
        }
        try:
            return csrf_protect(import_references)(request, context)
        except RequestDataTooBig:  # pasted text is held in memory; only files may be that long
            return too_large(request)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Citation | None = None
    ) -> tuple[str, ...]:
        """Texts name a work by its key, so a stored key never changes."""
        return ("key",) if obj else ()
