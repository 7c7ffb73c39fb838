"""docs/scaling.md is what its script computes from docs/performance.md."""

import pytest

from scripts.scaling import (
    BARE_VIEWS,
    BUSY,
    FIGURES,
    MIX,
    PAGE,
    PEAK,
    READS_A_DAY,
    cores,
    document,
    number,
    peak_requests,
    read_figures,
)

TEXT = FIGURES.read_text(encoding="utf-8")


def test_the_page_is_what_the_figures_give():
    assert PAGE.read_text(encoding="utf-8") == document(TEXT), "run: python -m scripts.scaling"


def test_other_figures_give_another_page():
    dearer = TEXT.replace(
        "| PostgreSQL | entry, signed in | ", "| PostgreSQL | entry, signed in | 9"
    )
    assert dearer != TEXT
    assert document(dearer) != document(TEXT)


def test_every_row_that_is_used_is_measured():
    figures = read_figures(TEXT, "PostgreSQL")
    assert {share.row for share in MIX} <= figures.keys()
    assert all(figures[share.row] > 0 for share in MIX)


def test_the_mix_is_of_ten_thousand():
    assert sum(share.of_10_000 for share in MIX) == 10_000


def test_cores_are_what_the_mix_costs_in_the_busiest_second():
    of_one = {share.row: 1.0 for share in MIX}
    reads = READS_A_DAY[-1]
    assert peak_requests(86_400) == PEAK
    assert cores(reads, of_one) == -(-peak_requests(reads) // (BARE_VIEWS * BUSY))
    assert cores(1, of_one) == 1


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.5787, "0.58"), (5.787, "5.8"), (57.87, "58"), (5787.0, "5,800"), (123456.0, "120,000")],
)
def test_numbers_say_no_more_than_is_known(value, text):
    assert number(value) == text
