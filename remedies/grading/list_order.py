"""The order of entries in lists: groups by what studies found, and the surest of a group first."""

from remedies.choices import Certainty, Effect

GROUPS = ("help", "corrects", "no_difference", "harm", "causes", "unclear")
"""The keys of the groups in their order."""

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


def list_rank(effect: str, certainty: str) -> int:
    """The place of an effect at a certainty in a list: a lower number stands before a higher one."""
    levels = Certainty.HIGH.level - Certainty(certainty).level
    return 10 * GROUPS.index(group_of(effect, certainty)) + levels
