"""Which warnings apply, and because of what, as tables."""

import pytest

from remedies.check.interactions import (
    ANY_MEDICINE,
    WarningSource,
    applicable_warnings,
    match_circumstances,
    match_other_remedies,
)
from remedies.check.names import ParsedNames
from remedies.check.vocabulary import Term
from remedies.schema import InteractionRow, PrecautionRow

TERMS = [
    Term(ANY_MEDICINE, "medicine", "any medicine taken by mouth"),
    Term("tetracyclines", "medicine", "tetracycline antibiotics", ("doxycycline", "tetracycline")),
    Term("thyroid", "medicine", "levothyroxine (for the thyroid)", ("levothyroxine",)),
    Term("anticoagulants", "medicine", "blood thinners", ("warfarin",)),
    Term("warfarin", "medicine", "warfarin", ("warfarin",)),
    Term("pregnancy", "life", "pregnant"),
]


@pytest.mark.parametrize(
    ("ticked", "parsed", "slugs"),
    [
        ([], ParsedNames(), set()),
        (["pregnancy"], ParsedNames(), {"pregnancy"}),
        (["warfarin"], ParsedNames(), {"warfarin", ANY_MEDICINE}),
        ([], ParsedNames(unknown=["x"]), {ANY_MEDICINE}),
        (["no-such"], ParsedNames(names_by_term={"warfarin": ["W"]}), {"warfarin", ANY_MEDICINE}),
    ],
)
def test_every_medicine_is_also_a_medicine_by_mouth(ticked, parsed, slugs):
    assert match_circumstances(ticked, parsed, TERMS).keys() == slugs


def interaction(severity, action, *terms):
    return InteractionRow(
        substance=f"{severity} {action}",
        effect="e",
        severity=severity,
        action=action,
        advice="a",
        checked=False,
        applies_to=list(terms),
    )


def precaution(severity, *terms):
    return PrecautionRow(
        kind="caution", severity=severity, who=severity, text="t", checked=False, applies_to=terms
    )


def test_the_loudest_comes_first_and_only_what_applies_comes():
    source = WarningSource(
        "R",
        "r",
        interactions=[
            interaction("minor", "know", "a"),
            interaction("moderate", "avoid", "a"),
            interaction("major", "apart", "a", "b"),
            interaction("major", "apart", "c"),
            interaction("moderate", "ask"),
        ],
        precautions=[precaution("note", "a"), precaution("ask", "b"), precaution("stop", "b")],
    )
    warnings = applicable_warnings([source], {"a": ["A"], "b": ["B"]})
    assert [getattr(each.row, "substance", "") or each.row.who for each in warnings] == [
        *("moderate avoid", "stop", "major apart", "ask", "minor know", "note")
    ]
    assert warnings[2].matched_on == ("A", "B")
    assert all(warning.caution_only for warning in warnings)
    assert [warning.to_avoid for warning in warnings] == [True, True, False, True, False, False]


def test_every_name_that_brings_a_warning_is_named():
    parsed = ParsedNames(names_by_term={"anticoagulants": ["warfarin", "heparin"]}, unknown=["x"])
    matched = match_circumstances(["anticoagulants"], parsed, TERMS)
    assert matched["anticoagulants"] == ["blood thinners", "warfarin", "heparin"]
    assert matched[ANY_MEDICINE] == ["blood thinners", "warfarin", "heparin", "x"]


def test_remedies_are_held_against_each_other_and_never_against_themselves():
    terms = [Term("iron-tablets", "substance", "iron tablets", ("iron",))]
    row = interaction("major", "apart", "iron-tablets")
    both = [
        WarningSource("Iron", "iron", interactions=[row]),
        WarningSource("Zinc", "zinc", interactions=[row]),
    ]
    (warning,) = applicable_warnings(both, {}, match_other_remedies(both, terms))
    assert (warning.remedy, warning.matched_on) == ("Zinc", ("Iron",))
    assert applicable_warnings(both[:1], {}, match_other_remedies(both[:1], terms)) == []
