"""The library of references at the editors' desk."""

import json
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_protect

from citations.forms import CitationForm
from citations.importing.forms import MAX_FILE_BYTES
from citations.importing.prefill import Prefill, prefill
from citations.importing.views import import_references
from citations.models import Citation
from remedies_site.admin_lists import BoundedListAdmin
from remedies_site.editing.read_only import admin_url
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
    autocomplete_columns = ("study_type",)
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

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """An empty form, or one filled in by the number of a work; a work that is here is shown instead."""
        number = request.GET.get("number", "").strip()
        filled = Prefill()
        if request.method == "GET" and number and self.has_add_permission(request):
            filled = prefill(number)
        if filled.known is not None:
            return self._known_work(request, filled.known)
        for message in filled.messages:
            self.message_user(request, message, messages.WARNING)
        request.__dict__["prefilled"] = filled.initial
        context = {"takes_number": True, "number": number, **(extra_context or {})}
        return super().add_view(request, form_url, context)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What a register said of the work, in place of the words of the query."""
        prefilled: dict[str, Any] = request.__dict__.get("prefilled", {})
        return prefilled or super().get_changeform_initial_data(request)

    def _known_work(self, request: HttpRequest, work: Citation) -> HttpResponse:
        """Choose a work of the library where the form was opened from a field, else show it."""
        if "_popup" in request.GET:
            data = json.dumps({"value": str(work.pk), "obj": str(work)})
            context = {"popup_response_data": data}
            return TemplateResponse(request, "admin/popup_response.html", context)
        message = _("The library has this work already: %(key)s.") % {"key": work.key}
        self.message_user(request, message)
        return HttpResponseRedirect(admin_url(work, "change", work.pk))

    def get_readonly_fields(
        self, request: HttpRequest, obj: Citation | None = None
    ) -> tuple[str, ...]:
        """Texts name a work by its key, so a stored key never changes."""
        return ("key",) if obj else ()
