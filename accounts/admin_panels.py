"""The panel of the admin's first page about mails that wait."""

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import OutgoingMail, User
from remedies_site.editing.front_page import Panel, PanelContent, PanelGroup, PanelItem

MOST_COUNTED = 1_000
_LATE = timedelta(minutes=10)


def _late_mails(_user: User) -> PanelContent:
    """Mails that failed at least once, or that nobody has taken; no address is shown."""
    now = timezone.now()
    waiting = OutgoingMail.objects.order_by("created_at", "pk")
    rows = list(waiting.values_list("created_at", "attempts")[:MOST_COUNTED])
    late = [(since, attempts) for since, attempts in rows if attempts or now - since > _LATE]
    items = [
        PanelItem(
            _("A mail of %(time)s")
            % {"time": date_format(timezone.localtime(since), "SHORT_DATETIME_FORMAT")},
            note=_("%(count)d attempts failed") % {"count": attempts}
            if attempts
            else _("not tried yet: does the worker run?"),
        )
        for since, attempts in late
    ]
    note = _("%(count)d mails wait in all.") % {"count": len(rows)} if rows else ""
    return PanelContent(items, len(late), note=note, is_capped=len(rows) == MOST_COUNTED)


PANELS = (
    Panel(
        "mails",
        PanelGroup.OPERATION,
        gettext_lazy("Mails that could not be sent"),
        gettext_lazy("Every mail goes out."),
        ("accounts.change_user",),
        _late_mails,
    ),
)
