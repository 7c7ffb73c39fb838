"""Word-level differences spell both texts, whatever they are."""

from hypothesis import given
from hypothesis import strategies as st

from remedies_site import differences as module
from remedies_site.differences import Segment, differences

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
    monkeypatch.setattr(module, "_MAX_COMPARISONS", 10)
    segments = differences("Start a b c d end", "Start e f g h end")
    assert [each.kind for each in segments] == ["same", "removed", "added", "same"]
    assert segments[1].text == "a b c d"
