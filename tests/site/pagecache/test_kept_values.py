"""What is counted over all content is counted once for each state of it, and never shown when old."""

import pytest
from django.db import connection, transaction

from conditions.models import Condition
from remedies_site.pagecache import triggers
from remedies_site.pagecache.kept_values import derived, derived_many
from tests.factories import make_condition


def count_conditions() -> int:
    return Condition.objects.count()


@pytest.mark.django_db(transaction=True)
def test_a_value_is_computed_again_after_a_change_of_content_and_only_then():
    calls = []

    def compute() -> int:
        calls.append(1)
        return count_conditions()

    assert [derived("n", compute), derived("n", compute)] == [0, 0]
    make_condition()
    assert [derived("n", compute), derived("n", compute)] == [1, 1]
    assert len(calls) == 2


@pytest.mark.django_db(transaction=True)
def test_only_missing_keys_are_computed_and_what_gives_nothing_is_tried_again():
    make_condition()
    asked = []

    def compute(keys: list[int]) -> dict[int, str]:
        asked.append(keys)
        return {key: str(key) for key in keys if key != 3}

    assert derived_many("m", [1, 3], compute) == {1: "1"}
    assert derived_many("m", [1, 2, 3], compute) == {1: "1", 2: "2"}
    assert asked == [[1, 3], [2, 3]]


@pytest.mark.django_db(transaction=True)
def test_inside_a_transaction_nothing_is_kept():
    make_condition()
    assert derived("t", count_conditions) == 1
    try:
        with transaction.atomic():
            make_condition()
            assert derived("t", count_conditions) == 2
            raise InterruptedError
    except InterruptedError:
        pass
    assert derived("t", count_conditions) == 1


@pytest.mark.django_db(transaction=True)
def test_without_versions_everything_is_computed_each_time():
    triggers.remove()
    try:
        assert derived("v", count_conditions) == 0
        make_condition()
        assert derived("v", count_conditions) == 1
    finally:
        triggers.refresh()
    assert connection.in_atomic_block is False
