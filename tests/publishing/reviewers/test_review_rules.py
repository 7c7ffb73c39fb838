"""Twelve months are twelve months, and a digest is of the document alone."""

from datetime import date

import pytest

from publishing.reviewers.review_rules import (
    document_digest,
    is_statement_current,
    last_day_of_statement,
    review_counts,
)


@pytest.mark.parametrize(
    ("dated", "on", "holds"),
    [
        (date(2026, 3, 2), date(2026, 3, 1), False),
        (date(2026, 3, 2), date(2026, 3, 2), True),
        (date(2026, 3, 2), date(2027, 3, 2), True),
        (date(2026, 3, 2), date(2027, 3, 3), False),
        (date(2024, 2, 29), date(2025, 2, 28), True),
        (date(2024, 2, 29), date(2025, 3, 1), False),
    ],
)
def test_a_statement_holds_from_its_day_for_twelve_months(dated, on, holds):
    assert is_statement_current(dated, on) is holds
    assert last_day_of_statement(dated).year == dated.year + 1


def test_a_review_counts_with_both_on_its_day():
    day = date(2026, 3, 2)
    assert review_counts(reviewed_on=day, checked_on=day, statement_dated=day)
    assert not review_counts(reviewed_on=day, checked_on=date(2026, 3, 3), statement_dated=day)
    assert not review_counts(reviewed_on=day, checked_on=day, statement_dated=date(2025, 3, 1))


def test_the_order_of_fields_is_no_part_of_a_digest():
    assert document_digest({"a": 1, "b": "é"}) == document_digest({"b": "é", "a": 1})
    assert document_digest({"a": 1}) != document_digest({"a": 2})
