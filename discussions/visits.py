"""What is new to a member since the last visit to a discussion; of members who agreed that we store it."""

from dataclasses import replace
from datetime import timedelta

from django.db import Error, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from accounts.services import lock_member
from discussions.choices import State
from discussions.models import Comment, LastVisit
from discussions.selectors import Discussion
from discussions.thread_pages import comments_of, thread_key
from remedies.models import Remedy, RemedyConditionEntry
from remedies_site.exceptions import NotPermitted
from remedies_site.locks import short_wait

VISIT = timedelta(minutes=30)
"""From its first page on a visit is the same, so that what is new stays marked, and is stored once."""


def last_visit(member: User, subject: Remedy | RemedyConditionEntry) -> LastVisit | None:
    """The stored visit of a member to a discussion, in one query; none without consent."""
    if member.consented_at is None:
        return None
    return LastVisit.objects.filter(user=member, thread=thread_key(subject)).first()


def with_news(discussion: Discussion, member: User, visit: LastVisit | None) -> Discussion:
    """The discussion with what is new to the member marked and counted, in one query or none."""
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
    newer = Comment.objects.filter(
        comments_of(discussion.subject), state=State.VISIBLE, pk__gt=since
    )
    count = newer.exclude(author=member).count()
    return replace(discussion, comments=comments, new_count=count)


def note_visit(member: User, discussion: Discussion, visit: LastVisit | None) -> LastVisit | None:
    """Store that the member reads the discussion, once in VISIT; the visit as it is then.

    Reading goes on where the database is locked or read-only.
    """
    if member.consented_at is None or not discussion.comments:
        return visit
    now = timezone.now()
    if visit is not None and visit.seen_at > now - VISIT:
        return visit
    newest = Comment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    try:
        with short_wait(), transaction.atomic():
            if visit is None:
                return _first_visit(member, discussion.comments[0].comment.thread_id, newest)
            same = LastVisit.objects.filter(pk=visit.pk, seen_at=visit.seen_at)
            same.update(seen_at=now, previous_key=F("newest_key"), newest_key=newest)
    except (Error, NotPermitted):
        return visit
    visit.seen_at, visit.previous_key, visit.newest_key = now, visit.newest_key, newest
    return visit


def _first_visit(member: User, thread_id: int, newest: int) -> LastVisit | None:
    """Raises: NotPermitted, where the account is gone."""
    if lock_member(member).consented_at is None:
        return None
    visit = LastVisit(user=member, thread_id=thread_id, newest_key=newest)
    LastVisit.objects.bulk_create([visit], ignore_conflicts=True)
    return visit
