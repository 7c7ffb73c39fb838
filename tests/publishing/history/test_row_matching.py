"""Rows are known again by what they are, and as few as can be count as moved."""

import time

from hypothesis import given
from hypothesis import strategies as st

from publishing.history.row_matching import RowPair, match_rows

A, B, C, D = ({"citation": name, "text": f"What {name} found of sleep."} for name in "ABCD")
IDENTITY = ("citation",)
rows = st.lists(st.sampled_from([A, B, C, D, {"text": "x"}, {}]), max_size=7)


@given(rows, rows)
def test_every_row_of_both_lists_is_in_one_pair(before, after):
    pairs = match_rows(before, after, IDENTITY)
    assert sorted(pair.before for pair in pairs if pair.before is not None) == list(
        range(len(before))
    )
    assert [pair.after for pair in pairs if pair.after is not None] == list(range(len(after)))


@given(rows, rows)
def test_rows_that_did_not_move_keep_their_order(before, after):
    pairs = match_rows(before, after, IDENTITY)
    kept = [pair.before for pair in pairs if None not in (pair.before, pair.after)]
    still = [
        pair.before
        for pair in pairs
        if pair.after is not None and pair.before is not None and not pair.is_moved
    ]
    assert still == sorted(still)
    assert not any(pair.is_moved for pair in pairs) or kept != sorted(kept)


@given(rows)
def test_the_same_list_moves_nothing(before):
    assert match_rows(before, before, IDENTITY) == [
        RowPair(place, place) for place in range(len(before))
    ]


def test_a_row_moves_past_others_that_stay():
    assert match_rows([A, B, C, D], [D, A, B, C]) == [
        *(RowPair(3, 0, is_moved=True), RowPair(0, 1), RowPair(1, 2), RowPair(2, 3)),
    ]


def test_an_insertion_moves_nothing():
    assert match_rows([A, B], [C, A, B]) == [RowPair(None, 0), RowPair(0, 1), RowPair(1, 2)]


def test_what_was_taken_out_stands_where_it_was():
    assert match_rows([A, B, C], [A, C]) == [RowPair(0, 0), RowPair(1, None), RowPair(2, 1)]
    assert match_rows([A, B], []) == [RowPair(0, None), RowPair(1, None)]


def test_a_row_with_the_same_identity_is_the_same_row_though_all_else_differs():
    new = {"citation": "A", "text": "Quite another sentence, about pain."}
    assert match_rows([B, A], [new, B], IDENTITY) == [RowPair(1, 0, is_moved=True), RowPair(0, 1)]


def test_a_row_without_one_is_known_by_half_of_its_words():
    old = {"kind": "caution", "text": "Ask a doctor before you take it with antibiotics."}
    near = {"kind": "caution", "text": "Ask a pharmacist before you take it with antibiotics."}
    other = {"kind": "caution", "text": "It may loosen the stool."}
    assert match_rows([old], [near]) == [RowPair(0, 0)]
    assert match_rows([old], [other]) == [RowPair(0, None), RowPair(None, 0)]


def test_of_several_the_most_similar_is_the_one():
    old = [
        {"citation": "A", "outcome": "sleep", "text": "People slept longer."},
        {"citation": "A", "outcome": "pain", "text": "Pain was the same."},
    ]
    new = [{"citation": "A", "outcome": "pain", "text": "Pain was much the same."}]
    assert match_rows(old, new, IDENTITY) == [RowPair(0, None), RowPair(1, 0)]


def test_long_lists_are_matched_in_time_by_identity_alone():
    text = (
        "A sentence with a number of words in it, that is the same in every row of the list. " * 5
    )
    old = [{"citation": f"W{number}", "text": text} for number in range(400)]
    new = [row | {"text": f"{row['text']} More."} for row in reversed(old)]
    start = time.process_time()
    pairs = match_rows(old, new, IDENTITY)
    assert time.process_time() - start < 2
    assert {(pair.before, pair.after) for pair in pairs} == {(n, 399 - n) for n in range(400)}
    nameless = match_rows([{"text": text}] * 3, [{"text": f"{text} x"}] * 1000)
    assert sum(pair.before is None for pair in nameless) == 1000
