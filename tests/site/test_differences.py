"""Word-level differences spell both texts, whatever they are."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remedies_site import differences as module
from remedies_site.differences import Segment, differences
from tests.counts import count

words = st.lists(st.sampled_from(["sleep", " ", "\n", "5", "mg", ".", "é", "它"]), max_size=30)


@given(words, words)
def test_the_segments_spell_both_texts(before, after):
    segments = differences("".join(before), "".join(after))
    assert "".join(each.text for each in segments if each.kind != "added") == "".join(before)
    assert "".join(each.text for each in segments if each.kind != "removed") == "".join(after)
    assert all(each.text for each in segments)


@given(st.text(), st.text())
def test_any_text_is_spelt(before, after):
    segments = differences(before, after)
    assert "".join(each.text for each in segments if each.kind != "removed") == after


def test_a_changed_word_alone_is_marked():
    assert differences("It helps a little.", "It harms a little.") == [
        Segment("same", "It "),
        Segment("removed", "helps"),
        Segment("added", "harms"),
        Segment("same", " a little."),
    ]


def test_words_that_changed_side_by_side_are_one_change():
    assert [each.text for each in differences("helped at night.", "helped a lot.")] == [
        "helped ",
        "at night",
        "a lot",
        ".",
    ]


def test_texts_too_long_to_compare_are_shown_whole(monkeypatch):
    monkeypatch.setattr(module, "_MAX_COMPARISONS", 0)
    segments = differences("Start a b c d end", "Start e f g h end")
    assert [each.kind for each in segments] == ["same", "removed", "added", "same"]
    assert segments[1].text == "a b c d"


def test_long_texts_are_compared_by_lines_and_in_time():
    chance = random.Random(1)
    lines = [" ".join(chance.choices(["take", "it", "with", "milk"], k=20)) for _line in range(400)]
    before, after = list(lines), list(lines)
    after[5], after[390] = "Take it not.", "Take more."
    begun = time.process_time()
    segments = differences("\n".join(before), "\n".join(after))
    assert time.process_time() - begun < 5
    assert [each.text.strip() for each in segments if each.kind == "added"] == [
        "Take it not.",
        "Take more.",
    ]


@pytest.mark.parametrize("seed", range(count(small=20, full=200)))
def test_long_texts_are_spelt_too(seed):
    chance = random.Random(seed)
    before, after = (
        " ".join(chance.choices(["take", "not", "\n\n", " ", "500", "mg.", "[@A1]"], k=300))
        for _side in range(2)
    )
    segments = differences(before, after)
    assert "".join(each.text for each in segments if each.kind != "added") == before
    assert "".join(each.text for each in segments if each.kind != "removed") == after
