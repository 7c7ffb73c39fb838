"""Examples of the private check; what is entered is made up."""

from collections.abc import Iterator

from citations.references import PageReferences
from remedies.check.composition import (
    CheckResult,
    Coverage,
    EntryWarnings,
    MarkedWarning,
    NamesReport,
    Partition,
    WarningCounts,
)
from remedies.check.forms import CheckForm, SpellingRetry, group_terms
from remedies.check.interactions import ApplicableWarning
from remedies.check.readings import NameReading, UncheckedName
from remedies.check.selectors import Offer
from remedies.check.vocabulary import KnownName, Medicines, NameKind, Term
from remedies.choices import (
    InteractionAction,
    InteractionSeverity,
    PrecautionKind,
    PrecautionSeverity,
)
from remedies.schema import InteractionRow, PrecautionRow
from remedies_site.key_pages import KeyPage
from workbench.gallery.example import Example, example
from workbench.gallery.examples.condition_parts import sample_condition
from workbench.gallery.examples.sample_documents import sample_entry, sample_remedy

COVERAGE = Coverage(medicines=2, situations=1)
REPORT = NamesReport(
    readings=[
        NameReading("example", KnownName(NameKind.MEMBER, ("example",)), ["example antibiotics"])
    ],
    ambiguous=[
        NameReading(
            "examplor",
            KnownName(
                NameKind.BRAND, ("example",), Medicines(("exampline", "examplone"), by_country=True)
            ),
            ["example antibiotics"],
        )
    ],
    unchecked=[UncheckedName("examplcycline", []), UncheckedName("examplin", ["examplon"])],
    partial=[UncheckedName("examplide", ["examplor"])],
    guesses={"examplcycline": ["examplecycline"], "exampl": ["example", "examplo"]},
    left_aside=["5 mg, at night"],
    unmatched=["example"],
    has_class=True,
)
NOTHING = NamesReport([], [], [], [], {}, [], [], has_class=False)


def examples() -> Iterator[Example]:
    """The form, the names it recognised, the answer, the entries that warn."""
    yield from _form()
    retry = SpellingRetry("#", ["examplecycline"], [("medicines", "examplecycline")])
    yield example("remedies/check/_names.html", "", report=REPORT, retry=retry)
    yield example("remedies/check/_spelling_retry.html", "", retry=retry)
    warnings = _warnings()
    yield from _answer(warnings)
    yield from _warned_entries(warnings)


def _form() -> Iterator[Example]:
    terms = [
        Term("example", "medicine", "example antibiotics", ("examplecycline", "examplomycin")),
        Term("pregnancy", "life", "pregnant"),
    ]
    groups = group_terms(terms)
    form = CheckForm(groups, "examplecycline", {"pregnancy"})
    remedy = sample_remedy()
    page = KeyPage([remedy], before=remedy.slug, after=remedy.slug)
    yield example("remedies/check/_promise.html", "")
    yield example("remedies/check/_fields.html", "", form=form)
    for name, shown in (("", KeyPage([remedy])), ("others on further pages", page)):
        offer, picked = Offer(shown, []), {remedy.slug}
        yield example("remedies/check/_form.html", name, offer=offer, picked=picked, form=form)
    yield example("remedies/check/_offer_pages.html", "", page=page)
    yield example("remedies/check/_closed.html", "", remedies=[remedy], form=form)
    avoid_context = {"condition": sample_condition(), "sort": "name", "form": form}
    yield example("remedies/check/_avoid_form.html", "", is_open=True, **avoid_context)
    for group in groups:
        yield example("remedies/check/_group.html", str(group.kind.label), group=group, ticked=())


def _warnings() -> list[ApplicableWarning]:
    interaction = InteractionRow(
        substance="example antibiotics",
        effect="Less of it is absorbed.",
        severity=InteractionSeverity.MAJOR,
        action=InteractionAction.APART,
        advice="Take them hours apart.",
        checked=False,
    )
    precaution = PrecautionRow(
        kind=PrecautionKind.PREGNANCY,
        severity=PrecautionSeverity.STOP,
        who="you are pregnant",
        text="Ask a midwife.",
        checked=False,
    )
    return [
        ApplicableWarning("Example", "example", "", interaction, ("examplecycline",)),
        ApplicableWarning("Example", "example", "Insomnia", precaution, ("pregnant",)),
    ]


def _answer(warnings: list[ApplicableWarning]) -> Iterator[Example]:
    marked = [MarkedWarning(warning, PageReferences([]).marks([])) for warning in warnings]
    for shown in marked:
        yield example("remedies/check/_finding.html", "", warning=shown.warning, marks=shown.marks)
    yield example("remedies/check/_summary.html", "", counts=WarningCounts(3, 5, 2))
    for title, rows in (("", marked), ("nothing found", [])):
        result = CheckResult(rows, REPORT, [], [sample_remedy()], COVERAGE)
        yield example("remedies/check/_answer.html", title, result=result)


def _warned_entries(warnings: list[ApplicableWarning]) -> Iterator[Example]:
    warned = [
        EntryWarnings(sample_entry("benefit", "moderate", pk=1), warnings),
        EntryWarnings(sample_entry("none", "high", pk=2), warnings[:1]),
    ]
    yield example("remedies/check/_matched_entries.html", "", rows=warned)
    for title, (excluded, others) in {"": (warned[:1], warned[1:]), "nothing": ([], [])}.items():
        partition = Partition(excluded, others, [], NOTHING, COVERAGE)
        yield example(
            "remedies/check/_partition.html",
            title,
            partition=partition,
            condition=sample_condition(),
        )
