"""Every correction of the second reading, and what the third must not lose, on the pages it belongs to."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.remedies.content.shipped import (
    CONDITIONS,
    ENTRIES,
    REMEDIES,
    matches,
    pages_of,
    words_of_page,
)

FILE = Path(__file__).with_name("corrections.yaml")
CORRECTIONS = yaml.safe_load(FILE.read_text(encoding="utf-8"))["corrections"]
KEYS = {"key", "remedy", "page", "stands", "gone", "rows", "no_rows", "one_row", "fields", "why"}
TESTED = KEYS - {"key", "remedy", "page", "why"}
LEAST = {
    "ashwagandha": 5,
    "calcium": 8,
    "cranberry": 3,
    "ginger": 4,
    "glucosamine": 2,
    "iron": 13,
    "magnesium": 39,
    "melatonin": 8,
    "omega-3": 13,
    "peppermint-oil": 2,
    "probiotics": 4,
    "psyllium": 15,
    "riboflavin": 6,
    "st-johns-wort": 8,
    "turmeric": 4,
    "valerian": 6,
    "vitamin-b6": 5,
    "vitamin-c": 3,
    "vitamin-d": 8,
    "zinc": 3,
    None: 11,
}
"""How many facts the readings have that pages must hold, for each remedy and for conditions (None)."""


def pages(correction: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The documents of each page that the correction is about."""
    remedy, where = correction.get("remedy"), correction["page"]
    if remedy is None:
        return [(CONDITIONS[where],)]
    if where == "overview":
        return [(REMEDIES[remedy],)]
    if where == "all":
        return [(REMEDIES[remedy],), *pages_of(remedy).values()]
    return [(REMEDIES[remedy], ENTRIES[remedy, where])]


def rows_of(documents: tuple[Any, ...], wanted: dict[str, Any]) -> list[Any]:
    """The rows of a page that have the fields."""
    fields = {name: value for name, value in wanted.items() if name != "in"}
    lists = (getattr(document, wanted["in"], []) for document in documents)
    return [row for rows in lists for row in rows if matches(row, fields)]


@pytest.mark.parametrize("correction", CORRECTIONS, ids=lambda c: c["key"])
def test_the_correction_stands_and_the_fault_is_gone(correction):
    for documents in pages(correction):
        words = words_of_page(*documents)
        for wanted in correction.get("stands", ()):
            assert re.search(wanted, words, re.IGNORECASE), wanted
        for fault in correction.get("gone", ()):
            assert not re.search(fault, words, re.IGNORECASE), fault
        for wanted in correction.get("rows", ()):
            assert rows_of(documents, wanted), wanted
        for fault in correction.get("no_rows", ()):
            assert not rows_of(documents, fault), fault
        for wanted in correction.get("one_row", ()):
            assert len(rows_of(documents, wanted)) == 1, wanted
        assert matches(documents[-1], correction.get("fields", {})), correction["fields"]


def test_no_correction_is_left_out():
    held = Counter(correction.get("remedy") for correction in CORRECTIONS)
    assert {name: held[name] for name, least in LEAST.items() if held[name] < least} == {}
    assert held.keys() == LEAST.keys()
    keys = [correction["key"] for correction in CORRECTIONS]
    assert len(set(keys)) == len(keys)


def test_each_correction_tests_something():
    for correction in CORRECTIONS:
        assert correction.keys() <= KEYS, correction["key"]
        assert correction.keys() & TESTED, correction["key"]


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("stands", ["words that no page holds"]),
        ("gone", ["magnesium"]),
        ("rows", [{"in": "evidence_items", "citation": "Frick2000", "people": 301}]),
        ("no_rows", [{"in": "evidence_items", "citation": "Frick2000", "people": 170}]),
        ("one_row", [{"in": "evidence_items", "citation": "Frick2000"}]),
        ("fields", {"effect": "benefit"}),
    ],
)
def test_a_correction_that_does_not_hold_is_seen(part, value):
    wrong = {"remedy": "magnesium", "page": "arrhythmia", part: value}
    with pytest.raises(AssertionError):
        test_the_correction_stands_and_the_fault_is_gone(wrong)
