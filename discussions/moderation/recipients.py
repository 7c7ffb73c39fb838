"""Whom a report or a decision is announced to; `accounts.notifications` brings it to them."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Sanction
from accounts.notifications.choices import NotificationKind
from accounts.notifications.services import notify
from accounts.selectors import people_with_permission
from discussions.choices import Reason
from discussions.models import Appeal, Decision, Report
from discussions.moderation.statements import affected_member, statement_heading

_URGENT = {Reason.EMERGENCY, Reason.DANGER}


def notify_moderators(report: Report) -> None:
    """Tell every moderator of an emergency or of dangerous advice."""
    if report.reason in _URGENT:
        moderators = people_with_permission("discussions.moderate_comment")
        title = _("Somebody may be in danger: please look at this comment now")
        notify(
            moderators,
            NotificationKind.URGENT,
            title=title,
            url=reverse("moderation_decide", args=[report.comment_id]),
        )


def notify_affected(decision: Decision) -> None:
    """Tell the member whom a decision affects; they find the statement of reasons there."""
    member = affected_member(decision)
    if member is not None and member.pk != decision.by_id:
        title = statement_heading(decision)
        notify(
            [member], NotificationKind.CONTENT_DECIDED, title=title, url=decision.get_absolute_url()
        )


def notify_reporters(decision: Decision, reports: QuerySet[Report]) -> None:
    """Tell the people behind the reports that a decision closes, but not the moderator who took it."""
    own = reports.filter(reporter__isnull=False).exclude(reporter=decision.by)
    people = [report.reporter for report in own.select_related("reporter") if report.reporter]
    title = _("A moderator looked at a comment that you reported")
    notify(
        people,
        NotificationKind.REPORT_DECIDED,
        title=title,
        url=decision.comment.get_absolute_url(),
    )


# The fragments make these notices different from the first about the same decision: an equal one that is
# not read yet would stand for both.
def notify_lifted(sanction: Sanction) -> None:
    """Tell a member that they can write and vote again."""
    title = _("You can write and vote again")
    url = f"{sanction.decision.get_absolute_url()}#lifted"
    notify([sanction.user], NotificationKind.CONTENT_DECIDED, title=title, url=url)


def notify_of_appeal(appeal: Appeal) -> None:
    """Tell the member what came of their appeal."""
    title = _("Another moderator answered your appeal")
    url = f"{appeal.decision.get_absolute_url()}#answer"
    notify([appeal.by], NotificationKind.CONTENT_DECIDED, title=title, url=url)
