"""The panel of the admin's first page about what waits for a moderator."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from discussions.moderation.queue import waiting
from remedies_site.editing.front_page import Panel, PanelContent, PanelGroup, PanelItem

if TYPE_CHECKING:
    from accounts.models import User


def _queue(_user: "User") -> PanelContent:
    """How many comments wait; what they say stands on the queue's own page."""
    count = len(waiting())
    text = ngettext("%(count)d comment waits", "%(count)d comments wait", count) % {"count": count}
    items = [PanelItem(text, reverse("moderation"), _("The most urgent stand first."))]
    return PanelContent(items if count else [], count)


PANELS = (
    Panel(
        "moderation",
        PanelGroup.READERS,
        gettext_lazy("Comments for moderators"),
        gettext_lazy("No comment waits."),
        ("discussions.moderate_comment",),
        _queue,
    ),
)
