"""Members' votes on an entry in words: the one place that says what they add up to."""

from django.utils.translation import gettext as _

from remedies_site.voting import Votable, vote_range


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
