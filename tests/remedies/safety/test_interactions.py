"""Matching of typed names, and which warnings apply, as tables."""

import pytest

from remedies.safety.interactions import (
    ANY_MEDICINE,
    MOST_NAMES,
    Rows,
    Term,
    Typed,
    circumstances,
    findings,
    match_names,
    split_names,
)
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
    ("text", "names"),
    [
        ("", []),
        (" ,;\r\n, ", []),
        ("a, b;c\nd\r\ne", ["a", "b", "c", "d", "e"]),
        ("a a,  a  a ", ["a a"]),
    ],
)
def test_names_stand_between_commas_semicolons_and_new_lines(text, names):
    assert split_names(text) == names


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("doxycycline", {"tetracyclines"}),
        ("DOXYCYCLINE", {"tetracyclines"}),
        ("Doxycycline 100 mg", {"tetracyclines"}),
        ("Tetracycline Antibiotics", {"tetracyclines"}),
        ("levothyroxine", {"thyroid"}),
        ("warfarin", {"anticoagulants", "warfarin"}),
        ("doxy", set()),
        ("doxycyclines", set()),
        ("doxycycline and warfarin", set()),
    ],
)
def test_a_name_is_found_whole_or_not_at_all(text, slugs):
    assert match_names(text, TERMS).found.keys() == slugs


@pytest.mark.parametrize(
    ("text", "guess"),
    [("doxycyclin", "doxycycline"), ("warfarine", "warfarin"), ("wax", ""), ("paracetamol", "")],
)
def test_a_misspelt_name_is_only_a_question(text, guess):
    typed = match_names(text, TERMS)
    assert typed.unknown == [text]
    assert typed.guesses.get(text, "") == guess


def test_more_names_than_are_looked_at_are_told():
    assert match_names(",".join(f"n{n}" for n in range(MOST_NAMES + 1)), TERMS).left_over
    assert match_names("a" * 81, TERMS).left_over
    assert not match_names("warfarin", TERMS).left_over


@pytest.mark.parametrize(
    ("chosen", "typed", "slugs"),
    [
        ([], Typed(), set()),
        (["pregnancy"], Typed(), {"pregnancy"}),
        (["warfarin"], Typed(), {"warfarin", ANY_MEDICINE}),
        ([], Typed(unknown=["x"]), {ANY_MEDICINE}),
        (["no-such"], Typed(found={"warfarin": "W"}), {"warfarin", ANY_MEDICINE}),
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
    found = findings([rows], {"a": "A", "b": "B"})
    assert [getattr(one.row, "substance", "") or one.row.who for one in found] == [
        *("moderate avoid", "stop", "major apart", "ask", "minor know", "note")
    ]
    assert found[2].because == ("A", "B")
    assert all(one.caution_only for one in found)
    assert [one.to_avoid for one in found] == [True, True, False, True, False, False]
