"""Examples of the parts of remedy and entry pages; the remedy and its studies are made up."""

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from citations.choices import StudyType
from citations.references import PageReferences
from conditions.schema import ConditionDocument
from remedies.check.composition import (
    CheckResult,
    Coverage,
    EntryWarnings,
    MarkedWarning,
    Partition,
)
from remedies.check.forms import CheckForm, SpellingRetry, group_terms
from remedies.check.interactions import ApplicableWarning
from remedies.check.names import ParsedNames, Term
from remedies.choices import (
    Certainty,
    InteractionAction,
    InteractionSeverity,
    PrecautionKind,
    PrecautionSeverity,
)
from remedies.experience.selectors import AnswerCount, Distribution, QuestionCounts
from remedies.grading.inputs import WorkFacts
from remedies.grading.method import grading_method
from remedies.grading.record import GradeRecord, grade_entry
from remedies.grading.scale import ExclusionReason
from remedies.grading.wording import exclusion_label, format_next_trial, ledger_line
from remedies.models import Remedy, RemedyConditionEntry
from remedies.pages.compare import Cell, ComparedRow, Line
from remedies.pages.entry import EntryPart, compose_entry
from remedies.pages.evidence_map import MapRow, Named, Square
from remedies.pages.lists import Correction, Reviewed, Uses
from remedies.pages.remedy import RemedyPart, compose_remedy
from remedies.pages.sheets import sheet
from remedies.pages.statistics import Statistics
from remedies.schema import EntryDocument, InteractionRow, PrecautionRow, RemedyDocument
from remedies_site.listing import Choice, filter_links
from remedies_site.markup import render, render_inline
from search.choices import ResultKind
from search.highlighting import Piece
from search.results import Hit, Results, Suggestion
from workbench.gallery.examples.citations import listed, work
from workbench.gallery.examples.conditions import condition
from workbench.gallery.views import Example, example

CITED = {"citations": ["Example2020"]}
NAMES = {"remedy_name": "Example", "condition_name": "Example condition"}
MOMENT = datetime(2026, 5, 4, tzinfo=UTC)

REMEDY = RemedyDocument.model_validate(
    {
        "slug": "example",
        "name": "Example",
        "kind": "mineral",
        "one_line": "What an example is, in one line.",
        "limits": [
            {
                "kind": kind,
                "authority": "An example authority",
                "population": "adults",
                "amount": amount,
                "unit": "mg",
                "basis": "elemental",
                "counts": "supplements, not food",
                "adults": True,
                **CITED,
            }
            for kind, amount in (("upper", "100"), ("recommended", "80"))
        ],
        "interactions": [
            {
                "substance": f"an example medicine ({action})",
                "effect": "The medicine may act less.",
                "severity": severity,
                "action": action,
                "advice": "Ask a pharmacist how long to wait between them.",
                **how,
            }
            for action, severity, how in (
                ("avoid", "major", CITED),
                ("apart", "major", CITED),
                ("ask", "moderate", CITED),
                ("know", "minor", {"checked": False}),
            )
        ],
        "precautions": [
            {"kind": kind, "severity": severity, "who": who, "text": "What may happen then.", **how}
            for kind, severity, who, how in (
                ("contraindication", "stop", "you have an example disease", CITED),
                ("contraindication", "stop", "you have another disease", {"checked": False}),
                ("caution", "ask", "you take an example medicine", CITED),
                ("pregnancy", "caution", "you are pregnant", {"checked": False}),
                ("side_effect", "note", "", CITED),
                ("get_help", "ask", "you feel worse", {"checked": False}),
            )
        ],
        "products": [
            {"name": "Example tablets", "url": "https://example.org/", "disclosure": "none"}
        ],
    }
)
ENTRY = EntryDocument.model_validate(
    {
        "remedy": "example",
        "condition": "example-condition",
        "verdict": "It may help a little [@Example2020].",
        "effect": "benefit",
        "certainty": "low",
        "evidence_items": [
            {
                "citation": key,
                "outcome": "how bad it was",
                "arms": "an example or placebo",
                "direction": direction,
                "result": "A little better after two months.",
                "limits": "One small trial.",
                **more,
            }
            for key, direction, more in (
                ("Example2020", "benefit", {"n_analysed": 75, "risk_of_bias": "high"}),
                ("Review2021", "unclear", {"role": "context", "directness": "indirect"}),
            )
        ],
        "regimens": [
            {
                "form": "example salt",
                "amount": amount,
                "unit": "mg",
                "per": "day",
                "basis": basis,
                "timing": "in the evening",
                "duration": "8 weeks",
                "population": "75 adults",
                "citation": "Example2020",
            }
            for amount, basis in (("50", "elemental"), ("150", "elemental"), ("9", "not_stated"))
        ],
    }
)
CONDITION = ConditionDocument.model_validate(
    {
        "slug": "example-condition",
        "name": "Example condition",
        "category": "other",
        "one_line": "What it is.",
        "red_flags": [{"text": "it begins all at once", **CITED}],
    }
)
WORKS = {
    "Example2020": WorkFacts(StudyType.RANDOMISED_TRIAL, retracted=False),
    "Review2021": WorkFacts(StudyType.SYSTEMATIC_REVIEW, retracted=False),
}
TEXTS = ("what_it_is", "how_it_works", "why_it_matters", "considerations")
REASONS = ("mechanism", "observational", "clinical")


def remedy() -> Remedy:
    """A made-up remedy that is not stored."""
    return Remedy(
        pk=0,
        slug="example",
        name="Example",
        shown_name="Example",
        shown_one_line=REMEDY.one_line,
        shown_stops=["you have an example disease"],
    )


def entry(effect: str = "benefit", certainty: str = "low", **values: Any) -> RemedyConditionEntry:
    """A made-up entry that is not stored."""
    known = {
        "pk": 0,
        "remedy": remedy(),
        "condition": condition(),
        "shown_effect": effect,
        "shown_certainty": certainty,
        "shown_teaser": "It may help a little.",
        "shown_cautions": ["you are pregnant"],
        "published_at": MOMENT,
    }
    return RemedyConditionEntry(**known | values)


def parts() -> tuple[EntryPart, RemedyPart]:
    """The pages' parts as the pages compose them, without a look at any row."""
    words = render("An example of a text [@Example2020].")
    library = PageReferences([])
    works = [work(), work("Review2021", study_type="systematic_review")]
    library.works = {one.key: one for one in works}
    html = dict.fromkeys(("dosing", "evidence", "warnings", *REASONS), words)
    html["verdict"] = render_inline(ENTRY.verdict)
    general = dict.fromkeys(TEXTS, words)
    grade = grade_entry(ENTRY, WORKS)
    composed = compose_entry(ENTRY, html, grade, REMEDY, general, CONDITION, library)
    return composed, compose_remedy(REMEDY, general, library)


def examples() -> Iterator[Example]:
    """Verdict, doses, warnings, evidence, lists, votes."""
    part, whole = parts()
    yield from _of_an_entry(part)
    yield from _of_warnings(part, whole)
    yield from _of_a_remedy(part, whole)
    yield from _of_lists()
    yield from _of_the_check()
    yield from _of_grades(part.grade)
    yield from _of_comparing()
    yield from _of_the_map()


def _of_comparing() -> Iterator[Example]:
    said = Line("Example salt; 8 weeks", "150 mg a day", caution_only=True)
    cells = [
        Cell("Example", [said, said], url="#", link="More on these doses"),
        Cell("Another example", missing="No dose in what we read"),
        Cell("A third example", certainty=Certainty.LOW, url="#", link="Why this grade?"),
    ]
    names = [cell.remedy for cell in cells]
    rows = [ComparedRow("example", "Doses that studies used", cells)]
    yield example("remedies/_compare_table.html", "", caption="Example", names=names, rows=rows)
    for cell in cells:
        yield example("remedies/_compare_cell.html", cell.remedy, cell=cell)
    yield example("remedies/_compare_line.html", "", line=said)
    known = {"url": "#", "remedies": [remedy(), Remedy(pk=1, slug="another", shown_name="Another")]}
    yield example("remedies/_compare_chooser.html", "", chosen={1}, **known)
    yield example("remedies/_compare_chooser.html", "nothing to compare", remedies=[], chosen=set())


def _of_the_map() -> Iterator[Example]:
    what, where, other = (
        Named(name, name.lower().replace(" ", "-"), name, group)
        for name, group in (
            ("Example", "mineral"),
            ("Example condition", "sleep"),
            ("Another condition", "ear"),
        )
    )
    squares = [Square(1, where, "May help", "●●○○", "Low certainty"), Square(2, other)]
    rows = [MapRow(what, squares)]
    yield example("remedies/_map_grid.html", "", conditions=[where, other], rows=rows)


def _of_grades(grade: GradeRecord) -> Iterator[Example]:
    ledger = [ledger_line(step) for step in grade.steps]
    line, other = grade.inputs
    known = {"name": "Example 2020", "kind": "randomised trial", "marks": ""}
    counted = [SimpleNamespace(line=line, **known)]
    left = [SimpleNamespace(line=other, why_left=exclusion_label(ExclusionReason.CONTEXT), **known)]
    judged = SimpleNamespace(name="override: one step down", reason="An example of a reason.")
    words = format_next_trial(grade.next_trial) if grade.next_trial else ""
    yield example("remedies/_grade_ledger.html", "", ledger=ledger, next_trial=words)
    yield example("remedies/_grade_counted.html", "", counted=counted, people=75)
    yield example("remedies/_grade_counted.html", "none", counted=[], people=0)
    yield example("remedies/_grade_left_out.html", "", left_out=left)
    yield example("remedies/_grade_judgements.html", "", judgements=[judged])
    yield example("remedies/_grade_version.html", "", version="1", revision=None)
    rule = grading_method()
    yield example("about/_grading_rule.html", "", method=rule)
    yield example("about/_grading_who.html", "", method=rule)


def _of_an_entry(part: EntryPart) -> Iterator[Example]:
    empty = SimpleNamespace(
        doses=[], dosing="", upper=[], recommended=[], evidence=[], evidence_text=""
    )
    yield example("remedies/_verdict.html", "", part=part, grade_url="#")
    yield example("remedies/_doses.html", "", part=part, **NAMES)
    yield example("remedies/_doses.html", "no dose, no limit", part=empty, **NAMES)
    yield example("remedies/_dose.html", "", dose=part.doses[0])
    yield example("remedies/_dose.html", "above the limit", dose=part.doses[1])
    yield example("remedies/_dose.html", "cannot be compared", dose=part.doses[2])
    yield example("remedies/_dose_drawing.html", "", drawing=part.doses[0].drawing)
    yield example("remedies/_upper_limits.html", "", upper=part.upper)
    yield example("remedies/_upper_limits.html", "none", upper=[])
    yield example("remedies/_limit_table.html", "", limits=part.upper)
    yield example("remedies/_recommended_closed.html", "", recommended=part.recommended)
    yield example("remedies/_evidence.html", "", part=part, grade_url="#", **NAMES)
    yield example("remedies/_evidence.html", "no study", part=empty, grade_url="#", **NAMES)
    yield example("remedies/_study.html", "", study=part.evidence[0].studies[0])
    yield example("remedies/_rationale.html", "", part=part, **NAMES)
    only = SimpleNamespace(mechanism=part.mechanism, mechanism_only=True, has_rationale=True)
    yield example("remedies/_rationale.html", "a mechanism alone", part=only, **NAMES)
    yield example("remedies/_rationale.html", "nothing", part=SimpleNamespace(), **NAMES)
    yield example("remedies/_general_closed.html", "", general=part.general, url="#", **NAMES)
    yield example("remedies/_on_this_page.html", "", references=listed())
    known = {"remedy": remedy(), "remedy_name": "Example"}
    entries = [entry(), entry("none", "high", pk=1), entry("unknown", "no_studies", pk=2)]
    yield example("remedies/_conditions_nav.html", "", entries=entries, current=entries[0], **known)
    nobody = {"member": None, "my_vote": 0}
    member = SimpleNamespace(consented_at=MOMENT)
    voted = entry(up_count=41, down_count=19)
    yield example("remedies/_votes.html", "no votes, a reader", entry=entry(), **nobody)
    yield example(
        "remedies/_votes.html",
        "a member who voted",
        entry=voted,
        member=member,
        my_vote=1,
        range=SimpleNamespace(up=41, n=60, low=56, high=79),
    )
    asked = SimpleNamespace(consented_at=None)
    yield example("remedies/_votes.html", "without consent yet", entry=entry(), member=asked)
    yield example("remedies/_votes_note.html")
    yield example("remedies/_members_say.html", "", entry=entry(), **NAMES)
    yield from _of_experiences(member)


def _of_experiences(member: Any) -> Iterator[Example]:
    lines = [AnswerCount("much better", 9, 75, 750), AnswerCount("no change", 3, 25, 250)]
    outcome = QuestionCounts("outcome", "How they felt", lines)
    numbers = Distribution(12, [outcome])
    known = {"entry": entry(), "distribution": numbers}
    yield example("remedies/_experience.html", "a reader", **known, member=None, own=None)
    yield example("remedies/_experience.html", "reported", **known, member=member, own=True)
    none = Distribution(0, [])
    yield example("remedies/_experience.html", "none", entry=entry(), distribution=none)
    yield example("remedies/_experience_question.html", "", question=outcome, shares=True)
    yield example("remedies/_experience_question.html", "few", question=outcome, shares=False)
    reports = [SimpleNamespace(entry=entry())]
    yield example("remedies/_own_experiences.html", "", reports=reports)
    yield example("remedies/_own_experiences.html", "none", reports=[])


def _of_warnings(part: EntryPart, whole: RemedyPart) -> Iterator[Example]:
    warnings = part.warnings
    known = {"warnings": warnings, "emergency_number": "112"}
    yield example("remedies/_stop_box.html", "", stops=part.stops)
    yield example("remedies/_entry_warnings.html", "", remedy=remedy(), **known, **NAMES)
    yield example(
        "remedies/_remedy_warnings.html", "", **known | {"warnings": whole.warnings}, **NAMES
    )
    yield example("remedies/_warnings.html", "", **known)
    yield example("remedies/_warned_list.html", "", heading="Take care", rows=warnings.cautions)
    yield example("remedies/_warned_items.html", "", rows=warnings.contraindications)
    yield example("remedies/_interactions.html", "", interactions=warnings.interactions)
    yield example("remedies/_severity_key.html")
    yield example(
        "remedies/_get_help.html",
        "",
        get_help=warnings.get_help,
        red_flags=warnings.red_flags,
        emergency_number="",
    )


def _of_a_remedy(part: EntryPart, whole: RemedyPart) -> Iterator[Example]:
    known = {"remedy": remedy(), "remedy_name": "Example"}
    yield example("remedies/_general.html", "", general=part.general, level="h3")
    yield example("remedies/_limits.html", "", recommended=whole.recommended, upper=whole.upper)
    yield example("remedies/_limits.html", "nothing on file", recommended=[], upper=[])
    yield example("remedies/_products.html", "", products=whole.products)
    yield example("remedies/_products.html", "none", products=[])
    yield from _of_sheets(part)
    numbers = Statistics(3, 41, 19, [(StudyType.RANDOMISED_TRIAL, 2)], 5, MOMENT, None)
    yield example("remedies/_statistics.html", "", statistics=numbers, **known)
    yield example("remedies/_statistic_date.html", "", name="first-published", moment=MOMENT)
    yield example("remedies/_statistic_date.html", "none", name="last-changed", moment=None)
    yield example("remedies/_remedy_members_say.html", "", **known)


def _of_sheets(part: EntryPart) -> Iterator[Example]:
    address = "https://example.org/r/1/"
    made = sheet(
        "clinician",
        part,
        remedy="Example",
        condition="Example condition",
        references=listed(),
        address=address,
    )
    revision = SimpleNamespace(number=1, published_at=MOMENT, is_starter_content=False)
    dated = {"sheet": made, "kind": "clinician", "revision": revision, "written_on": MOMENT.date()}
    loud = {
        "stops": part.stops,
        "warned": made.warned,
        "interactions": made.interactions,
        "more": 2,
    }
    yield example(
        "remedies/_sheet.html", "", verdict="Words.", entry_url="#", emergency_number="112", **dated
    )
    yield example("remedies/_sheet_warnings.html", "", emergency_number="112", **loud)
    yield example("remedies/_sheet_doses.html", "", doses=made.doses, more=2)
    yield example("remedies/_sheet_doses.html", "none", doses=[], more=0)
    yield example("remedies/_sheet_source.html", "", **dated)
    yield example("remedies/_sheet_links.html", "", url="#")


def _of_the_check() -> Iterator[Example]:
    terms = [
        Term("example", "medicine", "example antibiotics", ("examplecycline", "examplomycin")),
        Term("pregnancy", "life", "pregnant"),
    ]
    groups = group_terms(terms)
    form = CheckForm(groups, "examplecycline", {"pregnancy"})
    known = {"remedies": [remedy()], "form": form, "picked": {remedy().slug}}
    yield example("remedies/_check_promise.html", "")
    yield example("remedies/_check_fields.html", "", form=form)
    yield example("remedies/_check_form.html", "", choose=True, **known)
    yield example("remedies/_check_closed.html", "", **known)
    hiding = {"condition": condition(), "sort": "name", "form": form}
    yield example("conditions/_avoid_form.html", "", is_open=True, **hiding)
    for group in groups:
        yield example("remedies/_check_group.html", str(group.kind.label), group=group, ticked=())
    coverage = Coverage(medicines=2, situations=1)
    parsed = ParsedNames(unknown=["examplcycline"], guesses={"examplcycline": "examplecycline"})
    retry = SpellingRetry("#", ["examplecycline"], [("medicines", "examplecycline")])
    yield example(
        "remedies/_check_names.html", "", parsed=parsed, unmatched=["example"], retry=retry
    )
    yield example("remedies/_check_again.html", "", retry=retry)
    row = InteractionRow(
        substance="example antibiotics",
        effect="Less of it is absorbed.",
        severity=InteractionSeverity.MAJOR,
        action=InteractionAction.APART,
        advice="Take them hours apart.",
        checked=False,
    )
    who = PrecautionRow(
        kind=PrecautionKind.PREGNANCY,
        severity=PrecautionSeverity.STOP,
        who="you are pregnant",
        text="Ask a midwife.",
        checked=False,
    )
    warnings = [
        ApplicableWarning("Example", "example", "", row, ("examplecycline",)),
        ApplicableWarning("Example", "example", "Insomnia", who, ("pregnant",)),
    ]
    marked = [MarkedWarning(warning, PageReferences([]).marks([])) for warning in warnings]
    for shown in marked:
        part = "remedies/_check_finding.html"
        yield example(part, "", warning=shown.warning, marks=shown.marks)
    for title, rows in (("", marked), ("nothing found", [])):
        result = CheckResult(rows, parsed, [], [], [remedy()], coverage)
        yield example("remedies/_check_answer.html", title, result=result)
    warned = [
        EntryWarnings(entry("benefit", "moderate", pk=1), warnings),
        EntryWarnings(entry("none", "high", pk=2), warnings[:1]),
    ]
    yield example("conditions/_warned_list.html", "", rows=warned)
    for title, (excluded, others) in {"": (warned[:1], warned[1:]), "nothing": ([], [])}.items():
        partition = Partition(excluded, others, [], ParsedNames(), [], coverage)
        yield example("conditions/_parted.html", title, partition=partition, condition=condition())


def _of_lists() -> Iterator[Example]:
    entries = [
        entry("benefit", "moderate", pk=1),
        entry("none", "high", pk=2),
        entry("harm", "low", pk=3),
        entry("unknown", "no_studies", pk=4),
    ]
    yield example("remedies/_use.html", "", entry=entries[0])
    yield example("remedies/_studied_uses.html", "", entries=entries, sort="evidence", url="#")
    yield example("remedies/_studied_uses.html", "none", entries=[], sort="evidence", url="#")
    yield example("remedies/_recent.html", "", entries=entries[:2])
    yield from _of_browsing(entries[0])
    known = {"condition": condition(), "sort": "evidence"}
    yield example("conditions/_comparison.html", "", entries=entries, **known)
    yield example("conditions/_comparison.html", "none", entries=[], **known)
    yield example("conditions/_comparison_sort.html", "", sort="name", url="#")
    group = SimpleNamespace(heading="May help", entries=entries[:1])
    yield example("conditions/_comparison_table.html", "", group=group, choosing=True)
    yield example("conditions/_comparison_table.html", "alone", group=group)
    yield example("conditions/_discussion_links.html", "", entries=entries[:1])
    yield example("search/_entry_result.html", "", entry=entries[0])
    yield from _of_search(entries[0])


def _of_browsing(entry: RemedyConditionEntry) -> Iterator[Example]:
    uses = Uses(18, Certainty.MODERATE, ("Probably helps", "Probably harms"))
    yield example("remedies/_uses_found.html", "", found=uses.found)
    yield example("remedies/_uses_line.html", "a remedy", uses=uses, of_remedy=True)
    yield example("remedies/_uses_line.html", "a condition", uses=uses, of_remedy=False)
    yield example("remedies/_uses_line.html", "none", uses=None, of_remedy=True)
    yield example("remedies/_reviewed.html", "", rows=[Reviewed(entry, MOMENT.date())])
    yield example("remedies/_reviewed.html", "none", rows=[])
    names = ("example", "Example", "example-condition", "Example condition")
    mended = Correction(MOMENT, 2, "A dose was mended.", *names)
    yield example("remedies/_corrections.html", "", rows=[mended])
    yield example("remedies/_corrections.html", "none", rows=[])
    choices = [Choice("herb", "Herb", 2), Choice("mineral", "Mineral", 1)]
    links = filter_links("kind", choices, "herb")
    for title, titled in (("", False), ("with its label", True)):
        yield example("components/_filters.html", title, links=links, label="Kinds", titled=titled)


def _of_search(entry: RemedyConditionEntry) -> Iterator[Example]:
    title, line = [Piece("Example", found=True)], [Piece("It may help a little.", found=False)]
    hit = Hit(ResultKind.ENTRY, "#", title, line, entry)
    talk = Hit(ResultKind.COMMENT, "#", [Piece("Comment on Example", found=False)], title)
    found = Results("exampel", [hit, talk], {"entry": 1, "comment": 1}, total=2, pages=3)
    nothing = Results("xyz", nearest=["Example"])
    yield example("search/_results.html", "", results=found)
    yield example("search/_almost.html", "", almost=[Suggestion(ResultKind.REMEDY, "#", "Example")])
    yield example("search/_hit.html", "", hit=hit, level="h3")
    yield example("components/_pages.html", "", pages=found, start="?q=exampel&", label="Pages")
    yield example(
        "search/_instead.html", "corrected", results=Results("exampel", corrected="example")
    )
    yield example("search/_instead.html", "some words", results=Results("example xyz", partly=True))
    yield example("search/_no_results.html", "", results=nothing, is_identifier=False)
    yield example(
        "search/_no_results.html", "a number", results=Results("10.1/x"), is_identifier=True
    )
    yield example("search/_no_results.html", "too common", results=Results("the", too_common=True))
    names = [Suggestion(ResultKind.REMEDY, "#", "Example", "Sample")]
    yield example("search/_suggestions.html", "", suggestions=names)
