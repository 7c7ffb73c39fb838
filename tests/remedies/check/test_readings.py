"""Medicines as people type and paste them, each with the reading that a pharmacist expects (readings.yaml)."""

from pathlib import Path

import pytest
import yaml
from django.db import connection
from django.test.utils import CaptureQueriesContext

from remedies.check.interactions import match_circumstances
from remedies.check.names import ParsedNames
from remedies.check.readings import read_names
from remedies.check.vocabulary import ANY_MEDICINE, index_names, slugs_of
from tests.counts import count
from tests.remedies.check.vocabulary import TERMS, read

LISTED = yaml.safe_load((Path(__file__).parent / "readings.yaml").read_text(encoding="utf-8"))
READINGS = [row for rows in LISTED.values() for row in rows]
FIELDS = {"typed", "read", "kinds", "missing", "unknown", "ask"}
OWN_NAMES = index_names(TERMS)


def slugs_of_medicine(name: str) -> set[str]:
    """What holds for a medicine, from the circumstances alone; one that is in none is taken by mouth."""
    return set(slugs_of(name, OWN_NAMES)) or {ANY_MEDICINE}


def test_there_are_enough_and_each_stands_once() -> None:
    typed = [row["typed"] for row in READINGS]
    assert len(set(typed)) == len(typed) >= 200
    assert all(row.keys() <= FIELDS for row in READINGS)


@pytest.mark.parametrize("row", READINGS, ids=lambda row: row["typed"][:40])
def test_it_is_read_as_a_pharmacist_would(row) -> None:
    parsed = read(row["typed"])
    assert parsed.unknown == row.get("unknown", [])
    assert sorted(parsed.missing) == sorted(row.get("missing", []))
    assert {name: parsed.guesses.get(name) for name in row.get("ask", {})} == row.get("ask", {})
    kinds = set(row.get("kinds", []))
    assert kinds <= parsed.names_by_term.keys()
    medicines = row.get("read", [])
    expected = set().union(*map(slugs_of_medicine, medicines))
    assert expected <= parsed.names_by_term.keys()
    if not kinds:
        assert parsed.names_by_term.keys() - {ANY_MEDICINE} == expected - {ANY_MEDICINE}


def test_every_name_says_what_it_was_taken_for() -> None:
    names = {term.slug: term.name.casefold() for term in TERMS}
    for row in READINGS:
        parsed = read(row["typed"])
        said = " ".join(map(str, read_names(parsed, TERMS))).casefold()
        assert all(f"{name.casefold()}: " in said for name in parsed.recognised), row
        for medicine in [*row.get("read", []), *row.get("missing", [])]:
            of_medicine = [names[slug] for slug in slugs_of_medicine(medicine)]
            assert medicine in said or any(name in said for name in of_medicine), row
        assert all(names[slug] in said for slug in row.get("kinds", [])), row


def test_every_medicine_is_one_taken_by_mouth() -> None:
    medicines = {term.slug for term in TERMS if term.kind == "medicine"}
    for row in READINGS:
        parsed = read(row["typed"])
        if parsed.unknown or not medicines.isdisjoint(parsed.names_by_term):
            assert ANY_MEDICINE in match_circumstances([], parsed, TERMS), row


def test_the_same_queries_are_asked_whatever_is_typed(content, client) -> None:
    asked = set()
    for row in READINGS[:: count(small=5, full=1)]:
        with CaptureQueriesContext(connection) as queries:
            response = client.post("/check/", {"r": "magnesium", "medicines": row["typed"]})
        assert response.status_code == 200, row["typed"]
        asked.add(tuple(query["sql"] for query in queries.captured_queries))
    assert len(asked) == 1
    assert len(asked.pop()) == 6  # the last is that of safety notices


def test_nothing_that_was_typed_is_in_a_repr() -> None:
    parsed = read("Coumadin, foo, 5 mg")
    shown = [parsed, *read_names(parsed, TERMS)]
    assert isinstance(parsed, ParsedNames)
    assert not any("oumadin" in repr(each) or "foo" in repr(each) for each in shown)
