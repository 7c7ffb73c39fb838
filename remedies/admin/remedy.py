"""A remedy with the rows that are true of it for every use."""

from collections.abc import Sequence
from typing import ClassVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError as PydanticError

from publishing.admin import StateFilter, SubjectAdmin
from publishing.forms import SafetyRowFormSet
from publishing.merging.admin import RenameMixin
from publishing.models import Revision, Subject
from publishing.review.admin import ReviewedForm, ReviewedRowAdmin
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
from remedies.schema import REMEDY_TEXTS
from remedies_site.documents import validation_errors


class InteractionFormSet(SafetyRowFormSet[Interaction, Remedy]):
    """Interactions are safety rows."""

    texts = ("substance", "effect", "advice")


class PrecautionFormSet(SafetyRowFormSet[Precaution, Subject[Revision]]):
    """Precautions are safety rows."""

    texts = ("who", "text")


_PRECAUTION_FIELDS = (
    ("position", "kind", "severity", "checked"),
    "who",
    "text",
    "citations",
    "applies_to",
)


class PrecautionInline(admin.StackedInline[Precaution, Subject[Revision]]):
    """Warnings, of a remedy or of an entry."""

    model = Precaution
    formset = PrecautionFormSet
    extra = 0
    autocomplete_fields: ClassVar[tuple[str, ...]] = ("citations", "applies_to")
    fields: ClassVar[tuple[str | tuple[str, ...], ...]] = _PRECAUTION_FIELDS


class RemedyPrecautionInline(PrecautionInline):
    """Warnings true for every use; some matter most for certain conditions."""

    autocomplete_fields = ("citations", "applies_to", "matters_for")
    fields = (*_PRECAUTION_FIELDS, "matters_for")


class IntakeLimitInline(admin.StackedInline[IntakeLimit, Remedy]):
    """Recommended and highest intakes."""

    model = IntakeLimit
    extra = 0
    autocomplete_fields = ("citations",)
    fields = (
        ("position", "kind"),
        ("authority", "population", "adults"),
        ("amount", "unit", "basis"),
        "counts",
        "harm_below",
        "citations",
    )


class InteractionInline(admin.StackedInline[Interaction, Remedy]):
    """Other medicines and substances."""

    model = Interaction
    formset = InteractionFormSet
    extra = 0
    autocomplete_fields = ("citations", "applies_to")
    fields = (
        ("position", "substance"),
        ("severity", "action", "checked"),
        "effect",
        "advice",
        "citations",
        "applies_to",
    )


class IntakeGapInline(admin.TabularInline[IntakeGap, Remedy]):
    """Hours between an interacting medicine and the remedy."""

    model = IntakeGap
    extra = 0
    autocomplete_fields = ("citations",)
    fields = ("position", "substance", "authority", "before", "after", "citations")


class ProductInline(admin.TabularInline[Product, Remedy]):
    """Product links with what ties us to them."""

    model = Product
    extra = 0
    fields = ("position", "name", "url", "disclosure")
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
    inlines = (
        IntakeLimitInline,
        InteractionInline,
        IntakeGapInline,
        PrecautionInline,
        ProductInline,
    )
    list_display = ("name", "kind", "state", "published_at", "review_due")
    list_filter = (StateFilter, "kind", "review_due")
    search_fields = ("name", "aliases", "slug")
    prepopulated_fields: ClassVar[dict[str, Sequence[str]]] = {"slug": ("name",)}
    ordering = ("name",)
    fieldsets = (
        (None, {"fields": ("name", "slug", "kind", "aliases", "one_line")}),
        (_("In general"), {"fields": REMEDY_TEXTS}),
        (
            _("Dates and this change"),
            {"fields": (("written_on", "review_due"), "change_note", "is_correction")},
        ),
    )
