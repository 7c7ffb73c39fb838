"""The doses of several studies as ranges: only like is joined with like."""

import pytest

from remedies.doses.ranges import format_shown_dose, shown_doses
from remedies.schema import RegimenRow


def regimen(
    amount: str, unit: str = "mg", basis: str = "elemental", **others: object
) -> RegimenRow:
    return RegimenRow(
        form="tablet", amount=amount, unit=unit, per="day", basis=basis, citation="A1", **others
    )


@pytest.mark.parametrize(
    ("regimens", "ranges"),
    [
        ([], []),
        ([regimen("368")], ["368 mg"]),
        ([regimen("250"), regimen("200")], ["200 to 250 mg"]),
        ([regimen("400", amount_max="800"), regimen("1", "g")], ["400 to 1,000 mg"]),
        ([regimen("250", basis="salt", compound="magnesium_oxide")], ["151 mg"]),
        ([regimen("2000", "IU", "substance"), regimen("3")], ["2,000 IU", "3 mg"]),
        ([regimen("225", basis="extract", amount_max="1215")], ["225 to 1,215 mg of extract"]),
        ([regimen("400", basis="not_stated"), regimen("5", adults=False)], []),
        ([regimen("1000", route="intravenous"), regimen("50")], ["50 mg"]),
        ([regimen("2.50", "g", "substance")], ["2.5 g"]),
    ],
)
def test_doses_of_one_measure_are_one_range(regimens, ranges):
    assert [format_shown_dose(dose) for dose in shown_doses(regimens)] == ranges
