"""Reads of one thread alone: its replies part by part, or one reply with what it answers."""

from dataclasses import dataclass, field

from django.db.models import F, Q, QuerySet

from discussions.models import Comment
from discussions.models.comment import MAX_DEPTH

REPLIES_OF_PART = 200
"""Replies of one thread on one page; what they answer on earlier pages is shown above them."""
MOST_ANSWERED = 200
"""Comments of earlier pages that stand above the replies of one; else it has fewer replies."""
_PATH = {f"answers_{level}": F("__".join(["parent"] * level)) for level in range(1, MAX_DEPTH + 1)}
"""The columns with the keys of all that a comment answers, in one row."""


@dataclass(frozen=True)
class Branch:
    """Threads of a page; or a part of one thread; or a reply with what it answers and its own replies.

    `truncated` are the roots of which only the first replies are here. Of a part, `next_after` is the
    key after which the next one begins, and `newest_after` that of the last; 0 where this is the last.
    """

    roots: list[Comment] = field(default_factory=list)
    replies: list[Comment] = field(default_factory=list)
    truncated: list[int] = field(default_factory=list)
    next_after: int = 0
    newest_after: int = 0


def load_branch(in_subject: Q, displayed: Q, pk: int, after: int) -> Branch:
    """The replies with keys above `after`, in five queries at most; empty without such a comment.

    Of a root they are all that stand in its thread, of a reply those that answer it directly.
    """
    comments = Comment.objects.filter(displayed).select_related("author")
    top = comments.filter(in_subject, pk=pk).annotate(**_PATH).first()
    if top is None:
        return Branch()
    below = comments.filter(Q(parent=pk) if top.root_id else Q(root=pk))
    rows = list(below.filter(pk__gt=after).order_by("pk")[: REPLIES_OF_PART + 1])
    replies, answered = _with_answered(top, rows[:REPLIES_OF_PART], comments)
    found = [*answered, top, *replies]
    next_after = replies[-1].pk if len(rows) > len(replies) else 0
    return Branch(
        roots=[comment for comment in found if comment.root_id is None],
        replies=[comment for comment in found if comment.root_id is not None],
        next_after=next_after,
        newest_after=_begin_of_last_part(below) if next_after else 0,
    )


def _with_answered(
    top: Comment, replies: list[Comment], comments: QuerySet[Comment]
) -> tuple[list[Comment], list[Comment]]:
    """The replies, and all that they and `top` answer beside them: two queries at most.

    `top` has the columns of `_PATH`. Fewer replies where more than MOST_ANSWERED other comments would have to stand above them.
    """
    shown = [top, *replies]
    keys = {comment.pk for comment in shown}
    cut_off = [comment.pk for comment in replies if comment.parent_id not in keys]
    paths = {top.pk: [getattr(top, column) for column in _PATH]}
    if cut_off:
        rows = Comment.objects.filter(pk__in=cut_off).annotate(**_PATH).order_by()
        paths |= {pk: path for pk, *path in rows.values_list("pk", *_PATH)}
    answered: set[int] = set()
    for number, comment in enumerate(shown):
        more = answered | ({key for key in paths.get(comment.pk, ()) if key} - keys)
        if len(more) > MOST_ANSWERED:
            replies = replies[: number - 1]
            break
        answered = more
    return replies, list(comments.filter(pk__in=answered)) if answered else []


def _begin_of_last_part(below: QuerySet[Comment]) -> int:
    """The key of the last reply before the newest ones, of which there is a page; 0 without one."""
    before = below.order_by("-pk").values_list("pk", flat=True)
    return next(iter(before[REPLIES_OF_PART : REPLIES_OF_PART + 1]), 0)


def load_thread_id(comment: Comment) -> int:
    """The `root_id` with which `load_discussion` shows the comment; its own where it is cut off."""
    if comment.root_id is None:
        return comment.pk
    earlier = Comment.objects.filter(root=comment.root_id, pk__lt=comment.pk).order_by("pk")
    is_cut_off = earlier[REPLIES_OF_PART - 1 : REPLIES_OF_PART].exists()
    return comment.pk if is_cut_off else comment.root_id
