"""A remedy with the rows that are true of it for every use."""

from collections.abc import Sequence
from typing import ClassVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError as PydanticError

from publishing.admin import StateFilter, SubjectAdmin
from publishing.editor.row_inline import RowInline
from publishing.editor.sections import FormSection
from publishing.forms import SafetyRowFormSet
from publishing.merging.admin import RenameMixin
from publishing.models import Revision, Subject
from publishing.review.admin import ReviewedForm, ReviewedRowAdmin
from publishing.writing.views import render_typed
from remedies.document import ordered_circumstance
from remedies.models import (
    Circumstance,
    IntakeGap,
    IntakeLimit,
    Interaction,
    Precaution,
    Product,
    Remedy,
)
from remedies.pages.typed import REMEDY_TEMPLATE, typed_remedy_page
from remedies.schema import REMEDY_TEXTS, RemedyDocument
from remedies_site.documents import Document, validation_errors


class InteractionFormSet(SafetyRowFormSet):
    """Interactions are safety rows."""

    texts = ("substance", "effect", "advice")


class PrecautionFormSet(SafetyRowFormSet):
    """Precautions are safety rows."""

    texts = ("who", "text")


_PRECAUTION_FIELDS = (
    ("kind", "severity", "checked"),
    "who",
    "text",
    ("citations", "applies_to"),
    "position",
)


class PrecautionInline(RowInline[Precaution, Subject[Revision]]):
    """Warnings, of a remedy or of an entry."""

    model = Precaution
    formset = PrecautionFormSet
    autocomplete_fields: ClassVar[tuple[str, ...]] = ("citations", "applies_to")
    summary_fields = ("who", "text", "severity", "kind")
    fields: ClassVar[tuple[str | tuple[str, ...], ...]] = _PRECAUTION_FIELDS


class RemedyPrecautionInline(PrecautionInline):
    """Warnings true for every use; some matter most for certain conditions."""

    autocomplete_fields = ("citations", "applies_to", "matters_for")
    fields = (*_PRECAUTION_FIELDS, "matters_for")


class IntakeLimitInline(RowInline[IntakeLimit, Remedy]):
    """Recommended and highest intakes."""

    model = IntakeLimit
    autocomplete_fields = ("citations",)
    fields = (
        ("kind", "authority"),
        ("amount", "unit", "basis"),
        ("population", "adults"),
        "counts",
        "harm_below",
        "citations",
        "position",
    )
    summary_fields = ("authority", "kind", "population", "amount", "unit")


class InteractionInline(RowInline[Interaction, Remedy]):
    """Other medicines and substances."""

    model = Interaction
    formset = InteractionFormSet
    autocomplete_fields = ("citations", "applies_to")
    fields = (
        "substance",
        ("severity", "action", "checked"),
        "effect",
        "advice",
        ("citations", "applies_to"),
        "position",
    )
    summary_fields = ("substance", "severity", "action")


class IntakeGapInline(RowInline[IntakeGap, Remedy]):
    """Hours between an interacting medicine and the remedy."""

    model = IntakeGap
    autocomplete_fields = ("citations",)
    fields = (("substance", "authority"), ("before", "after"), "citations", "position")
    summary_fields = ("substance", "authority")


class ProductInline(RowInline[Product, Remedy]):
    """Product links with what ties us to them."""

    model = Product
    fields = ("name", "url", "disclosure", "position")
    summary_fields = ("name", "disclosure")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}


class CircumstanceForm(ReviewedForm[Circumstance]):
    """Takes what the content pack takes."""

    def clean_members(self) -> str:
        """One name a line, as the form's validator checked it, without blanks around."""
        lines = (" ".join(line.split()) for line in self.cleaned_data["members"].splitlines())
        return "\n".join(lines)

    def _post_clean(self) -> None:
        """Errors of the document stand at their fields."""
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            ordered_circumstance(self.instance)
        except PydanticError as error:
            for field, message in validation_errors(error):
                name = field.partition("[")[0]
                self.add_error(name if name in self.fields else None, message)


@admin.register(Circumstance)
class CircumstanceAdmin(ReviewedRowAdmin[Circumstance]):
    """What the private check can find. A slug is chosen once, since published pages name it."""

    form = CircumstanceForm
    list_display = ("name", "kind", "slug", "position")
    list_filter = ("kind",)
    search_fields = ("name", "slug", "members")
    fields = ("name", "slug", "kind", "members", "position", "change_note")
    ordering = ("position", "slug")

    def has_delete_permission(self, request: HttpRequest, obj: Circumstance | None = None) -> bool:
        """None: published pages name its slug."""
        return False

    def get_readonly_fields(
        self, request: HttpRequest, obj: Circumstance | None = None
    ) -> tuple[str, ...]:
        """The slug, once it was chosen."""
        return ("slug",) if obj else ()


@admin.register(Remedy)
class RemedyAdmin(RenameMixin[Remedy], SubjectAdmin[Remedy]):
    """A remedy with its limits, interactions and warnings."""

    markdown_fields = REMEDY_TEXTS
    list_display = ("name", "kind", "state", "published_at", "review_due")
    list_filter = (StateFilter, "kind", "review_due")
    search_fields = ("name", "aliases", "slug")
    autocomplete_columns = ("kind",)
    prepopulated_fields: ClassVar[dict[str, Sequence[str]]] = {"slug": ("name",)}
    ordering = ("name",)
    sections = (
        FormSection("about", _("The remedy"), (("name", "slug"), "kind", "one_line", "aliases")),
        FormSection("warnings", _("Warnings for every use"), inlines=(RemedyPrecautionInline,)),
        FormSection(
            "interactions",
            _("Interactions, and hours between"),
            inlines=(InteractionInline, IntakeGapInline),
        ),
        FormSection("limits", _("Intake limits"), inlines=(IntakeLimitInline,)),
        FormSection("general", _("In general"), REMEDY_TEXTS),
        FormSection("products", _("Products"), inlines=(ProductInline,)),
        FormSection(
            "dates",
            _("Dates and this change"),
            (("written_on", "review_due"), "change_note", "is_correction"),
        ),
    )

    def typed_page(self, request: HttpRequest, subject: Remedy, document: Document) -> str:
        """The overview of the remedy, with its published entries."""
        assert isinstance(document, RemedyDocument)  # noqa: S101  (the schema of its type)
        context = {"page": typed_remedy_page(subject, document), "sort": "evidence"}
        return render_typed(request, subject, REMEDY_TEMPLATE, context)
