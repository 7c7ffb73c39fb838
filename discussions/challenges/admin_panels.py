"""The panel of the admin's first page about what readers say of claims."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from discussions.challenges.selectors import waiting_challenges, with_pages
from discussions.models import Challenge
from remedies_site.editing.front_page import MOST_ITEMS, Panel, PanelContent, PanelGroup, PanelItem
from remedies_site.editing.read_only import admin_url

if TYPE_CHECKING:
    from accounts.models import User


def _waiting(_user: "User") -> PanelContent:
    """What nobody has answered, the oldest first; their words stand on their own pages."""
    rows = with_pages(waiting_challenges())
    items = [
        PanelItem(
            str(challenge.subject),
            admin_url(challenge, "change", challenge.pk),
            str(challenge.part_label),
        )
        for challenge in rows[:MOST_ITEMS]
    ]
    return PanelContent(items, rows.count(), admin_url(Challenge, "changelist"))


PANELS = (
    Panel(
        "challenges",
        PanelGroup.READERS,
        gettext_lazy("Challenges of readers"),
        gettext_lazy("No challenge waits for an answer."),
        ("discussions.decide_challenge",),
        _waiting,
    ),
)
