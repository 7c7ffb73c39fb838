"""Models of discussions."""

from discussions.models.comment import Comment, CommentVote
from discussions.models.decision import Decision
from discussions.models.follow import Announcement, Follow
from discussions.models.report import Report
from discussions.models.thread import Thread

__all__ = [
    "Announcement",
    "Comment",
    "CommentVote",
    "Decision",
    "Follow",
    "Report",
    "Thread",
]
