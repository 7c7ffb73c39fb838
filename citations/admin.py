"""The library of references at the editors' desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError as PydanticError

from citations.document import to_document
from citations.models import Citation
from citations.services import GRADED_BY, tell_of_change
from remedies_site.documents import faults


class CitationForm(forms.ModelForm[Citation]):
    """Takes what the content pack takes, so that a work can always be exported."""

    def clean_title(self) -> str:
        """A title that was pasted over several lines is one line."""
        return " ".join(self.cleaned_data["title"].split())

    def _post_clean(self) -> None:
        """Faults of the document stand at their fields."""
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            to_document(self.instance)
        except PydanticError as error:
            for field, sentence in faults(error):
                name = field.partition("[")[0]
                self.add_error(name if name in self.fields else None, sentence)


@admin.register(Citation)
class CitationAdmin(admin.ModelAdmin[Citation]):
    """Find a work by anything known of it; its key is fixed once it is saved."""

    form: Any = CitationForm
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

    def save_model(self, request: HttpRequest, obj: Citation, form: Any, change: bool) -> None:
        """What grades look at may have changed: the entries that cite the work are graded again."""
        super().save_model(request, obj, form, change)
        if change and GRADED_BY & set(form.changed_data):
            tell_of_change([obj.key])

    def get_readonly_fields(
        self, request: HttpRequest, obj: Citation | None = None
    ) -> tuple[str, ...]:
        """Texts name a work by its key, so a stored key never changes."""
        return ("key",) if obj else ()
