"""Reads of one reply in a thread that is too long to show whole."""

from django.db.models import Q

from discussions.models import Comment

REPLIES_OF_SINGLE_THREAD = 3_000
"""Replies that the page of one thread shows."""


def load_branch(displayed: Q, pk: int) -> tuple[list[Comment], list[Comment]]:
    """The root of a reply; the comments between them, the reply and its own replies."""
    comments = Comment.objects.select_related("author")
    path = list(comments.filter(displayed, pk=pk))
    while path and (parent_id := path[0].parent_id):
        path.insert(0, comments.get(pk=parent_id))
    if not path:
        return [], []
    children = comments.filter(displayed, parent=pk).order_by("pk")[:REPLIES_OF_SINGLE_THREAD]
    return path[:1], [*path[1:], *children]


def load_thread_id(comment: Comment) -> int:
    """The `root_id` with which `load_discussion` shows the comment; its own where it is cut off."""
    if comment.root_id is None:
        return comment.pk
    earlier = Comment.objects.filter(root=comment.root_id, pk__lt=comment.pk)
    is_cut_off = earlier.count() >= REPLIES_OF_SINGLE_THREAD
    return comment.pk if is_cut_off else comment.root_id
