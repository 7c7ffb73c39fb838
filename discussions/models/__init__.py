"""Models of discussions."""

from discussions.models.comment import Comment, CommentVote
from discussions.models.decision import Decision
from discussions.models.last_visit import LastVisit
from discussions.models.report import Report
from discussions.models.thread import Thread

__all__ = ["Comment", "CommentVote", "Decision", "LastVisit", "Report", "Thread"]
