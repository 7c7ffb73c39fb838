"""Counters of comments and entries against the rows that they count."""

from django.db.models import Count, Q

from discussions.choices import State
from discussions.models import Comment
from discussions.services import order_score
from remedies.models import RemedyConditionEntry


def visible(field: str) -> Q:
    return Q(**{f"{field}__state": State.VISIBLE})


def counted_votes(value: int) -> Q:
    return Q(votes__value=value, votes__is_counted=True)


def assert_counters_equal_rows() -> None:
    """Of every comment and every entry."""
    counted = Comment.objects.order_by().annotate(
        ups=Count("votes", filter=counted_votes(1), distinct=True),
        downs=Count("votes", filter=counted_votes(-1), distinct=True),
        children=Count("replies", filter=visible("replies"), distinct=True),
    )
    below_root = dict(
        Comment.objects.filter(state=State.VISIBLE, root__isnull=False)
        .order_by()
        .values_list("root")
        .annotate(Count("pk"))
    )
    for comment in counted:
        assert (comment.up_count, comment.down_count) == (comment.ups, comment.downs), comment.pk
        assert comment.score == order_score(comment.ups, comment.downs), comment.pk
        replies = below_root.get(comment.pk, 0) if comment.root_id is None else comment.children
        assert comment.reply_count == replies, comment.pk
    for entry in RemedyConditionEntry.objects.order_by().annotate(
        ups=Count("votes", filter=counted_votes(1)),
        downs=Count("votes", filter=counted_votes(-1)),
    ):
        assert (entry.up_count, entry.down_count) == (entry.ups, entry.downs)
