"""The ledger as a staircase: a tread for each step, as long as the level where it ends."""

from hypothesis import given
from hypothesis import strategies as st

from remedies.charts.staircase import staircase
from remedies.grading.ledger import LedgerStep
from remedies.grading.scale import StepName


def step(change: int, level: int, name=StepName.PUBLICATION_BIAS) -> LedgerStep:
    return LedgerStep(name=name, change=change, level=level, facts={"reason": "A reason."})


START = LedgerStep(name=StepName.START, change=4, level=4, facts={"kind": "randomised"})


@given(changes=st.lists(st.integers(-2, 1), max_size=8))
def test_every_tread_ends_at_the_level_of_its_step(changes):
    steps, level = [START], 4
    for change in changes:
        level = min(max(level + change, 1), 4)
        steps.append(step(change, level))
    stairs = staircase(steps).stairs
    assert [stair.tread.end for stair in stairs] == [25 * each.level for each in steps]
    before = 100
    for stair, change in zip(stairs[1:], changes, strict=True):
        assert stair.change == change
        assert (stair.moved is None) is (stair.tread.end == before)
        if stair.moved is not None:
            assert {stair.moved.start, stair.moved.end} == {before, stair.tread.end}
        before = stair.tread.end


def test_the_labels_are_signed_and_the_sentence_says_what_moved():
    found = staircase([START, step(-1, 3), step(0, 3), step(1, 4), step(-2, 2)])
    assert [stair.label for stair in found.stairs] == ["High", "−1", "0", "+1", "−2"]
    name = "Studies that were never published"
    assert found.sentence == (
        f"It starts at high certainty and ends at low certainty: {name} −1; {name} +1; {name} −2."
    )
    assert staircase([START]).sentence == "It starts and stays at high certainty."


def test_without_a_step_there_is_nothing():
    assert not staircase([])
    nothing = staircase([LedgerStep(name=StepName.NO_STUDIES, level=0)])
    assert [stair.tread.end for stair in nothing.stairs] == [0]
