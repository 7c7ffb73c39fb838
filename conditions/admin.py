"""Conditions in the admin."""

from collections.abc import Sequence
from typing import ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from conditions.models import Condition, ConditionRevision, FirstCare, RedFlag
from publishing.admin import RevisionAdmin, StateFilter, SubjectAdmin
from publishing.forms import SafetyRowFormSet
from publishing.merging.admin import MergeMixin, RenameMixin


class RedFlagFormSet(SafetyRowFormSet[RedFlag, Condition]):
    """Red flags are safety rows: the sign is their text."""

    texts = ("text",)


class RedFlagInline(admin.TabularInline[RedFlag, Condition]):
    """Signs that need a doctor."""

    model = RedFlag
    formset = RedFlagFormSet
    extra = 0
    autocomplete_fields = ("citations",)
    fields = ("position", "text", "citations", "checked")


class FirstCareInline(admin.TabularInline[FirstCare, Condition]):
    """What doctors usually do first."""

    model = FirstCare
    extra = 0
    autocomplete_fields = ("citations",)
    fields = ("position", "text", "citations")


@admin.register(Condition)
class ConditionAdmin(MergeMixin[Condition], RenameMixin[Condition], SubjectAdmin[Condition]):
    """A condition with its red flags and usual first care."""

    markdown_fields = ("overview",)
    inlines = (RedFlagInline, FirstCareInline)
    list_display = ("name", "category", "state", "published_at", "review_due")
    list_filter = (StateFilter, "category", "review_due")
    search_fields = ("name", "aliases", "slug")
    prepopulated_fields: ClassVar[dict[str, Sequence[str]]] = {"slug": ("name",)}
    ordering = ("name",)
    fieldsets = (
        (None, {"fields": ("name", "slug", "aliases", "category", "one_line", "overview")}),
        (_("Codes, once checked"), {"fields": (("icd10", "mesh"),), "classes": ("collapse",)}),
        (
            _("Dates and this change"),
            {"fields": (("written_on", "review_due"), "change_note", "is_correction")},
        ),
    )


@admin.register(ConditionRevision)
class ConditionRevisionAdmin(RevisionAdmin):
    """Revisions of conditions."""

    search_fields = ("condition__name", "note")
