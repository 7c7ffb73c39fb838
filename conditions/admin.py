"""Conditions at the editors' desk."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from conditions.models import Condition, ConditionRevision, FirstCare, RedFlag
from conditions.services import (
    condition_errors,
    publish_condition,
    rename_condition,
    withdraw_condition,
)
from publishing.admin import RevisionAdmin, SafetyRowFormSet, StateFilter, SubjectAdmin


class RedFlagFormSet(SafetyRowFormSet):
    """Red flags are safety rows."""

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
class ConditionAdmin(SubjectAdmin):
    """A condition with its red flags and usual first care."""

    publish = staticmethod(publish_condition)
    withdraw = staticmethod(withdraw_condition)
    faults = staticmethod(condition_errors)
    rename = staticmethod(rename_condition)
    markdown_fields = ("overview",)
    inlines = (RedFlagInline, FirstCareInline)
    list_display = ("name", "category", "state", "published_at", "review_due")
    list_filter = (StateFilter, "category", "review_due")
    search_fields = ("name", "aliases", "slug")
    prepopulated_fields: ClassVar[dict[str, Any]] = {"slug": ("name",)}
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
    """Published states of conditions."""

    search_fields = ("condition__name", "note")
