"""The four answers at the top of an entry: each number is one that the page shows further down."""

from decimal import Decimal

import pytest

from remedies.choices import Basis, LimitKind, Unit
from remedies.doses.limits import DailyDose
from remedies.grading.record import GradeRecord
from remedies.models import RemedyConditionEntry
from remedies.pages.board import format_board_limits
from remedies.pages.entry import entry_page
from remedies.pages.parts import format_counted
from remedies.schema import LimitRow

pytestmark = pytest.mark.every_page

DOSE = DailyDose(Decimal(151), Decimal(301), Unit.MG, Basis.ELEMENTAL)


def limit(amount: int, authority: str, **values: object) -> LimitRow:
    row = {
        "kind": LimitKind.UPPER,
        "authority": authority,
        "population": "adults",
        "adults": True,
        "amount": Decimal(amount),
        "unit": Unit.MG,
        "basis": Basis.ELEMENTAL,
        "citations": ["Example2020"],
    }
    return LimitRow.model_validate(row | values)


def test_limits_stand_lowest_first_in_the_unit_of_the_dose():
    limits = [
        limit(350, "Institute of Medicine (US)"),
        limit(250, "EFSA (EU)"),
        limit(1, "Gram office (UK)", unit=Unit.G),
        limit(65, "Institute of Medicine (US)", adults=False),
        limit(320, "Institute of Medicine (US)", kind=LimitKind.RECOMMENDED),
    ]
    assert format_board_limits(DOSE, limits) == (
        "Of the mineral itself. Upper limits: 250 (EU), 350 (US), 1,000 (UK)."
    )


def test_limits_that_measure_something_else_are_not_put_beside_the_dose():
    other = [limit(350, "Institute of Medicine (US)", basis=Basis.SUBSTANCE)]
    assert format_board_limits(DOSE, other) == "The upper limits measure something else."
    assert format_board_limits(DOSE, []) == "No upper limit on file."


def test_without_a_study_that_counts_the_board_says_so():
    grade = GradeRecord(version="1", certainty="no_studies", effect="unknown")
    assert format_counted(grade, {}) == "no study counts"


@pytest.mark.django_db
def test_the_board_counts_what_the_page_lists(content):
    entries = list(RemedyConditionEntry.objects.published().select_related("remedy", "condition"))
    assert len(entries) > 40
    for entry in entries:
        part = entry_page(entry).part
        severities = [item.row.severity for item in part.warnings.interactions]
        assert part.board.must_not == len(part.stop_box.stops)
        assert part.board.ask_first == len(part.warnings.cautions)
        assert part.board.major == severities.count("major")
        assert part.board.other == len(severities) - part.board.major
        assert severities == sorted(severities, key=["major", "moderate", "minor"].index)
        if part.grade.people:
            assert f"{part.grade.people:,} p" in part.board.counted
