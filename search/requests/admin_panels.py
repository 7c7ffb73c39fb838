"""The panel of the admin's first page about the pages that readers ask for."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy, ngettext

from remedies_site.editing.front_page import MOST_ITEMS, Panel, PanelContent, PanelGroup, PanelItem
from remedies_site.editing.read_only import admin_url
from search.models import PageRequest
from search.requests.selectors import open_requests

if TYPE_CHECKING:
    from accounts.models import User


def _wanted(_user: "User") -> PanelContent:
    """What nobody has decided on, the most wanted first."""
    rows = open_requests()
    items = [
        PanelItem(
            wish.words,
            admin_url(wish, "change", wish.pk),
            ngettext("%(count)d time", "%(count)d times", wish.asks) % {"count": wish.asks},
        )
        for wish in rows[:MOST_ITEMS]
    ]
    return PanelContent(items, rows.count(), admin_url(PageRequest, "changelist"))


PANELS = (
    Panel(
        "requests",
        PanelGroup.READERS,
        gettext_lazy("Pages that readers ask for"),
        gettext_lazy("Nobody asks for a page."),
        ("search.change_pagerequest",),
        _wanted,
    ),
)
