"""Examples of the private check; what is entered is made up."""

from collections.abc import Iterator

from citations.references import PageReferences
from remedies.check import services
from remedies.check.interactions import Finding
from remedies.check.names import ParsedNames, Term
from remedies.choices import (
    InteractionAction,
    InteractionSeverity,
    PrecautionKind,
    PrecautionSeverity,
)
from remedies.schema import InteractionRow, PrecautionRow
from workbench.gallery.example import Example, example
from workbench.gallery.examples.condition_parts import sample_condition
from workbench.gallery.examples.sample_documents import sample_entry, sample_remedy

COVERAGE = services.Coverage(medicines=2, situations=1)
TYPED = ParsedNames(unknown=["examplcycline"], guesses={"examplcycline": "examplecycline"})


def examples() -> Iterator[Example]:
    """The form, the names it recognised, the answer, the entries that warn."""
    yield from _form()
    retry = services.Again("#", ["examplecycline"], [("medicines", "examplecycline")])
    yield example("remedies/_check_names.html", "", typed=TYPED, quiet=["example"], again=retry)
    yield example("remedies/_check_again.html", "", again=retry)
    findings = _findings()
    yield from _answer(findings)
    yield from _warned_entries(findings)


def _form() -> Iterator[Example]:
    terms = [
        Term("example", "medicine", "example antibiotics", ("examplecycline", "examplomycin")),
        Term("pregnancy", "life", "pregnant"),
    ]
    groups = services.term_groups(terms)
    form = services.CheckForm(groups, "examplecycline", {"pregnancy"})
    context = {"remedies": [sample_remedy()], "form": form, "picked": {sample_remedy().slug}}
    yield example("remedies/_check_promise.html", "")
    yield example("remedies/_check_fields.html", "", form=form)
    yield example("remedies/_check_form.html", "", choose=True, **context)
    yield example("remedies/_check_closed.html", "", **context)
    avoid_context = {"condition": sample_condition(), "sort": "name", "form": form}
    yield example("conditions/_avoid_form.html", "", is_open=True, **avoid_context)
    for group in groups:
        yield example("remedies/_check_group.html", str(group.kind.label), group=group, chosen=())


def _findings() -> list[Finding]:
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
        Finding("Example", "example", "", interaction, ("examplecycline",)),
        Finding("Example", "example", "Insomnia", precaution, ("pregnant",)),
    ]


def _answer(findings: list[Finding]) -> Iterator[Example]:
    shown_findings = [services.Found(finding, PageReferences([]).marks([])) for finding in findings]
    for shown in shown_findings:
        yield example("remedies/_check_finding.html", "", finding=shown.finding, marks=shown.marks)
    for title, rows in (("", shown_findings), ("nothing found", [])):
        answer = services.Answer(rows, TYPED, [], [], [sample_remedy()], COVERAGE)
        yield example("remedies/_check_answer.html", title, answer=answer)


def _warned_entries(findings: list[Finding]) -> Iterator[Example]:
    warned = [
        services.Warned(sample_entry("benefit", "moderate", pk=1), findings),
        services.Warned(sample_entry("none", "high", pk=2), findings[:1]),
    ]
    yield example("conditions/_warned_list.html", "", warned=warned)
    for title, (left_out, others) in {"": (warned[:1], warned[1:]), "nothing": ([], [])}.items():
        parted = services.Partition(left_out, others, [], ParsedNames(), [], COVERAGE)
        yield example("conditions/_parted.html", title, parted=parted, condition=sample_condition())
