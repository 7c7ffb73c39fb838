"""A difference in words holds both texts, whatever they are."""

import random
import time

import pytest

from publishing.review.draft_differences import word_parts
from tests.counts import count

WORDS = ["take", "it", "not", "with", "milk", "\n\n", " ", "500", "mg.", "[@A1]"]


def side(parts, kind: str) -> str:
    return "".join(part.text for part in parts if part.kind in {"same", kind})


@pytest.mark.parametrize("seed", range(count(small=20, full=200)))
def test_what_is_the_same_and_taken_away_is_the_old_text_and_with_what_is_added_the_new(seed):
    chance = random.Random(seed)
    before, after = (
        " ".join(chance.choices(WORDS, k=chance.randrange(0, 300))) for _side in range(2)
    )
    parts = list(word_parts(before, after))
    assert (side(parts, "del"), side(parts, "ins")) == (before, after)


def test_one_word_is_one_difference():
    parts = list(word_parts("Take it with milk.\n\nAsk.", "Take it without milk.\n\nAsk first."))
    assert [part for part in parts if part.kind != "same"] == [
        ("del", "with"),
        ("ins", "without"),
        ("del", "Ask."),
        ("ins", "Ask first."),
    ]


def test_long_texts_are_compared_in_time():
    chance = random.Random(1)
    before = " ".join(chance.choices(WORDS, k=8000))
    begun = time.process_time()
    list(word_parts(before, before.replace("milk", "tea")))
    assert time.process_time() - begun < 5
