"""What changed editorially, for feeds: the newest revisions of the site, of a remedy, of a condition.

Comments are in no feed: a text that its author or a moderator takes away would live on in every reader's copy.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from conditions.models import Condition, ConditionRevision
from publishing.banners.selectors import public_banners
from publishing.history.selectors import difference_url
from publishing.models import Kind, Revision, SafetyBanner, Subject
from remedies.models import EntryRevision, Remedy, RemedyRevision
from remedies_site.markup import without_controls

RevisionT = TypeVar("RevisionT", EntryRevision, RemedyRevision, ConditionRevision)

MOST_ITEMS = 50
_LABELS: Mapping[str, Promise] = {
    Kind.FIRST: _("new page"),
    Kind.UPDATE: _("update"),
    Kind.CORRECTION: _("correction"),
    Kind.SYSTEM: _("graded again"),
}
"""The kinds of revisions in a feed: a page that was withdrawn is in none."""


@dataclass(frozen=True)
class FeedItem:
    """A revision that readers can see, or a safety notice. `url` is the path of the page as it is now.

    `difference_url` is that of what it changed; empty for the first revision of a page.
    """

    tag: str
    title: str
    url: str
    note: str
    published_at: datetime
    difference_url: str


def newest_revisions(
    about: Remedy | Condition | None = None, *, kinds: Collection[str] = tuple(_LABELS)
) -> list[FeedItem]:
    """The newest revisions, newest first: of everything, or of a page and the entries that belong to it.

    Safety notices that were set or lifted are among them. In at most four queries, and one more for each
    kind of page that has a notice. A page that readers cannot see is left out with all its revisions.
    """
    items = [_item(row, row.entry) for row in _revisions_of_entries(about, kinds)]
    if not isinstance(about, Condition):
        remedies = _revisions(RemedyRevision, "remedy", about, kinds)
        items += [_item(row, row.remedy) for row in remedies]
    if not isinstance(about, Remedy):
        conditions = _revisions(ConditionRevision, "condition", about, kinds)
        items += [_item(row, row.condition) for row in conditions]
    items += _items_of_banners(about)
    return sorted(items, key=lambda item: (item.published_at, item.tag), reverse=True)[:MOST_ITEMS]


def atom_feed(
    items: list[FeedItem],
    *,
    title: str,
    page_path: str,
    feed_path: str,
    to_differences: bool = False,
) -> str:
    """The feed as XML. Ids are tags of the revisions (RFC 4151), which a renamed page does not change.

    With `to_differences` an item leads to what the revision changed.
    """
    feed = _DatedFeed(
        title=without_controls(title),
        link=settings.SITE_URL + page_path,
        description="",
        language=settings.LANGUAGE_CODE,
        feed_url=settings.SITE_URL + feed_path,
        feed_guid=settings.SITE_URL + feed_path,
        author_name=settings.SITE_NAME,
    )
    for item in items:
        feed.add_item(
            title=item.title,
            link=settings.SITE_URL + ((to_differences and item.difference_url) or item.url),
            description=escape(item.note or item.title),
            unique_id=item.tag,
            pubdate=item.published_at,
            updateddate=item.published_at,
        )
    return feed.writeString("utf-8")


class _DatedFeed(Atom1Feed):
    """A feed that is the same whenever it is written, also while it holds nothing."""

    def latest_post_date(self) -> datetime:
        """The newest date of its items; long ago where it has none."""
        return super().latest_post_date() if self.items else datetime(1970, 1, 1, tzinfo=UTC)


def _revisions_of_entries(
    about: Remedy | Condition | None, kinds: Collection[str]
) -> QuerySet[EntryRevision]:
    parts = ("entry", "entry__remedy", "entry__condition")
    rows = _newest(EntryRevision._default_manager.filter(kind__in=list(kinds)), *parts)
    if isinstance(about, Remedy):
        rows = rows.filter(entry__remedy=about)
    elif about is not None:
        rows = rows.filter(entry__condition=about)
    return rows[:MOST_ITEMS]


def _revisions(
    model: type[RevisionT],
    subject: str,
    about: Remedy | Condition | None,
    kinds: Collection[str],
) -> QuerySet[RevisionT]:
    rows = _newest(model._default_manager.filter(kind__in=list(kinds)), subject)
    return (rows.filter(**{subject: about}) if about else rows)[:MOST_ITEMS]


def _newest(rows: QuerySet[RevisionT], *parts: str) -> QuerySet[RevisionT]:
    """Revisions all of whose `parts` readers see, newest first, with no more than a feed shows."""
    for part in parts:
        rows = rows.filter(
            **{f"{part}__published_at__isnull": False, f"{part}__withdrawn_at__isnull": True}
        )
    named = [part for part in parts if part != "entry"]
    columns = [f"{part}__{column}" for part in named for column in ("slug", "shown_name")]
    shown = rows.select_related(*parts)
    return shown.only("number", "published_at", "kind", "note", *parts, *columns).order_by("-pk")


def _item(revision: Revision, subject: Subject[Any]) -> FeedItem:
    host = urlsplit(settings.SITE_URL).hostname
    place = f"{revision._meta.model_name}/{revision.pk}"
    title = without_controls(subject.shown_title)
    number = revision.number
    return FeedItem(
        tag=f"tag:{host},{revision.published_at:%Y-%m-%d}:{place}",
        title=f"{title}: {_LABELS[revision.kind]}",
        url=subject.get_absolute_url(),
        note=without_controls(revision.note),
        published_at=revision.published_at,
        difference_url=difference_url(subject, number - 1, number) if number > 1 else "",
    )


def _items_of_banners(about: Remedy | Condition | None) -> list[FeedItem]:
    """When each safety notice was set, and when and why it was lifted."""
    items = []
    for banner in public_banners():
        parts = banner.subject.parts if banner.subject else ()
        if about is None or about in parts:
            items.append(_banner_item(banner, _("safety notice"), banner.text, banner.set_at))
            if banner.lifted_at is not None:
                title, note = _("safety notice lifted"), banner.lifted_reason
                items.append(_banner_item(banner, title, note, banner.lifted_at))
    return items


def _banner_item(banner: SafetyBanner, title: Promise, note: str, when: datetime) -> FeedItem:
    host = urlsplit(settings.SITE_URL).hostname
    about = without_controls(banner.subject.shown_title) if banner.subject else settings.SITE_NAME
    act = "lifted" if when == banner.lifted_at else "set"
    return FeedItem(
        tag=f"tag:{host},{when:%Y-%m-%d}:safetybanner/{banner.pk}/{act}",
        title=f"{about}: {title}",
        url=banner.subject.get_absolute_url() if banner.subject else reverse("home"),
        note=note,
        published_at=when,
        difference_url="",
    )
