"""What is new to a member since the last visit to a discussion that the member takes part in.

What somebody reads on a health site is stored of nobody else, and only after the consent.
"""

from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from django.db import Error, transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import lock_member
from discussions.choices import State
from discussions.models import Comment, LastVisit
from discussions.selectors import Discussion
from discussions.thread_pages import comments_of
from remedies.models import Remedy, RemedyConditionEntry
from remedies_site.compiled_queries import CompiledQuery
from remedies_site.exceptions import NotPermitted
from remedies_site.locks import short_wait

VISIT = timedelta(minutes=30)
"""From its first page on a visit is the same, so that what is new stays marked, and is stored once."""


class Writers(NamedTuple):
    """The members with words in a discussion, and the key of its thread; 0 where nobody has any."""

    thread_id: int
    members: frozenset[int | None]


def writers_of(subject: Remedy | RemedyConditionEntry) -> Writers:
    """Who has words in the discussion of the subject, in one query; the same for every reader."""
    written = Comment.objects.filter(comments_of(subject), author__isnull=False).order_by()
    rows = list(written.values_list("thread_id", "author_id").distinct())
    return Writers(rows[0][0] if rows else 0, frozenset(author for _thread, author in rows))


def last_visit(member: User, writers: Writers) -> LastVisit | None:
    """The stored visit of a member to a discussion; an unsaved one where they wrote and never came back.

    None where the member wrote nothing there, or did not consent. One query at most.
    """
    if member.consented_at is None or member.pk not in writers.members:
        return None
    stored = _LAST_VISIT.instances(LastVisit, member.pk, writers.thread_id)
    return stored[0] if stored else LastVisit(user_id=member.pk, thread_id=writers.thread_id)


_LAST_VISIT = CompiledQuery(
    lambda member, thread: LastVisit.objects.filter(user=member, thread=thread), int, int
)


def with_news(discussion: Discussion, member: User, visit: LastVisit | None) -> Discussion:
    """The discussion with what is new to the member marked, and counted where it is no single thread.

    One query or none.
    """
    if visit is None or visit.previous_key is None:
        return discussion
    since = visit.previous_key
    comments = [
        replace(item, is_new_to_reader=True)
        if item.comment.is_visible
        and item.comment.pk > since
        and item.comment.author_id != member.pk
        else item
        for item in discussion.comments
    ]
    discussion = replace(
        discussion, comments=comments, key=discussion.key and (*discussion.key, since, member.pk)
    )
    if discussion.root_id is not None:
        return discussion
    newer = Comment.objects.filter(
        comments_of(discussion.subject), state=State.VISIBLE, pk__gt=since
    )
    count = newer.exclude(author=member).count()
    return replace(discussion, new_count=count)


def note_visit(member: User, visit: LastVisit | None) -> LastVisit | None:
    """Store that a member who wrote in the discussion reads it, once in VISIT; the visit as it is then.

    What the others read is not stored. Reading goes on where the database is locked or read-only.
    """
    if visit is None or (visit.pk and visit.seen_at > timezone.now() - VISIT):
        return visit
    try:
        with short_wait():
            return _write_visit(member, visit)
    except (Error, NotPermitted):
        return visit


def forget_visits_without_words(thread_id: int) -> None:
    """Delete the visits to a discussion of members who have no words there any more."""
    authors = Comment.objects.filter(thread=thread_id, author__isnull=False).values("author")
    LastVisit.objects.filter(thread=thread_id).exclude(user__in=authors).delete()


@transaction.atomic
def _write_visit(member: User, visit: LastVisit) -> LastVisit | None:
    """Raises: NotPermitted, where the account is gone."""
    if lock_member(member).consented_at is None:
        return None
    newest = Comment.objects.order_by("-pk").values_list("pk", flat=True)[:1].get()
    previous = visit.newest_key if visit.pk else None
    written, _is_new = LastVisit.objects.update_or_create(
        user=member,
        thread_id=visit.thread_id,
        defaults={"seen_at": timezone.now(), "newest_key": newest, "previous_key": previous},
    )
    return written
