"""The panels of the admin's first page about a person's own drafts."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from publishing.models import DraftEdit
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


PANELS = (
    Panel(
        "drafts",
        PanelGroup.OWN,
        gettext_lazy("My drafts"),
        gettext_lazy("All that you saved is published."),
        ("remedies.change_remedyconditionentry",),
        _own_drafts,
    ),
)
