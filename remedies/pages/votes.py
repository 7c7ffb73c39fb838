"""Members' votes on an entry: what one reader sees of them, and what they add up to in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from remedies.models import EntryVote, RemedyConditionEntry
from remedies.selectors import my_vote
from remedies_site.voting import Votable, vote_range


@dataclass(frozen=True)
class VoteState:
    """The votes on an entry for one reader: `member` is nobody, or who may vote as `my_vote` says."""

    entry: RemedyConditionEntry
    member: User | None
    my_vote: int

    @property
    def counts(self) -> str:
        """“41 up • 19 down”."""
        return format_vote_counts(self.entry)

    @property
    def range(self) -> str:
        """What the votes add up to; empty where there are too few."""
        return format_vote_range(self.entry)


def vote_state_of(entry: RemedyConditionEntry, member: User | None) -> VoteState:
    """The votes as one reader sees them; one query for members, none for others."""
    return VoteState(entry, member, my_vote(entry, member))


def votes_by(member: User, limit: int = 50) -> tuple[list[EntryVote], int]:
    """A member's newest votes on entries, and the number of all of them."""
    votes = EntryVote.objects.filter(voter=member)
    newest = votes.select_related("entry__remedy", "entry__condition").order_by("-cast_at", "-pk")
    return list(newest[:limit]), votes.count()


def format_vote_counts(votable: Votable) -> str:
    """“41 up • 19 down”."""
    return _("%(up)s up • %(down)s down") % {"up": votable.up_count, "down": votable.down_count}


def format_vote_range(votable: Votable) -> str:
    """“41 of 60 members who voted say it helped; plausible range 56-79 %”.

    Empty where there are fewer than `remedies_site.voting.MIN_VOTES_FOR_RANGE` votes.
    """
    interval = vote_range(votable.up_count, votable.down_count)
    if interval is None:
        return ""
    sentence = _(
        "%(up)s of %(n)s members who voted say it helped; plausible range %(low)s-%(high)s %%"
    )
    return sentence % interval._asdict()
