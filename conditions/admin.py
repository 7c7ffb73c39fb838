"""Conditions in the admin."""

from collections.abc import Sequence
from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from conditions.document import condition_html
from conditions.models import Condition, ConditionRevision, FirstCare, RedFlag
from conditions.schema import ConditionDocument
from conditions.selectors import SORTS, TEMPLATE, page_of_condition
from publishing.admin import RevisionAdmin, StateFilter, SubjectAdmin
from publishing.editor.row_inline import RowInline
from publishing.editor.sections import FormSection
from publishing.forms import SafetyRowFormSet
from publishing.merging.admin import MergeMixin, RenameMixin
from publishing.writing.views import render_typed
from remedies_site.documents import Document


class RedFlagFormSet(SafetyRowFormSet):
    """Red flags are safety rows: the sign is their text."""

    texts = ("text",)


class RedFlagInline(RowInline[RedFlag, Condition]):
    """Signs that need a doctor."""

    model = RedFlag
    formset = RedFlagFormSet
    autocomplete_fields = ("citations",)
    fields = ("text", "citations", "checked", "position")
    summary_fields = ("text",)


class FirstCareInline(RowInline[FirstCare, Condition]):
    """What doctors usually do first."""

    model = FirstCare
    autocomplete_fields = ("citations",)
    fields = ("text", "citations", "position")
    summary_fields = ("text",)


@admin.register(Condition)
class ConditionAdmin(MergeMixin[Condition], RenameMixin[Condition], SubjectAdmin[Condition]):
    """A condition with its red flags and usual first care."""

    markdown_fields = ("overview",)
    list_display = ("name", "category", "state", "published_at", "review_due")
    list_filter = (StateFilter, "category", "review_due")
    search_fields = ("name", "aliases", "slug")
    prepopulated_fields: ClassVar[dict[str, Sequence[str]]] = {"slug": ("name",)}
    ordering = ("name",)
    sections = (
        FormSection(
            "about",
            _("The condition"),
            (("name", "slug"), "category", "one_line", "aliases", "overview"),
        ),
        FormSection("red-flags", _("Red flags: when to see a doctor"), inlines=(RedFlagInline,)),
        FormSection("first-care", _("What doctors usually do first"), inlines=(FirstCareInline,)),
        FormSection("codes", _("Codes, once checked"), (("icd10", "mesh"),)),
        FormSection(
            "dates",
            _("Dates and this change"),
            (("written_on", "review_due"), "change_note", "is_correction"),
        ),
    )

    def typed_page(self, request: HttpRequest, subject: Condition, document: Document) -> str:
        """The page of the condition, with its published entries."""
        assert isinstance(document, ConditionDocument)  # noqa: S101  (the schema of its type)
        page = page_of_condition(subject, document, condition_html(document), draft=True)
        return render_typed(request, subject, TEMPLATE, {"page": page, "sort": SORTS[0]})


@admin.register(ConditionRevision)
class ConditionRevisionAdmin(RevisionAdmin):
    """Revisions of conditions."""

    search_fields = ("condition__name", "note")
