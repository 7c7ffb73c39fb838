"""Reads of what editors type: their own text that was not stored, and who else has the form open."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from accounts.models import User
from publishing.models import AutosavedForm, Revision, Subject

OPEN = timedelta(seconds=150)
"""A form that was not heard of for so long is closed. Hidden tabs are heard of once a minute."""
_MOST = 10


@dataclass(frozen=True)
class FormPresence:
    """Somebody who has the form open, and when they changed something in it, if they did."""

    name: str
    is_self: bool
    changed_at: datetime | None

    @property
    def message(self) -> str:
        """“Ana has this form open, and changed something 3 minutes ago.”"""
        if self.is_self:
            return _("You have this form open in another tab or browser.")
        if self.changed_at is None:
            return _("%(name)s has this form open.") % {"name": self.name}
        if timezone.now() - self.changed_at < timedelta(minutes=1):
            message = _("%(name)s has this form open, and changed something just now.")
            return message % {"name": self.name}
        message = _("%(name)s has this form open, and changed something %(time)s ago.")
        return message % {"name": self.name, "time": timesince(self.changed_at, depth=1)}


def unsaved_texts(
    user: User, model: type[models.Model], object_id: int | None, *, but: str = ""
) -> list[AutosavedForm]:
    """The person's own texts of this form, newest first; without the opening `but`, and without fields."""
    rows = _of_form(model, object_id).filter(user=user, saved_at__isnull=False)
    return list(rows.exclude(opening=but).defer("fields").order_by("-saved_at")[:_MOST])


def unsaved_text(user: User, model: type[models.Model], opening: str) -> AutosavedForm | None:
    """The person's own text of one opening; None where there is none."""
    kind = ContentType.objects.get_for_model(model)
    rows = AutosavedForm.objects.filter(user=user, content_type=kind, opening=opening)
    return rows.filter(saved_at__isnull=False).first()


def presences(
    user: User, model: type[models.Model], object_id: int | None, *, opening: str
) -> list[FormPresence]:
    """Who has the form of a stored row open beside this opening, each person once, at most ten."""
    if object_id is None:
        return []
    rows = _of_form(model, object_id).filter(seen_at__gt=timezone.now() - OPEN)
    others = rows.exclude(user=user, opening=opening).select_related("user").defer("fields")
    by_person: dict[int, FormPresence] = {}
    for row in others.order_by("seen_at")[: _MOST * 3]:
        is_self = row.user_id == user.pk
        earlier = by_person.get(row.user_id)
        changed = [at for at in (row.saved_at, earlier and earlier.changed_at) if at]
        by_person[row.user_id] = FormPresence(row.user.name, is_self, max(changed, default=None))
    return sorted(by_person.values(), key=lambda person: (person.is_self, person.name))[:_MOST]


def saved_meanwhile(subject: Subject[Revision] | None, user: User, since: datetime) -> str:
    """What somebody else saved of the subject since then, as a sentence; empty where nobody did."""
    if subject is None or subject.edited_at <= since or subject.edited_by_id in {None, user.pk}:
        return ""
    assert subject.edited_by is not None  # noqa: S101  (its key is not None)
    message = _(
        "%(name)s saved this after you opened it. Nothing is lost: when you save, you see both texts."
    )
    return message % {"name": subject.edited_by.name}


def _of_form(model: type[models.Model], object_id: int | None) -> models.QuerySet[AutosavedForm]:
    kind = ContentType.objects.get_for_model(model)
    return AutosavedForm.objects.filter(
        content_type=kind, object_id=object_id, closed_at__isnull=True
    )
