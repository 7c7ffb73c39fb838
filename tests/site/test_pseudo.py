"""The made-up languages of the browser tests keep what a sentence is filled with."""

import pytest

from tests.pseudo import long_words, right_to_left

MESSAGES = [
    "Change condition (%(count)s)",
    "%(up)s of %(n)s members who voted say it helped; plausible range %(low)s-%(high)s %%",
    'Read <a href="/about/">how it is made</a> &amp; by whom.',
    "Other medicines and substances",
]


@pytest.mark.parametrize("message", MESSAGES)
@pytest.mark.parametrize("speak", [right_to_left, long_words])
def test_values_and_elements_stay(speak, message):
    text = speak(message)
    for kept in ("%(count)s", "%(up)s", "%(high)s", "%%", '<a href="/about/">', "</a>", "&amp;"):
        assert (kept in text) == (kept in message)


@pytest.mark.parametrize("message", MESSAGES)
def test_one_is_as_long_as_english_and_the_other_longer(message):
    assert len(right_to_left(message)) == len(message)
    assert not any(letter in right_to_left("Warnings for you") for letter in "Warnigsfoyu")
    assert len(long_words("Other medicines and substances")) >= 1.4 * len(MESSAGES[3])
