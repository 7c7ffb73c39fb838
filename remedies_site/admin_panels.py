"""The panel of the admin's first page about backups."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remedies_site.editing.front_page import Panel, PanelContent, PanelGroup, PanelItem
from remedies_site.last_backup import last_backup

if TYPE_CHECKING:
    from accounts.models import User

OLD = timedelta(days=2)


def _backup(_user: "User") -> PanelContent:
    """One line where the last backup is old or unknown; else only its time, as a note."""
    last = last_backup()
    if last is None:
        message = _("This machine has made none with `manage.py backup`.")
        return PanelContent([PanelItem(_("No backup is known"), note=message)], 1)
    when = date_format(timezone.localtime(last.made_at), "SHORT_DATETIME_FORMAT")
    note = _("Last: %(time)s, %(name)s.") % {"time": when, "name": last.name}
    if timezone.now() - last.made_at > OLD:
        return PanelContent([PanelItem(_("The last backup is old"), note=note)], 1)
    return PanelContent(note=note)


PANELS = (
    Panel(
        "backup",
        PanelGroup.OPERATION,
        gettext_lazy("Backup"),
        gettext_lazy("There is a backup of the last two days."),
        ("accounts.change_user",),
        _backup,
    ),
)
