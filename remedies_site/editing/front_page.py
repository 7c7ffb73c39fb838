"""The first page of the admin: panels of what waits, each from the package that knows it.

A package registers its panels in `AppConfig.ready`, since this one knows none of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import User

MOST_ITEMS = 7
"""Lines that a panel shows; it links to the rest."""

Text = str | Promise


class PanelGroup(IntEnum):
    """The columns of the page, in its order."""

    OWN = 1
    PAGES = 2
    READERS = 3
    OPERATION = 4

    @property
    def label(self) -> Text:
        """The heading of the group."""
        return _LABELS[self]


_LABELS: dict[PanelGroup, Text] = {
    PanelGroup.OWN: _("Your work"),
    PanelGroup.PAGES: _("What pages need"),
    PanelGroup.READERS: _("From readers"),
    PanelGroup.OPERATION: _("The site itself"),
}


@dataclass(frozen=True)
class PanelItem:
    """One line: what it is, where to go on, and a few words more."""

    label: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class PanelContent:
    """What a panel shows: the first lines of `count`, and the page that lists all.

    `is_capped` where there are at least `count`; `note` stands below the lines.
    """

    items: Sequence[PanelItem] = field(default_factory=list)
    count: int = 0
    more_url: str = ""
    note: str = ""
    is_capped: bool = False

    @property
    def shown(self) -> Sequence[PanelItem]:
        """As many lines as a panel has room for."""
        return self.items[:MOST_ITEMS]


@dataclass(frozen=True)
class Panel:
    """One kind of work that waits. Shown to staff with any of the permissions.

    `load` gets the reader and costs a fixed number of queries; `empty` is the sentence where there
    is nothing to do.
    """

    key: str
    group: PanelGroup
    title: Text
    empty: Text
    permissions: Sequence[str]
    load: Callable[["User"], PanelContent]


@dataclass(frozen=True)
class ShownPanel:
    """A panel with its content for one person."""

    panel: Panel
    content: PanelContent


_PANELS: dict[str, Panel] = {}


def register_panels(*panels: Panel) -> None:
    """Put panels on the page; call it from `AppConfig.ready`. A known key replaces its panel."""
    _PANELS.update({panel.key: panel for panel in panels})


def panel_groups(request: HttpRequest) -> list[tuple[Text, list[ShownPanel]]]:
    """The panels that this person may see, by group; groups without one are left out."""
    groups = []
    for group in PanelGroup:
        shown = [
            ShownPanel(panel, panel.load(request.user))  # type: ignore[arg-type]  # staff are users
            for panel in _PANELS.values()
            if panel.group is group and any(map(request.user.has_perm, panel.permissions))
        ]
        if shown:
            groups.append((group.label, shown))
    return groups
