"""The panels of the admin's first page about drafts: a person's own, and those that wait for a second one."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from publishing.models import (
    DraftEdit,
    DraftState,
    Schedule,
    ScheduleState,
    Submission,
    SubmissionState,
)
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


def _own_drafts(user: User) -> PanelContent:
    """What this person saved and nobody has published yet, newest first: one query for each kind."""
    same = DraftState.objects.filter(
        content_type=OuterRef("content_type"), object_id=OuterRef("object_id"), has_changes=False
    )  # typed back, or discarded
    pending = DraftEdit.objects.filter(~Exists(same), author=user, published_in__isnull=True)
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


def _waiting(user: User) -> PanelContent:
    """What somebody else submitted, oldest first: it waits for whoever reads this."""
    rows = Submission.objects.filter(state=SubmissionState.WAITING).exclude(author=user)
    return _submissions(rows.order_by("pk"), f"?state__exact={SubmissionState.WAITING}")


def _sent_back(user: User) -> PanelContent:
    """What this person submitted, and a publisher wants changed; the newest first."""
    rows = Submission.objects.filter(state=SubmissionState.SENT_BACK, is_open=True, author=user)
    return _submissions(rows, f"?state__exact={SubmissionState.SENT_BACK}", of_form=True)


def _submissions(
    rows: models.QuerySet[Submission], query: str, *, of_form: bool = False
) -> PanelContent:
    """Each leads to its page of review, or to the form of its draft."""
    found = list(rows[:MOST_COUNTED])
    titles = _titles([(row.content_type_id, row.object_id) for row in found[:MOST_ITEMS]])
    items = []
    for row in found[:MOST_ITEMS]:
        title, form_url = titles.get((row.content_type_id, row.object_id), ("", ""))
        url = form_url if of_form else admin_url(Submission, "change", row.pk)
        said = row.decision_note if of_form else f"{row.author_name}: {row.reason}"
        items.append(PanelItem(title, url, note=said))
    more = f"{admin_url(Submission, 'changelist')}{query}"
    return PanelContent(items, len(found), more, is_capped=len(found) == MOST_COUNTED)


def _times(_user: User) -> PanelContent:
    """The drafts that are published at a time, the next first."""
    rows = list(
        Schedule.objects.filter(state=ScheduleState.WAITING).order_by("publish_at")[:MOST_COUNTED]
    )
    titles = _titles([(row.content_type_id, row.object_id) for row in rows[:MOST_ITEMS]])
    items = [
        PanelItem(
            *titles[row.content_type_id, row.object_id],
            note=date_format(localtime(row.publish_at), "SHORT_DATETIME_FORMAT"),
        )
        for row in rows[:MOST_ITEMS]
        if (row.content_type_id, row.object_id) in titles
    ]
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
        "waiting",
        PanelGroup.OWN,
        gettext_lazy("Waiting for your review"),
        gettext_lazy("Nobody waits for a second person."),
        (
            "remedies.publish_remedyconditionentry",
            "remedies.publish_remedy",
            "conditions.publish_condition",
        ),
        _waiting,
    ),
    Panel(
        "sent-back",
        PanelGroup.OWN,
        gettext_lazy("Sent back to you"),
        gettext_lazy("Nothing that you submitted was sent back."),
        ("remedies.change_remedyconditionentry",),
        _sent_back,
    ),
    Panel(
        "times",
        PanelGroup.OWN,
        gettext_lazy("Published at a time"),
        gettext_lazy("No time is set."),
        ("remedies.change_remedyconditionentry",),
        _times,
    ),
)
