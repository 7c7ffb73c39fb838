"""The panels of the admin's first page about a person's own drafts."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from publishing.models import DraftEdit, Schedule, ScheduleState, Submission, SubmissionState
from publishing.review.services import waiting_changes
from publishing.services import subject_types
from remedies_site.editing.front_page import (
    MOST_ITEMS,
    Panel,
    PanelContent,
    PanelGroup,
    PanelItem,
)
from remedies_site.editing.read_only import admin_url

MOST_COUNTED = 200
FAILED_SHOWN = timedelta(days=14)
"""How long a page that could not be published at its time stays on the first page."""


def _own_drafts(user: User) -> PanelContent:
    """What this person saved and nobody has published yet, newest first: one query for each kind."""
    pending = DraftEdit.objects.filter(author=user, published_in__isnull=True)
    newest = (
        pending.order_by()
        .values("content_type", "object_id")
        .annotate(saved_at=models.Max("saved_at"))
        .order_by("-saved_at")[:MOST_COUNTED]
    )
    rows = list(newest)
    titles = _titles([(row["content_type"], row["object_id"]) for row in rows[:MOST_ITEMS]])
    items = []
    for row in rows[:MOST_ITEMS]:
        if title := titles.get((row["content_type"], row["object_id"])):
            when = date_format(localtime(row["saved_at"]), "SHORT_DATETIME_FORMAT")
            items.append(PanelItem(*title, note=_("saved %(time)s") % {"time": when}))
    return PanelContent(items, len(rows), is_capped=len(rows) == MOST_COUNTED)


def _titles(keys: list[tuple[int, int]]) -> dict[tuple[int, int], tuple[str, str]]:
    """The name and the form's URL of each subject by its kind and key; what is gone is left out."""
    titles: dict[tuple[int, int], tuple[str, str]] = {}
    for each in subject_types():
        kind = ContentType.objects.get_for_model(each.model).pk
        wanted = [key for type_key, key in keys if type_key == kind]
        if wanted:
            for subject in each.model.objects.filter(pk__in=wanted).with_parts():
                titles[kind, subject.pk] = (str(subject), admin_url(subject, "change", subject.pk))
    return titles


def _submitted(rows: models.QuerySet[Submission], more: str) -> PanelContent:
    """Submissions, oldest first, each leading to its page; one query for each kind of subject more."""
    shown = list(rows.order_by("submitted_at", "pk")[:MOST_COUNTED])
    keys = [(row.content_type_id, row.object_id) for row in shown[:MOST_ITEMS]]
    titles = _titles(keys)
    items = []
    for row in shown[:MOST_ITEMS]:
        if title := titles.get((row.content_type_id, row.object_id)):
            when = date_format(localtime(row.submitted_at), "DATE_FORMAT")
            note = _("%(name)s, %(time)s: %(reason)s")
            values = {"name": row.author_name, "time": when, "reason": row.reason}
            items.append(PanelItem(title[0], admin_url(row, "change", row.pk), note % values))
    return PanelContent(items, len(shown), more, is_capped=len(shown) == MOST_COUNTED)


def _waiting_for_review(user: User) -> PanelContent:
    """What others submitted, and the changes of works and circumstances that wait beside it."""
    waiting = Submission.objects.filter(state=SubmissionState.WAITING).exclude(author=user)
    content = _submitted(waiting, f"{admin_url(Submission, 'changelist')}?state__exact=waiting")
    changes = [(model, count) for model, count in waiting_changes() if count]
    rows = [
        PanelItem(
            f"{capfirst(str(model._meta.verbose_name_plural))} ({count})",
            f"{admin_url(model, 'changelist')}?state__exact=waiting",
        )
        for model, count in changes
    ]
    return PanelContent(
        items=[*rows, *content.items],
        count=content.count + sum(count for _model, count in changes),
        more_url=content.more_url,
        is_capped=content.is_capped,
    )


def _sent_back(user: User) -> PanelContent:
    rows = Submission.objects.filter(state=SubmissionState.SENT_BACK, is_open=True, author=user)
    return _submitted(rows, f"{admin_url(Submission, 'changelist')}?state__exact=sent_back")


def _scheduled(_user: User) -> PanelContent:
    """What a time is set for, the next first, and what could not be published at its time."""
    lately = timezone.now() - FAILED_SHOWN
    rows = Schedule.objects.filter(
        models.Q(state=ScheduleState.WAITING)
        | models.Q(state=ScheduleState.FAILED, ended_at__gte=lately)
    )
    shown = list(rows.order_by("publish_at", "pk")[:MOST_COUNTED])
    titles = _titles([(row.content_type_id, row.object_id) for row in shown[:MOST_ITEMS]])
    items = []
    for row in shown[:MOST_ITEMS]:
        if title := titles.get((row.content_type_id, row.object_id)):
            when = date_format(localtime(row.publish_at), "SHORT_DATETIME_FORMAT")
            note = f"{when}: {row.get_state_display()}"
            items.append(PanelItem(*title, note=note))
    return PanelContent(items, len(shown), is_capped=len(shown) == MOST_COUNTED)


PANELS = (
    Panel(
        "drafts",
        PanelGroup.OWN,
        gettext_lazy("My drafts"),
        gettext_lazy("All that you saved is published."),
        ("remedies.change_remedyconditionentry",),
        _own_drafts,
    ),
    Panel(
        "review",
        PanelGroup.OWN,
        gettext_lazy("Waiting for my review"),
        gettext_lazy("Nothing that others wrote waits."),
        ("remedies.publish_remedyconditionentry",),
        _waiting_for_review,
    ),
    Panel(
        "sent-back",
        PanelGroup.OWN,
        gettext_lazy("Sent back to me"),
        gettext_lazy("Nothing of yours was sent back."),
        ("remedies.change_remedyconditionentry",),
        _sent_back,
    ),
    Panel(
        "scheduled",
        PanelGroup.OWN,
        gettext_lazy("Set to be published"),
        gettext_lazy("No time is set for any page."),
        ("remedies.change_remedyconditionentry",),
        _scheduled,
    ),
)
