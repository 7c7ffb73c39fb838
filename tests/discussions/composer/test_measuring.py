"""The figures of the rules on comments that were labelled before the rules were written."""

from collections import Counter
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from discussions.composer import measuring
from discussions.composer.findings import FindingKind
from discussions.composer.measuring import (
    BUILD,
    HELD_OUT,
    LabelledComment,
    Score,
    measure,
    overall,
    read_examples,
)


@pytest.fixture(scope="module")
def examples() -> list[LabelledComment]:
    return read_examples(settings.BASE_DIR / "workbench")


@pytest.fixture
def held_out(examples, names) -> dict[FindingKind, Score]:
    return measure([example for example in examples if example.half == HELD_OUT], names)


def test_there_are_enough_examples_in_two_halves_and_no_text_is_in_both(examples):
    halves = Counter(example.half for example in examples)
    assert halves.keys() == {BUILD, HELD_OUT}
    assert min(halves.values()) >= 80
    assert len({example.text for example in examples}) == len(examples) >= 160
    assert len({example.key for example in examples}) == len(examples)


@pytest.mark.parametrize("half", [BUILD, HELD_OUT])
def test_each_half_has_every_kind_and_many_that_are_fine(examples, half):
    chosen = [example for example in examples if example.half == half]
    kinds = Counter(kind for example in chosen for kind in example.kinds)
    assert all(kinds[kind] >= 10 for kind in FindingKind)
    assert sum(not example.kinds for example in chosen) >= 0.45 * len(chosen)


def test_what_is_held_out_is_found_well_enough(held_out):
    total = overall(held_out)
    assert total.precision >= 0.9
    assert total.recall >= 0.8


@pytest.mark.parametrize("kind", [FindingKind.SELF_HARM, FindingKind.EMERGENCY])
def test_few_who_need_help_now_are_missed(held_out, kind):
    assert held_out[kind].recall >= 0.8


def test_the_command_prints_the_figures_of_both_halves(names, held_out, monkeypatch):
    monkeypatch.setattr(
        "discussions.management.commands.measure_composer.read_names", lambda _folder: names
    )
    out = StringIO()
    call_command("measure_composer", stdout=out)
    text = out.getvalue()
    assert text.index("built with: ") < text.index("held out: ")
    total = overall(held_out)
    last = text.splitlines()[-1].split()
    assert last[:6] == [
        *("all", "kinds", "precision", f"{total.precision:.2f}", "recall"),
        f"{total.recall:.2f}",
    ]


@pytest.mark.parametrize("missing", ["check_text", "false alarms"])
def test_the_command_fails_where_the_rules_find_too_little_or_too_much(names, monkeypatch, missing):
    every = frozenset(FindingKind)
    found = frozenset() if missing == "check_text" else every
    monkeypatch.setattr(measuring, "found_kinds", lambda _example, _names: found)
    monkeypatch.setattr(
        "discussions.management.commands.measure_composer.read_names", lambda _folder: names
    )
    with pytest.raises(CommandError):
        call_command("measure_composer", stdout=StringIO())


def test_precision_and_recall_are_shares():
    assert (Score(3, 1, 0).precision, Score(3, 1, 2).recall) == (0.75, 0.6)
    assert (Score(0, 0, 4).precision, Score(0, 4, 0).recall) == (1, 1)
    assert Score(1, 2, 3) + Score(1, 1, 1) == Score(2, 3, 4)
