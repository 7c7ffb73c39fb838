"""An entry with its evidence, doses and warnings, in the order of its public page."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing.admin import StateFilter, SubjectAdmin
from publishing.editor.loaded_choices import OptionColumns
from publishing.editor.row_inline import RowInline
from publishing.editor.sections import FormSection
from publishing.writing.views import render_typed
from remedies.admin.computed_grade import stored_grade, typed_verdict_counts
from remedies.admin.fitting import DOSE_FITS, EVIDENCE_FITS, GUIDELINE_FITS, is_no_mineral
from remedies.admin.pack_pages import pack_urls
from remedies.admin.remedy import PrecautionInline
from remedies.choices import Certainty, Effect
from remedies.grading.rule import Grade
from remedies.grading.wording import effect_label
from remedies.lint.content_report import content_report
from remedies.models import (
    DoseRegimen,
    EntryJudgement,
    EvidenceItem,
    Guideline,
    NextStep,
    RemedyConditionEntry,
    SmallestDifference,
)
from remedies.pages.typed import ENTRY_TEMPLATE, typed_entry_page
from remedies.pages.typed_grade import typed_grade
from remedies.schema import ENTRY_TEXTS, RATIONALE_TEXTS, EntryDocument
from remedies_site.documents import Document


class DoseRegimenInline(RowInline[DoseRegimen, RemedyConditionEntry]):
    """Doses that studies used."""

    model = DoseRegimen
    autocomplete_fields = ("citation",)
    fields = (
        ("form", "citation"),
        ("amount", "amount_max", "unit", "per", "doses_per_day"),
        ("basis", "compound", "elemental_mg", "elemental_mg_max"),
        ("route", "timing", "duration"),
        ("population", "adults"),
        "position",
    )
    summary_fields = ("citation", "form", "amount", "unit", "per")
    fits = DOSE_FITS
    unfit = dict.fromkeys(("compound", "elemental_mg", "elemental_mg_max"), is_no_mineral)


class EvidenceItemInline(RowInline[EvidenceItem, RemedyConditionEntry]):
    """What each work found."""

    model = EvidenceItem
    autocomplete_fields = ("citation", "reviews", "superseded_by")
    fieldsets = (
        (None, {"fields": ("citation", ("role", "status"), "superseded_by")}),
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
                    "position",
                )
            },
        ),
    )
    summary_fields = ("citation", "outcome", "direction", "n_analysed")
    option_columns: ClassVar[OptionColumns] = {"citation": ("study_type",)}
    fits = EVIDENCE_FITS


class SmallestDifferenceInline(RowInline[SmallestDifference, RemedyConditionEntry]):
    """The difference on a measure that matters to people."""

    model = SmallestDifference
    autocomplete_fields = ("citations",)
    fields = (("measure", "value"), "scale", "citations", "position")
    summary_fields = ("measure", "value", "scale")


class GuidelineInline(RowInline[Guideline, RemedyConditionEntry]):
    """What guidelines say."""

    model = Guideline
    autocomplete_fields = ("citations",)
    fields = (
        ("body", "year"),
        "says",
        ("statement", "strength", "rating"),
        "citations",
        "position",
    )
    summary_fields = ("body", "year", "statement")
    fits = GUIDELINE_FITS


class NextStepInline(RowInline[NextStep, RemedyConditionEntry]):
    """What a reader can do next."""

    model = NextStep
    autocomplete_fields = ("citations",)
    fields = ("text", "citations", "position")
    summary_fields = ("text",)


class JudgementInline(RowInline[EntryJudgement, RemedyConditionEntry]):
    """Steps of the grade that editors take by hand."""

    model = EntryJudgement
    autocomplete_fields = ("citations",)
    fields = ("kind", "reason", "citations", "position")
    summary_fields = ("kind", "reason")


class EntryPrecautionInline(PrecautionInline):
    """Warnings for this condition; those for every use stand with the remedy."""

    verbose_name_plural = _("warnings for this condition")


@admin.register(RemedyConditionEntry)
class EntryAdmin(SubjectAdmin[RemedyConditionEntry]):
    """A remedy for a condition, with the fields in the order of its page."""

    change_list_template = "admin/entry_change_list.html"
    markdown_fields = ("verdict", *ENTRY_TEXTS, *RATIONALE_TEXTS)
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
    option_columns: ClassVar[OptionColumns] = {"remedy": ("kind",)}
    sections = (
        FormSection(
            "verdict",
            _("Verdict"),
            (("remedy", "condition"), "verdict", "first_question", "second_question", "use"),
        ),
        FormSection("next-steps", _("What to do now"), inlines=(NextStepInline,)),
        FormSection(
            "doses",
            _("How to use: doses that studies used"),
            ("dosing",),
            (DoseRegimenInline,),
        ),
        FormSection("warnings", _("Specific warnings"), ("warnings",), (EntryPrecautionInline,)),
        FormSection("evidence", _("Scientific evidence"), ("evidence",), (EvidenceItemInline,)),
        FormSection("guidelines", _("Guidelines"), inlines=(GuidelineInline,)),
        FormSection(
            "grade",
            _("The grade"),
            ("computed_grade", ("effect", "certainty")),
            (SmallestDifferenceInline, JudgementInline),
            _(
                "The rule works effect and certainty out of the evidence. Yours are used only where "
                "nothing but reviews or guidelines without numbers is on file."
            ),
        ),
        FormSection(
            "search",
            _("The search"),
            (
                ("searched_on", "search_queries"),
                "searched_where",
                ("searched_null", "searched_updates", "found_none"),
                "unread_works",
            ),
        ),
        FormSection("why", _("Why it works"), RATIONALE_TEXTS),
        FormSection(
            "dates",
            _("Dates and this change"),
            (("written_on", "review_due"), "change_note", "is_correction"),
        ),
    )

    def typed_page(
        self, request: HttpRequest, subject: RemedyConditionEntry, document: Document
    ) -> str:
        """The page of the entry, with its remedy and its condition as readers see them."""
        assert isinstance(document, EntryDocument)  # noqa: S101  (the schema of its type)
        context = {"page": typed_entry_page(subject, document)}
        return render_typed(request, subject, ENTRY_TEMPLATE, context)

    def typed_grade(self, document: Document) -> str:
        """What the rule computes, its ledger and what would change it."""
        assert isinstance(document, EntryDocument)  # noqa: S101  (the schema of its type)
        return render_to_string("admin/_live_grade.html", {"grade": typed_grade(document)})

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
            "title": _("What needs an editor"),
            "opts": self.opts,
            "report": content_report(timezone.localdate()),
        }
        return TemplateResponse(request, "admin/to_do.html", context)

    def get_readonly_fields(
        self, request: HttpRequest, obj: RemedyConditionEntry | None = None
    ) -> tuple[str, ...]:
        """The pair, once published: readers, votes and comments know the entry by it."""
        is_fixed = obj is not None and obj.was_published
        return ("remedy", "condition", "computed_grade") if is_fixed else ("computed_grade",)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new entry says that nothing is known yet."""
        unknown = {"effect": Effect.UNKNOWN, "certainty": Certainty.NOT_SEARCHED}
        return {**unknown, **super().get_changeform_initial_data(request)}

    def unfit_fields(
        self, request: HttpRequest, obj: RemedyConditionEntry | None
    ) -> Collection[str]:
        """The editors' own effect and certainty, where the rule decides."""
        if obj is None or obj.pk is None:
            return ()
        counts = typed_verdict_counts(obj, self._stored_grade(request, obj))
        return () if counts else ("effect", "certainty")

    def _stored_grade(self, request: HttpRequest, entry: RemedyConditionEntry) -> Grade | None:
        """The grade as it was when the request came; Django asks for the fields many times."""
        known: dict[int, Grade | None] = request.__dict__.setdefault("stored_grades", {})
        if entry.pk not in known:
            known[entry.pk] = stored_grade(entry)
        entry.__dict__["grade_of_draft"] = known[entry.pk]  # for the column that shows it
        return known[entry.pk]

    @admin.display(description=_("What the rule computes"))
    def computed_grade(self, entry: RemedyConditionEntry) -> str:
        """Effect and certainty of the stored evidence, in words."""
        computed: Grade | None = entry.__dict__.get("grade_of_draft")
        if computed is None:
            return gettext("Nothing yet: save the evidence first.")
        certainty = computed.certainty.label
        return f"{effect_label(computed.effect, computed.certainty)}. {certainty}."
