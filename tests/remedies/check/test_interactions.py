"""Which warnings apply, and because of what, as tables."""

import pytest

from remedies.check.interactions import ANY_MEDICINE, Rows, circumstances, findings, taken_together
from remedies.check.names import ParsedNames, Term
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
    ("chosen", "typed", "slugs"),
    [
        ([], ParsedNames(), set()),
        (["pregnancy"], ParsedNames(), {"pregnancy"}),
        (["warfarin"], ParsedNames(), {"warfarin", ANY_MEDICINE}),
        ([], ParsedNames(unknown=["x"]), {ANY_MEDICINE}),
        (["no-such"], ParsedNames(found={"warfarin": ["W"]}), {"warfarin", ANY_MEDICINE}),
    ],
)
def test_every_medicine_is_also_a_medicine_by_mouth(chosen, typed, slugs):
    assert circumstances(chosen, typed, TERMS).keys() == slugs


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
    rows = Rows(
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
    found = findings([rows], {"a": ["A"], "b": ["B"]})
    assert [getattr(one.row, "substance", "") or one.row.who for one in found] == [
        *("moderate avoid", "stop", "major apart", "ask", "minor know", "note")
    ]
    assert found[2].because == ("A", "B")
    assert all(one.caution_only for one in found)
    assert [one.to_avoid for one in found] == [True, True, False, True, False, False]


def test_every_name_that_brings_a_warning_is_told():
    typed = ParsedNames(found={"anticoagulants": ["warfarin", "heparin"]}, unknown=["x"])
    because = circumstances(["anticoagulants"], typed, TERMS)
    assert because["anticoagulants"] == ["blood thinners", "warfarin", "heparin"]
    assert because[ANY_MEDICINE] == ["blood thinners", "warfarin", "heparin", "x"]


def test_remedies_are_held_against_each_other_and_never_against_themselves():
    terms = [Term("iron-tablets", "substance", "iron tablets", ("iron",))]
    row = interaction("major", "apart", "iron-tablets")
    both = [Rows("Iron", "iron", interactions=[row]), Rows("Zinc", "zinc", interactions=[row])]
    (found,) = findings(both, {}, taken_together(both, terms))
    assert (found.remedy, found.because) == ("Zinc", ("Iron",))
    assert findings(both[:1], {}, taken_together(both[:1], terms)) == []
