"""An entry with its evidence, doses and warnings, in the order of its public page."""

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
from remedies.schema import ENTRY_TEXTS, RATIONALE_TEXTS


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
    """Steps of the grade that editors take by hand."""

    model = EntryJudgement
    extra = 0
    autocomplete_fields = ("citations",)
    fields = (("position", "kind"), "reason", "citations")


class EntryPrecautionInline(PrecautionInline):
    """Warnings for this condition; those for every use stand with the remedy."""

    verbose_name_plural = _("warnings for this condition")


@admin.register(RemedyConditionEntry)
class EntryAdmin(SubjectAdmin[RemedyConditionEntry]):
    """A remedy for a condition, with the fields in the order of its page."""

    change_list_template = "admin/entry_change_list.html"
    markdown_fields = ("verdict", *ENTRY_TEXTS, *RATIONALE_TEXTS)
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
        (_("Why it works"), {"fields": RATIONALE_TEXTS}),
        (
            _("Dates and this change"),
            {"fields": (("written_on", "review_due"), "change_note", "is_correction")},
        ),
    )

    def get_urls(self) -> list[URLPattern]:
        """Add the list of content errors and stale pages."""
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

    def get_readonly_fields(
        self, request: HttpRequest, obj: RemedyConditionEntry | None = None
    ) -> tuple[str, ...]:
        """The pair, once published: readers, votes and comments know the entry by it."""
        return ("remedy", "condition") if obj is not None and obj.was_published else ()
