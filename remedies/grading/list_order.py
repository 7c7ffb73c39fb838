"""The order of entries in lists: groups by what studies found, and the surest of a group first."""

from remedies.choices import Certainty, Effect

GROUPS = ("help", "corrects", "no_difference", "harm", "causes", "unclear")
"""The keys of the groups in their order."""
_KEPT_FIRST = ("harm", "causes", "help", "corrects", "no_difference", "unclear")

_GROUP_OF: dict[str, str] = {
    Effect.BENEFIT: "help",
    Effect.CORRECTS: "corrects",
    Effect.NONE: "no_difference",
    Effect.HARM: "harm",
    Effect.CAUSES: "causes",
}


def group_of(effect: str, certainty: str) -> str:
    """The key of the group of an effect at a certainty (decisions 5 and 17)."""
    if Certainty(certainty).level < Certainty.LOW.level:
        return "unclear"
    return _GROUP_OF.get(effect, "unclear")


def list_place(effect: str, certainty: str) -> tuple[int, int]:
    """Where an effect at a certainty stands in a list: by group, and the surest of a group first."""
    return GROUPS.index(group_of(effect, certainty)), -Certainty(certainty).level


def list_rank(effect: str, certainty: str) -> int:
    """What a list keeps that cannot show everything: the lowest ranks.

    No harm is left out before something else, however unsure it is.
    """
    key = "harm" if effect in (Effect.HARM, Effect.CAUSES) else group_of(effect, certainty)
    group = _KEPT_FIRST.index(key)
    return 10 * group + Certainty.HIGH.level - Certainty(certainty).level
