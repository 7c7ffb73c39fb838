"""Who wrote what waits, told from the recorded saves."""

import pytest

from publishing.review.authorship import Contributor, Edit, joined_names, pending_authors

ANA, BEN, CID = Contributor(1, "ana"), Contributor(2, "ben"), Contributor(3, "cid")
LONG = "take it with food in the evening"
CASES = {
    "nothing": ([], "", []),
    "one who writes": ([(ANA, "old", "new")], "new", [ANA]),
    "two who write the same text": (
        [(ANA, "old", "new"), (BEN, "new", "newer")],
        "newer",
        [ANA, BEN],
    ),
    "one who takes it back": ([(ANA, "old", "new"), (ANA, "new", "old")], "old", []),
    "one whose change another takes back": ([(ANA, "old", "new"), (BEN, "new", "old")], "old", []),
    "one who takes their correction of another back": (
        [(ANA, "old", "new"), (BEN, "new", "newer"), (BEN, "newer", "new")],
        "new",
        [ANA],
    ),
    "one who takes it back in two steps": (
        [(ANA, "old", "new"), (BEN, "new", "a"), (BEN, "a", "b"), (BEN, "b", "new")],
        "new",
        [ANA],
    ),
    "one who restores what another gave up": (
        [(ANA, "old", "bad"), (ANA, "bad", "good"), (BEN, "good", "bad")],
        "bad",
        [ANA, BEN],
    ),
    "one who deletes and types again": (
        [(ANA, "old", "new"), (BEN, "new", "old"), (BEN, "old", "new")],
        "new",
        [ANA],
    ),
    "one who types a long text again with another word": (
        [(ANA, "old", LONG), (BEN, LONG, "old"), (BEN, "old", f"Please {LONG}")],
        f"Please {LONG}",
        [BEN, ANA],
    ),
    "words that a command wrote over": ([(ANA, "old", "new")], "by a command", []),
    "one who goes on after a command": (
        [(ANA, "old", "new"), (BEN, "by a command", "newer")],
        "newer",
        [BEN],
    ),
    "one who empties": ([(ANA, "old", "")], "", [ANA]),
}


@pytest.mark.parametrize(("saves", "text", "authors"), CASES.values(), ids=CASES)
def test_the_authors_of_a_text_are_those_whose_saves_led_to_it(saves, text, authors):
    edits = [Edit(author, {"verdict": [before, after]}) for author, before, after in saves]
    assert pending_authors(edits, {"verdict": text}) == authors


def test_fields_are_told_apart():
    edits = [
        Edit(ANA, {"a": [None, "x"]}),
        Edit(BEN, {"b": [None, "y"]}),
        Edit(BEN, {"b": ["y", None]}),
    ]
    assert pending_authors(edits, {"a": "x"}) == [ANA]


@pytest.mark.parametrize("text", [LONG, "500", "you are pregnant"])
def test_words_that_are_moved_to_another_row_stay_those_of_the_first(text):
    edits = [
        Edit(ANA, {"precautions/1/text": [None, text]}),
        Edit(BEN, {"precautions/1/text": [text, None], "precautions/2/text": [None, text]}),
    ]
    assert pending_authors(edits, {"precautions/2/text": text}) == [BEN, ANA]


def test_published_words_that_are_moved_are_nobody_s_but_who_moved_them():
    edits = [Edit(ANA, {"a": [LONG, None]}), Edit(BEN, {"b": [None, LONG]})]
    assert pending_authors(edits, {"b": LONG}) == [ANA, BEN]
    assert pending_authors([Edit(BEN, {"a": [LONG, None], "b": [None, LONG]})], {"b": LONG}) == [
        BEN
    ]


def test_a_save_from_before_changes_were_kept_always_counts():
    edits = [Edit(CID, {}), Edit(ANA, {"a": [None, "x"]})]
    assert pending_authors(edits, {"a": "x"}) == [CID, ANA]
    assert pending_authors([Edit(CID, {})], {}) == [CID]


def test_names_are_joined_as_far_as_they_fit():
    assert joined_names([]) == ""
    assert joined_names([ANA]) == "ana"
    assert joined_names([ANA, BEN]) == "ana, ben"
    many = [Contributor(number, f"somebody{number:02}") for number in range(20)]
    assert joined_names(many) == (
        "somebody00, somebody01, somebody02, somebody03, somebody04 and 15 more"
    )
    assert len(joined_names([Contributor(1, "x" * 100)])) == 80
