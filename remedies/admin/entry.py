"""An entry with its evidence, doses and warnings, in the order of its public page."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.admin import StateFilter, SubjectAdmin
from remedies.admin.packs import pack_urls
from remedies.admin.remedy import PrecautionInline
from remedies.lint.report import content_report
from remedies.models import (
    DoseRegimen,
    EntryJudgement,
    EvidenceItem,
    Guideline,
    NextStep,
    RemedyConditionEntry,
    SmallestDifference,
)
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
    autocomplete_fields = ("citation", "reviews", "superseded_by")
    fieldsets = (
        (None, {"fields": (("position", "citation", "role"), ("status", "superseded_by"))}),
        (
            _("What was compared"),
            {
                "fields": (
                    ("outcome", "applies_if"),
                    ("population", "other_people"),
                    ("arms", "comparator", "added_to"),
                    ("components", "formulation", "route"),
                    ("n_analysed", "trials"),
                    ("remedy_people", "remedy_events", "control_people", "control_events"),
                )
            },
        ),
        (
            _("What was found"),
            {
                "fields": (
                    "result",
                    ("direction", "size", "direction_reason"),
                    ("measure", "effect_value", "effect_low", "effect_high"),
                    ("scale", "better"),
                )
            },
        ),
        (
            _("How far to trust it"),
            {
                "fields": (
                    ("risk_of_bias", "bias_source", "bias_words"),
                    ("directness", "funding"),
                    ("rating", "reviews"),
                    "limits",
                )
            },
        ),
    )


class SmallestDifferenceInline(admin.TabularInline[SmallestDifference, RemedyConditionEntry]):
    """The difference on a measure that matters to people."""

    model = SmallestDifference
    extra = 0
    autocomplete_fields = ("citations",)
    fields = ("position", "measure", "value", "scale", "citations")


class GuidelineInline(admin.StackedInline[Guideline, RemedyConditionEntry]):
    """What guidelines say."""

    model = Guideline
    extra = 0
    autocomplete_fields = ("citations",)
    fields = (
        ("position", "body", "year"),
        "says",
        ("statement", "strength", "rating"),
        "citations",
    )


class NextStepInline(admin.StackedInline[NextStep, RemedyConditionEntry]):
    """What a reader can do next."""

    model = NextStep
    extra = 0
    autocomplete_fields = ("citations",)
    fields = ("position", "text", "citations")


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
    inlines = (
        NextStepInline,
        DoseRegimenInline,
        EntryPrecautionInline,
        EvidenceItemInline,
        SmallestDifferenceInline,
        GuidelineInline,
        JudgementInline,
    )
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
        (None, {"fields": (("remedy", "condition"), ("use", "first_question"))}),
        (_("Verdict"), {"fields": ("verdict", ("effect", "certainty"))}),
        (_("How to use: doses that studies used"), {"fields": ("dosing",)}),
        (_("Specific warnings"), {"fields": ("warnings",)}),
        (_("Scientific evidence"), {"fields": ("evidence",)}),
        (
            _("The search"),
            {
                "fields": (
                    ("searched_on", "searched_where", "search_queries"),
                    ("searched_null", "searched_updates", "found_none"),
                    "unread_works",
                )
            },
        ),
        (_("Why it works"), {"fields": RATIONALE_TEXTS}),
        (
            _("Dates and this change"),
            {"fields": (("written_on", "review_due"), "change_note", "is_correction")},
        ),
    )

    def get_urls(self) -> list[URLPattern]:
        """Add the list of content errors and stale pages."""
        view = self.admin_site.admin_view(self.to_do)
        own = [path("to-do/", view, name="remedies_todo"), *pack_urls(self.admin_site, self.opts)]
        return [*own, *super().get_urls()]

    def to_do(self, request: HttpRequest) -> HttpResponse:
        """What is stale, what has errors, and which works nothing cites."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("What wants an editor"),
            "opts": self.opts,
            "report": content_report(timezone.localdate()),
        }
        return TemplateResponse(request, "admin/to_do.html", context)

    def get_readonly_fields(
        self, request: HttpRequest, obj: RemedyConditionEntry | None = None
    ) -> tuple[str, ...]:
        """The pair, once published: readers, votes and comments know the entry by it."""
        return ("remedy", "condition") if obj is not None and obj.was_published else ()
