"""What a list keeps that cannot show everything."""

from remedies.choices import Certainty, Effect
from remedies.grading.list_order import list_rank


def test_what_harms_is_kept_before_anything_else_and_what_is_unclear_last():
    known = [Certainty.LOW, Certainty.MODERATE, Certainty.HIGH]
    harmful = (Effect.HARM, Effect.CAUSES)
    harms = {list_rank(effect, each) for effect in harmful for each in [*known, Certainty.VERY_LOW]}
    others = {
        list_rank(effect, each)
        for effect in (Effect.BENEFIT, Effect.CORRECTS, Effect.NONE)
        for each in known
    }
    unclear = {list_rank(each, Certainty.VERY_LOW) for each in Effect if each not in harmful}
    assert max(harms) < min(others)
    assert max(others) < min(unclear)


def test_the_surest_of_a_group_is_kept_first():
    ranks = [list_rank(Effect.BENEFIT, each) for each in (Certainty.HIGH, Certainty.LOW)]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == 2
