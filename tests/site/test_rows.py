from datetime import date
from decimal import Decimal
from typing import Annotated

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from citations.document import from_document, to_document
from citations.models import Citation
from citations.schema import CitationDocument
from conditions.models import RedFlag
from conditions.schema import ConditionDocument, RedFlagRow
from remedies.choices import Basis, Effect, Per, Unit
from remedies.models import Circumstance, DoseRegimen, RemedyConditionEntry
from remedies.schema import CircumstanceDocument, RegimenRow
from remedies_site.documents import Document, RefersTo
from remedies_site.rows import column_values, read_document, read_row, write_document, write_rows
from tests.factories import make_citation, make_condition, make_entry, make_remedy

pytestmark = pytest.mark.django_db

FULL = CitationDocument(
    key="Jadidi2022",
    title="Does magnesium help?",
    authors=["Jadidi A", "Rezaei Ashtiani A", "et al."],
    container="BMC Complement Med Ther 22:1",
    publisher="BMC",
    year=2022,
    doi="10.1186/s12906-022-03831-y",
    pmid="36587225",
    pmcid="PMC9804944",
    nct="NCT12345678",
    url="https://example.org/a",
    accessed_on="2026-01-02",
    study_type="randomised_trial",
    sample_size=75,
    funding="A university.",
    retracted_on="2026-02-03",
)


@pytest.fixture
def works():
    return {key: make_citation(key) for key in ("A1", "B2")}


def test_a_citation_goes_into_its_row_and_back():
    from_document(Citation(), FULL)
    stored = Citation.objects.get()
    assert to_document(stored) == FULL
    assert stored.author_list == ["Jadidi A", "Rezaei Ashtiani A", "et al."]


def test_the_least_citation_goes_into_its_row_and_back():
    least = CitationDocument(key="A", title="A", study_type="cohort", pmid="1")
    from_document(Citation(), least)
    assert to_document(Citation.objects.get()) == least


def test_an_empty_line_among_the_authors_names_nobody():
    work = make_citation(authors="Jadidi A\n\n Khatami M \n")
    assert to_document(work).authors == ["Jadidi A", "Khatami M"]


def test_rows_keep_their_order_and_their_citations(works):
    condition = make_condition()
    flags = [
        RedFlagRow(text="it is sudden", citations=["A1", "B2"]),
        RedFlagRow(text="it is on one side", checked=False),
    ]
    write_rows(condition, "red_flags", flags, works)
    assert [read_row(flag, RedFlagRow) for flag in condition.red_flags.all()] == flags
    assert [flag.position for flag in condition.red_flags.all()] == [1, 2]


def test_writing_rows_replaces_those_that_were_there(works):
    condition, other = make_condition(), make_condition()
    for owner in (condition, other):
        write_rows(owner, "red_flags", [RedFlagRow(text="old", citations=["A1"])], works)
    write_rows(condition, "red_flags", [RedFlagRow(text="new", citations=["B2"])], works)
    assert [flag.text for flag in condition.red_flags.all()] == ["new"]
    assert [flag.text for flag in other.red_flags.all()] == ["old"]


def test_rows_that_the_database_refuses_leave_the_old_ones(works):
    condition = make_condition()
    write_rows(condition, "red_flags", [RedFlagRow(text="old", citations=["A1"])], works)
    empty = RedFlagRow.model_construct(text="", citations=["A1"], checked=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        write_rows(condition, "red_flags", [empty], works)
    assert RedFlag.objects.get().text == "old"


def test_the_words_of_lists_become_columns_and_absent_words_become_empty(works):
    whole = RegimenRow(form="oxide", amount=250, unit="mg", per="day", basis="salt", citation="A1")
    columns = column_values(whole, DoseRegimen)
    assert (columns["unit"], columns["per"], columns["basis"]) == ("mg", "day", "salt")
    assert type(columns["unit"]) is str
    assert columns["amount"] == Decimal(250)
    bare = column_values(
        RegimenRow(form="oxide", citation="A1"), DoseRegimen, leave_out={"citation"}
    )
    assert (bare["unit"], bare["per"], bare["basis"], bare["amount"]) == ("", "", "", None)
    assert "citation" not in bare


def test_a_row_reads_its_words_from_their_lists(works):
    row = DoseRegimen(
        form="oxide", amount="250", unit="mg", per="day", basis="salt", citation=works["A1"]
    )
    read = read_row(row, RegimenRow)
    assert (read.unit, read.per, read.basis) == (Unit.MG, Per.DAY, Basis.SALT)
    assert read.citation == "A1"


def test_values_that_are_no_columns_are_given_along(works):
    read = read_row(RedFlag(text="it is sudden"), RedFlagRow, citations=["B2"])
    assert read.citations == ["B2"]


class _Reasons(Document):
    mechanism: str = ""
    clinical: str = ""


class _Entry(Document):
    remedy: Annotated[str, RefersTo("slug")]
    rationale: _Reasons
    effect: Effect
    written_on: date | None = None


def test_a_nested_document_is_read_from_columns_of_the_same_row_and_written_there():
    entry = make_entry(published=False, mechanism="It binds.")
    document = read_document(entry, _Entry)
    assert (document.remedy, document.rationale.mechanism) == (entry.remedy.slug, "It binds.")
    changed = document.model_copy(
        update={"rationale": _Reasons(clinical="It is used."), "effect": Effect.HARM}
    )
    other = make_remedy()
    write_document(entry, changed, {}, remedy=other)
    stored = RemedyConditionEntry.objects.get(pk=entry.pk)
    assert (stored.mechanism, stored.clinical, stored.effect) == ("", "It is used.", "harm")
    assert (stored.remedy, stored.written_on) == (other, document.written_on)


def test_lines_of_a_text_column_are_a_list_in_the_document():
    circumstance = Circumstance(slug="a", kind="medicine", name="a", members="one\ntwo")
    document = read_row(circumstance, CircumstanceDocument)
    assert document.members == ["one", "two"]
    assert column_values(document, Circumstance)["members"] == "one\ntwo"


def test_a_document_leaves_columns_that_it_does_not_hold():
    entry = make_entry(published=False)
    document = read_document(entry, _Entry)
    RemedyConditionEntry.objects.filter(pk=entry.pk).update(up_count=7)
    write_document(entry, document, {}, remedy=entry.remedy)
    assert RemedyConditionEntry.objects.get(pk=entry.pk).up_count == 7


def test_a_draft_takes_as_many_queries_however_many_rows_it_has():
    def queries(rows: int) -> int:
        condition = make_condition(published=False)
        flags = [RedFlagRow(text=f"sign {'i' * row}", citations=["A1"]) for row in range(rows)]
        write_rows(condition, "red_flags", flags, {"A1": work})
        with CaptureQueriesContext(connection) as captured:
            assert len(read_document(condition, ConditionDocument).red_flags) == rows
        return len(captured)

    work = make_citation("A1")
    assert queries(1) == queries(5) == 3
