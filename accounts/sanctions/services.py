"""Sanctions of members: who decides on them is a matter of `discussions.moderation`."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.events import log_event
from accounts.models import Sanction, SanctionKind, User
from remedies_site.exceptions import InvalidInput, NotPermitted


def impose_sanction(user: User, kind: SanctionKind) -> Sanction:
    """Sanction a member from now on; the caller has locked the row. Raises: InvalidInput, for staff."""
    if user.is_staff or user.is_superuser:
        raise InvalidInput(_("People with a task on this site are not sanctioned here."))
    now = timezone.now()
    sanction = Sanction.objects.create(
        user=user, kind=kind, began_at=now, ends_at=_end_of(kind, now)
    )
    log_event("sanction_imposed", person=user.pk, kind=kind)
    return sanction


def _end_of(kind: SanctionKind, now: datetime) -> datetime | None:
    hours = {
        SanctionKind.PAUSE: settings.PAUSE_HOURS,
        SanctionKind.LONG_PAUSE: settings.LONG_PAUSE_HOURS,
    }
    return now + timedelta(hours=hours[kind]) if kind in hours else None


def lift_sanction(sanction: Sanction) -> bool:
    """End a sanction now; whether it was not lifted before."""
    unlifted = Sanction.objects.filter(pk=sanction.pk, lifted_at=None)
    lifted = unlifted.update(lifted_at=timezone.now())
    if lifted:
        log_event("sanction_lifted", person=sanction.user_id, kind=sanction.kind)
    return bool(lifted)


def sanctions_in_force() -> QuerySet[Sanction]:
    """The sanctions that bar their members from writing, the newest first."""
    unlifted = Sanction.objects.filter(lifted_at=None).exclude(kind=SanctionKind.REMINDER)
    unended = unlifted.filter(Q(ends_at=None) | Q(ends_at__gt=timezone.now()))
    return unended.order_by("-began_at", "-pk")


def require_unsanctioned(user: User) -> None:
    """Raises: NotPermitted, while a sanction bars the member from writing and voting."""
    sanctions = list(sanctions_in_force().filter(user=user))
    if not sanctions:
        return
    ends = [sanction.ends_at for sanction in sanctions if sanction.ends_at]
    if len(ends) < len(sanctions):
        raise NotPermitted(
            _("A moderator suspended your account from writing and voting. Your account says why.")
        )
    day = date_format(timezone.localtime(max(ends)), "DATETIME_FORMAT")
    raise NotPermitted(
        _("A moderator paused your writing and voting until %(time)s. Your account says why.")
        % {"time": day}
    )
