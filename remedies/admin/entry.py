"""An entry with its evidence, doses and warnings, in the order of its public page."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.admin import StateFilter, SubjectAdmin
from remedies.admin.remedy import PrecautionInline
from remedies.lint.content_errors import content_errors, uncited_keys
from remedies.lint.stale import stale_items
from remedies.models import DoseRegimen, EntryJudgement, EvidenceItem, RemedyConditionEntry
from remedies.services import entry_errors, publish_entry, withdraw_entry


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
    faults = staticmethod(entry_errors)
    change_list_template = "admin/entry_change_list.html"
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

    def get_urls(self) -> list[URLPattern]:
        """The list of what wants an editor stands beside the entries."""
        view = self.admin_site.admin_view(self.to_do)
        return [path("to-do/", view, name="remedies_todo"), *super().get_urls()]

    def to_do(self, request: HttpRequest) -> HttpResponse:
        """What is stale, what has errors, and which works nothing cites."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("What wants an editor"),
            "opts": self.opts,
            "stale": stale_items(timezone.localdate()),
            "content_errors": list(content_errors()),
            "uncited_keys": uncited_keys(),
        }
        return TemplateResponse(request, "admin/to_do.html", context)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """What readers, votes and comments know by its pair keeps its pair."""
        return ("remedy", "condition") if obj is not None and obj.was_published else ()
