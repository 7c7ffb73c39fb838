"""The library of references at the editors' desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError as PydanticError

from citations.document import to_document
from citations.importing import READERS, guess
from citations.importing.lookup import LookupFailed, look_up
from citations.models import Citation
from citations.services import GRADED_BY, import_works, send_library_changed
from remedies_site.documents import validation_errors


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
            for field, sentence in validation_errors(error):
                name = field.partition("[")[0]
                self.add_error(name if name in self.fields else None, sentence)


class ImportForm(forms.Form):
    """Records of other programs, or numbers to look up."""

    records = forms.CharField(
        label=_("Records"),
        required=False,
        max_length=1_000_000,
        widget=forms.Textarea(attrs={"rows": 14, "cols": 100}),
        help_text=_("RIS, BibTeX or NBIB (PubMed), as other programs save them."),
    )
    number = forms.CharField(
        label=_("Or a DOI or PMID"),
        required=False,
        max_length=200,
        help_text=_("Looked up at Crossref or PubMed."),
    )

    def clean(self) -> dict[str, Any]:
        """Read the records or look the number up; what was found is in `works`."""
        cleaned = super().clean() or self.cleaned_data
        records, number = cleaned.get("records", ""), cleaned.get("number", "")
        if bool(records.strip()) == bool(number.strip()):
            raise forms.ValidationError(_("Give either records or one number."))
        if number.strip():
            try:
                cleaned["works"] = [look_up(number)]
            except LookupFailed as failed:
                self.add_error("number", str(failed))
            return cleaned
        kind = guess(records)
        if not kind:
            self.add_error("records", _("This is neither RIS, BibTeX nor NBIB."))
        else:
            cleaned["works"] = READERS[kind](records)
        return cleaned


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

    change_list_template = "admin/citation_change_list.html"

    def get_urls(self) -> list[URLPattern]:
        """Importing stands beside the works."""
        view = self.admin_site.admin_view(self.import_view)
        return [path("import/", view, name="citations_import"), *super().get_urls()]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Add works from other programs; what is broken is named and nothing typed is lost."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ImportForm(request.POST) if request.method == "POST" else ImportForm()
        result = None
        if request.method == "POST" and form.is_valid():
            result = import_works(form.cleaned_data["works"])
            if result.added and not result.broken:
                form = ImportForm()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import references"),
            "opts": self.opts,
            "form": form,
            "result": result,
            "works": Citation.objects.filter(key__in=result.added) if result else [],
        }
        status = 400 if form.errors else 200
        return TemplateResponse(request, "admin/import_references.html", context, status=status)

    def save_model(self, request: HttpRequest, obj: Citation, form: Any, change: bool) -> None:
        """What grades look at may have changed: the entries that cite the work are graded again."""
        super().save_model(request, obj, form, change)
        if change and GRADED_BY & set(form.changed_data):
            send_library_changed([obj.key])

    def get_readonly_fields(
        self, request: HttpRequest, obj: Citation | None = None
    ) -> tuple[str, ...]:
        """Texts name a work by its key, so a stored key never changes."""
        return ("key",) if obj else ()
