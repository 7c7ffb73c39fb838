"""What becomes of a comment that wants care: its author looks at it again, or a moderator reads it first."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from accounts.models import User
from discussions.bodies import body_version
from discussions.choices import Reason, State
from discussions.composer.findings import Finding, FindingKind
from discussions.composer.labels_of_kinds import kind_label
from discussions.composer.text_check import kinds_of
from discussions.models import Comment, Report
from discussions.moderation.recipients import notify_moderators
from discussions.trust import count_links
from remedies_site.exceptions import ServiceError

REASONS = {
    FindingKind.SELF_HARM: Reason.EMERGENCY,
    FindingKind.EMERGENCY: Reason.EMERGENCY,
    FindingKind.DOSE: Reason.DANGER,
    FindingKind.STOP: Reason.DANGER,
    FindingKind.SELLING: Reason.SPAM,
}


class NeedsCare(ServiceError):
    """The author should look at the text again, or send it to the moderators; nothing was stored."""

    def __init__(self, body: str, findings: Sequence[Finding]) -> None:
        """`body`: the text that was checked, as it would be stored."""
        super().__init__(_("Nothing has been sent yet. Please read this first."))
        self.body = body
        self.findings = findings


@dataclass(frozen=True)
class Review:
    """Why a moderator has to look at a comment: each reason with its detail. None for most comments."""

    reasons: dict[Reason, str] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether the comment waits until then. A first comment without a link does not."""
        return bool(self.reasons.keys() - {Reason.FIRST_POST})

    @property
    def state(self) -> State:
        """The state of a new comment."""
        return State.HELD if self.holds else State.VISIBLE


def review_body(
    body: str,
    findings: Sequence[Finding],
    *,
    by: User,
    checked: str,
    edited: Comment | None = None,
) -> Review:
    """What becomes of a text that is to be stored. `findings`: what `check_comment` found in it.

    `checked`: the `body_version` of the text that its author wants to send to the moderators as it is.
    Raises: NeedsCare, where the rules find something in another text than that.
    """
    if findings and checked != body_version(body):
        raise NeedsCare(body, findings)
    reasons: dict[Reason, list[str]] = {}
    for kind in kinds_of(findings):
        reasons.setdefault(REASONS[kind], []).append(kind_label(kind))
    review = {reason: "; ".join(labels) for reason, labels in reasons.items()}
    if is_first_time_author(by, edited):
        if count_links(body):
            review[Reason.LINK] = ""
        elif edited is None and not review:
            review[Reason.FIRST_POST] = ""
    return Review(review)


def is_first_time_author(member: User, comment: Comment | None = None) -> bool:
    """Whether no comment of theirs stands, or none from before the given one. Staff are none."""
    if member.is_staff:
        return False
    standing = Comment.objects.filter(author=member, state=State.VISIBLE)
    if comment is not None:
        standing = standing.filter(pk__lt=comment.pk)
    return not standing.exists()


def queue_for_review(comment: Comment, review: Review) -> None:
    """Put a comment into the moderators' queue, with a report for each reason that has none open."""
    for reason, detail in review.reasons.items():
        report, _created = Report.objects.update_or_create(
            comment=comment,
            reason=reason,
            is_automatic=True,
            decision=None,
            defaults={"detail": detail},
        )
        notify_moderators(report)
