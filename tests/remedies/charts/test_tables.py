"""On the content as it is shipped: a chart and its table hold the same figures, and its words a finding."""

import re
from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from remedies.models import Remedy, RemedyConditionEntry
from remedies.pages.entry import EntryPart, entry_page
from remedies.pages.remedy import remedy_page
from tests.reading import SVG, Page, find, words

pytestmark = pytest.mark.every_page


@pytest.fixture(scope="module")
def parts(django_db_setup, _loaded_pack, django_db_blocker) -> list[EntryPart]:
    with django_db_blocker.unblock():
        entries = RemedyConditionEntry.objects.published().select_related("remedy", "condition")
        return [entry_page(entry).part for entry in entries]


def drawn(template: str, **context: object) -> Page:
    html = render_to_string(f"remedies/{template}.html", context)
    return Page(f"<!doctype html><title>x</title><body>{html}")


def cells(row) -> list[str]:
    return [words(cell) for cell in find(row, "td")]


def values(page: Page) -> list[str]:
    return [words(value) for value in page.all("p", class_="chart__value")]


def table_rows(page: Page) -> list:
    return [row for body in page.all("tbody") for row in find(body, "tr")]


def places(row, element: str, attribute: str) -> list[Decimal]:
    return [Decimal(each.get(attribute).removesuffix("%")) for each in find(row, f"{SVG}{element}")]


def test_doses(parts):
    seen = 0
    for part in (part for part in parts if part.dose_chart):
        page = drawn("charts/_dose_chart", doses=part.doses, chart=part.dose_chart)
        rows = page.all("li", class_="chart__row")
        for row, line, dose in zip(rows, table_rows(page), part.doses, strict=True):
            given, on_axis, *_rest = cells(line)
            value = words(next(find(row, "p", class_="chart__value")))
            assert dose.amount in given
            if on_axis == "not drawn":
                assert not list(find(row, f"{SVG}rect"))
                continue
            assert on_axis == value
            bars = list(find(row, f"{SVG}rect"))
            end = max(
                Decimal(bar.get("x").rstrip("%")) + Decimal(bar.get("width").rstrip("%"))
                for bar in bars
            )
            length = 100 * dose.drawn.high / end
            top = Decimal(re.findall(r"[\d.,]+", value)[-1].replace(",", ""))
            assert abs(top - dose.drawn.high) <= dose.drawn.high / 100
            assert abs(length - _length(part)) <= length / 50
            seen += 1
    assert seen > 40


def _length(part: EntryPart) -> Decimal:
    """The value at the end of the axis, from its last tick."""
    tick = part.dose_chart.axis.ticks[-1]
    return 100 * Decimal(tick.text.replace(",", "")) / tick.place


def test_forest_plots(parts):
    seen = 0
    for figures in (part.figures for part in parts if part.figures):
        page = drawn("pages/_figures", figures=figures)
        for value, row in zip(values(page), table_rows(page), strict=True):
            _who, _people, effect, interval = cells(row)
            assert value == f"{effect} {interval}".replace("not given", "interval not given")
            seen += 1
        sentence = page.one(f"{SVG}svg", role="img").get("aria-label")
        for lines in (figures.same, figures.apart):
            assert not lines or f"{len(lines)} result" in sentence
    assert seen > 10


def test_studies(parts):
    """Each circle has a row of words with the people and, for listeners, the direction."""
    seen = 0
    for studies in (part.studies for part in parts if part.studies):
        page = drawn("charts/_study_chart", studies=studies)
        lines = [line for _heading, lines in studies.groups for line in lines]
        rows = page.all("li", class_="chart__row")
        for row, line in zip(rows, lines, strict=True):
            text = words(row)
            people = line.dot.row.people
            assert (f"{people:,}" if people is not None else "People not given") in text
            assert str(line.dot.row.direction.label) in text
            seen += 1
    assert seen > 50


def test_staircases(parts):
    for part in parts:
        short = drawn("charts/_staircase", ledger=part.staircase)
        changes = [words(value).split()[0] for value in short.all("p", class_="chart__value")]
        assert len(changes) == len(part.grade.steps)
        for change, step in list(zip(changes, part.grade.steps, strict=True))[1:]:
            assert int(change.replace("−", "-")) == step.change
        widths = places(short.root, "rect", "width")
        assert {25 * step.level for step in part.grade.steps} <= {int(each) for each in widths}


def test_official_figures(content):
    pages = [remedy_page(remedy) for remedy in Remedy.objects.published()]
    seen = 0
    for part in (page.part for page in pages if page.part.upper or page.part.recommended):
        page = drawn("pages/_limits", recommended=part.recommended, upper=part.upper)
        unit = part.recommended.chart.unit.label
        for value, row in zip(values(page), table_rows(page), strict=True):
            amount = cells(row)[0]
            assert amount in {value, f"{value} {unit} a day"} or value == _converted(amount)
            seen += 1
        harms = [limit.row.harm_below for limit in part.upper if limit.row.harm_below]
        assert [words(each) for each in page.all("p", class_="chart__caution")] == harms
    assert seen > 30


def _converted(amount: str) -> str:
    """“5 g a day” as milligrams; no other unit of a limit differs from that of its axis."""
    return f"{int(amount.split()[0]) * 1000:,}"


def test_every_drawing_says_a_finding_in_a_sentence(parts):
    for part in parts:
        html = drawn("pages/_doses", part=part).all(f"{SVG}svg", role="img")
        html += drawn("pages/_evidence", part=part).all(f"{SVG}svg", role="img")
        for picture in html:
            assert re.fullmatch(r"[A-Z0-9].+\.", picture.get("aria-label"))
