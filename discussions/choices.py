"""Choices of discussions."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """The state of a comment."""

    VISIBLE = "visible", _("visible")
    HELD = "held", _("held for a moderator")
    HIDDEN = "hidden", _("hidden until a moderator has looked")
    REMOVED = "removed", _("removed by a moderator")
    DELETED = "deleted", _("removed by its author")


class Order(TextChoices):
    """How threads are sorted; readers choose by a link."""

    BEST = "best", _("Best")
    NEW = "new", _("Newest")
    OLD = "old", _("Oldest")
    DISCUSSED = "discussed", _("Most replies")


class Reason(TextChoices):
    """The reason of a report."""

    SPAM = "spam", _("Spam or undisclosed selling")
    UNKIND = "unkind", _("Unkind")
    OFF_TOPIC = "off_topic", _("Off topic")
    DANGER = "danger", _("Dangerous advice")
    EMERGENCY = "emergency", _("Medical emergency or self-harm")
    PRIVATE = "private", _("Private information")
    MISLEADING = "misleading", _("Misleading claim about evidence")
    OTHER = "other", _("Something else (say what)")
    FIRST_POST = "first_post", _("First comment of a new member")
    LINK = "link", _("A new member's comment with a link")


AUTOMATIC_REASONS = (Reason.FIRST_POST, Reason.LINK)
"""What the rules give alone; nobody chooses them."""
REASONS_TO_CHOOSE = [
    (reason.value, reason.label) for reason in Reason if reason not in AUTOMATIC_REASONS
]


class ReportState(TextChoices):
    """How far moderators are with a report."""

    OPEN = "open", _("waits for a moderator")
    TAKEN = "taken", _("a moderator is looking at it")
    DECIDED = "decided", _("decided")
    GONE = "gone", _("the author deleted the comment")


class Action(TextChoices):
    """What was decided about a comment, its thread or its author."""

    KEEP = "keep", _("a comment was kept")
    HIDE = "hide", _("a comment was hidden until a moderator has looked")
    REMOVE = "remove", _("a comment was removed")
    RESTORE = "restore", _("a comment was put back")
    LOCK = "lock", _("a thread was closed to replies")
    UNLOCK = "unlock", _("a thread was opened again")
    MOVE = "move", _("a thread was moved to the page it belongs to")
    REMIND = "remind", _("a member was reminded of the rules")
    PAUSE = "pause", _("a member was paused")
    SUSPEND = "suspend", _("a member was suspended")
    LIFT = "lift", _("a pause or suspension was lifted")
    UPHOLD = "uphold", _("an appeal was looked at, and the decision stands")
    OVERTURN = "overturn", _("an appeal was looked at, and the decision was taken back")


class BurstState(TextChoices):
    """What was decided about a burst of votes."""

    OPEN = "open", _("a burst of votes waits for a moderator")
    KEPT = "kept", _("a burst of votes was looked at, and the votes count")
    TAKEN_OUT = "taken_out", _("a burst of votes was taken out of the counts")
    COUNTED_AGAIN = "again", _("votes that had been taken out count again")


class Outcome(TextChoices):
    """What came of an appeal."""

    OPEN = "", _("waits for another moderator")
    UPHELD = "upheld", _("the decision stands")
    OVERTURNED = "overturned", _("the decision was taken back")
