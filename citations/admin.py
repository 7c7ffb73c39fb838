"""The library of references at the editors' desk."""

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from citations.models import Citation


@admin.register(Citation)
class CitationAdmin(admin.ModelAdmin[Citation]):
    """Find a work by anything known of it; its key is fixed once it is saved."""

    list_display = ("key", "title", "year", "study_type", "retracted_on")
    list_filter = ("study_type", ("retracted_on", admin.EmptyFieldListFilter), "year")
    search_fields = ("key", "title", "authors", "doi", "pmid", "pmcid", "nct")
    search_help_text = _("Key, title, author, DOI, PMID, PMCID or registry number")
    list_per_page = 50
    fieldsets = (
        (None, {"fields": ("key", "title", "authors", "container", "publisher", "year")}),
        (
            _("Where it is"),
            {
                "fields": (("doi", "pmid"), ("pmcid", "nct"), "url", "accessed_on"),
                "description": _("At least one of these is needed."),
            },
        ),
        (_("What it is"), {"fields": ("study_type", "sample_size", "funding", "retracted_on")}),
    )
    formfield_overrides = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 3})}}

    def get_readonly_fields(
        self, request: HttpRequest, obj: Citation | None = None
    ) -> tuple[str, ...]:
        """Texts name a work by its key, so a stored key never changes."""
        return ("key",) if obj else ()
