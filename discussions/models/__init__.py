"""Models of discussions."""

from discussions.models.appeal import Appeal, Note
from discussions.models.burst import VoteBurst
from discussions.models.challenge import Challenge
from discussions.models.comment import Comment, CommentVote
from discussions.models.decision import Decision
from discussions.models.follow import Announcement, Follow
from discussions.models.last_visit import LastVisit
from discussions.models.report import Report
from discussions.models.thread import Thread

__all__ = [
    "Announcement",
    "Appeal",
    "Challenge",
    "Comment",
    "CommentVote",
    "Decision",
    "Follow",
    "LastVisit",
    "Note",
    "Report",
    "Thread",
    "VoteBurst",
]
