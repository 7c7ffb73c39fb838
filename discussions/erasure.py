"""What becomes of the talk of a member who leaves, or takes the consent back."""

from collections import Counter

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q, QuerySet

from accounts.models import User
from discussions.choices import State
from discussions.models import (
    Appeal,
    Comment,
    CommentVote,
    Decision,
    LastVisit,
    Note,
    Report,
)
from discussions.models.decision import NO_REASON
from discussions.services import forget_reasons, order_score
from discussions.signals import words_erased
from remedies_site.voting import withdraw_votes

_BATCH = 500


def withdraw_talk(user: User, *, words: bool) -> None:
    """Take a member's votes out of the counters and their comments from them; in a transaction.

    When they read which discussion goes, too.

    With `words` the comments become empty places, as if the author had deleted each. Without it they stay
    without a name, but for those that wait for a moderator: only their author has seen them.
    """
    LastVisit.objects.filter(user=user).delete()
    own = Comment.objects.filter(author=user)
    votes = CommentVote.objects.filter(voter=user)
    _lock(own, votes)
    _sort_again(withdraw_votes(votes, "comment"))
    erased = own if words else own.filter(state=State.HELD)
    keys = list(erased.values_list("pk", flat=True))
    _uncount_replies(erased.filter(state=State.VISIBLE))
    Report.objects.filter(comment__in=erased).update(detail="")
    _forget_written_about(user)
    erased.update(state=State.DELETED, author=None, body="", html="", removal_reason="")
    own.update(author=None)
    if words:
        Report.objects.filter(reporter=user).update(detail="")
        Appeal.objects.filter(by=user).delete()
    _forget_in_admin_log(keys)
    words_erased.send(Comment)


def _forget_written_about(user: User) -> None:
    """What moderators wrote about the member: reasons and notes may name them, or quote their words."""
    about = Q(comment__author=user) | Q(sanction__user=user)
    Note.objects.filter(
        Q(comment__author=user) | Q(comment__decisions__sanction__user=user)
    ).delete()
    forget_reasons(Decision.objects.filter(about))
    Comment.objects.filter(author=user, state=State.REMOVED).update(removal_reason=NO_REASON)


def _lock(own: QuerySet[Comment], votes: QuerySet[CommentVote]) -> None:
    """All comments whose row changes, in the order of their keys, as every other service locks them."""
    rows = Comment.objects.filter(
        Q(pk__in=own.values("pk"))
        | Q(pk__in=own.values("parent"))
        | Q(pk__in=own.values("root"))
        | Q(pk__in=votes.values("comment"))
    )
    list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def _sort_again(keys: list[int]) -> None:
    """Store the scores that follow from the counters."""
    for begin in range(0, len(keys), _BATCH):
        comments = list(Comment.objects.filter(pk__in=keys[begin : begin + _BATCH]))
        for comment in comments:
            comment.score = order_score(comment.up_count, comment.down_count)
        Comment.objects.bulk_update(comments, ["score"])


def _uncount_replies(erased: QuerySet[Comment]) -> None:
    """Take replies that readers saw out of the numbers of their parents and roots."""
    changes: Counter[int] = Counter()
    replies = erased.filter(parent__isnull=False)
    for parent, root in replies.values_list("parent_id", "root_id"):
        changes.update({parent, root})
    for key, change in changes.items():
        Comment.objects.filter(pk=key).update(reply_count=F("reply_count") - change)


def _forget_in_admin_log(keys: list[int]) -> None:
    """An entry of that log begins with the text. Our admin changes no comments; other tools may have."""
    about = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Comment))
    for begin in range(0, len(keys), _BATCH):
        batch = [str(key) for key in keys[begin : begin + _BATCH]]
        about.filter(object_id__in=batch).update(object_repr="", change_message="")
