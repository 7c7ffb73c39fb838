"""An entry with its evidence, doses and warnings, in the order of its public page."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from citations.desk import StateFilter, SubjectAdmin
from remedies.admin.remedy import PrecautionInline
from remedies.models import DoseRegimen, EntryJudgement, EvidenceItem, RemedyConditionEntry
from remedies.services import publish_entry, withdraw_entry


class DoseRegimenInline(admin.StackedInline[DoseRegimen, RemedyConditionEntry]):
    """Doses that studies used."""

    model = DoseRegimen
    extra = 0
    autocomplete_fields = ("citation",)
    fields = (
        ("position", "form", "route"),
        ("amount", "amount_max", "unit", "per", "doses_per_day"),
        ("basis", "compound", "elemental_mg", "elemental_mg_max"),
        ("timing", "duration"),
        ("population", "adults"),
        "citation",
    )


class EvidenceItemInline(admin.StackedInline[EvidenceItem, RemedyConditionEntry]):
    """What each work found."""

    model = EvidenceItem
    extra = 0
    autocomplete_fields = ("citation", "reviews")
    fields = (
        ("position", "citation", "role"),
        ("outcome", "arms", "n_analysed"),
        ("direction", "size", "route"),
        ("risk_of_bias", "directness"),
        "result",
        "limits",
        ("rating", "reviews"),
    )


class JudgementInline(admin.StackedInline[EntryJudgement, RemedyConditionEntry]):
    """Steps of the grade taken by hand."""

    model = EntryJudgement
    extra = 0
    autocomplete_fields = ("citations",)
    fields = (("position", "kind"), "reason", "citations")


class EntryPrecautionInline(PrecautionInline):
    """Warnings for this condition; those for every use stand with the remedy."""

    verbose_name_plural = _("warnings for this condition")


@admin.register(RemedyConditionEntry)
class EntryAdmin(SubjectAdmin):
    """A remedy for a condition, filled in in the order in which it is read."""

    publish = staticmethod(publish_entry)
    withdraw = staticmethod(withdraw_entry)
    markdown_fields = (
        "verdict",
        "dosing",
        "warnings",
        "evidence",
        "mechanism",
        "observational",
        "clinical",
    )
    inlines = (DoseRegimenInline, EntryPrecautionInline, EvidenceItemInline, JudgementInline)
    list_display = (
        "__str__",
        "effect",
        "certainty",
        "state",
        "published_at",
        "review_due",
    )
    list_filter = (StateFilter, "remedy", "effect", "certainty", "review_due")
    list_select_related = ("remedy", "condition")
    search_fields = ("remedy__name", "condition__name", "remedy__aliases", "condition__aliases")
    autocomplete_fields = ("remedy", "condition")
    fieldsets = (
        (None, {"fields": (("remedy", "condition"),)}),
        (_("Verdict"), {"fields": ("verdict", ("effect", "certainty"))}),
        (_("How to use: doses that studies used"), {"fields": ("dosing",)}),
        (_("Specific warnings"), {"fields": ("warnings",)}),
        (_("Scientific evidence"), {"fields": ("evidence",)}),
        (_("Why it works"), {"fields": ("mechanism", "observational", "clinical")}),
        (
            _("Dates and this change"),
            {"fields": (("written_on", "review_due"), "change_note", "is_correction")},
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """What readers, votes and comments know by its pair keeps its pair."""
        return ("remedy", "condition") if obj is not None and obj.was_published else ()
