"""Appeals against decisions. Raises subclasses of `remedies_site.exceptions.ServiceError`."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.events import log_event
from accounts.models import User
from accounts.services import lock_member
from discussions.choices import Action, Outcome
from discussions.models import Appeal, Decision
from discussions.moderation.member_services import lift
from discussions.moderation.recipients import notify_of_appeal
from discussions.moderation.services import record_decision, require_moderator, restore_comment
from discussions.moderation.statements import affected_member, appeal_until, is_appealable
from discussions.policies import MAX_APPEAL_LENGTH, MAX_NOTE_LENGTH
from discussions.services import lock_comment, require_permission
from remedies_site.exceptions import InvalidInput
from remedies_site.markup import without_controls

_MOST = 50
"""Appeals on a page; later ones wait for these."""


@transaction.atomic
def appeal(decision: Decision, *, by: User, text: str) -> Appeal:
    """Appeal once against a decision about oneself, within APPEAL_DAYS. Raises: InvalidInput, NotPermitted."""
    lock_member(by)
    lock_comment(decision.comment)
    decision = Decision.objects.select_related("comment__author", "sanction__user").get(
        pk=decision.pk
    )
    member = affected_member(decision)
    is_about_oneself = member is not None and member.pk == by.pk
    require_permission(is_about_oneself, _("You can appeal decisions about yourself only."))
    text = text.replace("\x00", "").strip()
    if not text:
        raise InvalidInput(_("Say why the decision is wrong."))
    if len(text) > MAX_APPEAL_LENGTH:
        raise InvalidInput(_("Keep it to 2,000 characters."))
    if not is_appealable(decision):
        raise InvalidInput(_("There is nothing to appeal against any more."))
    if timezone.now() >= appeal_until(decision):
        raise InvalidInput(_("The time to appeal against this decision is over."))
    created, is_new = Appeal.objects.get_or_create(
        decision=decision, defaults={"by": by, "text": text}
    )
    if not is_new:
        raise InvalidInput(_("You appealed already. There is one appeal against each decision."))
    log_event("appealed", actor=by.pk, decision=decision.pk)
    return created


@transaction.atomic
def decide_appeal(appeal: Appeal, *, by: User, overturn: bool, answer: str) -> Appeal:
    """Let a decision stand, or take it back, with an answer to the member.

    Not by the moderator who decided, and not by the member. Raises: InvalidInput, NotPermitted.
    """
    require_moderator(by)
    own = by.pk in {appeal.decision.by_id, appeal.by_id}
    require_permission(not own, _("Another moderator has to decide on this appeal."))
    answer = without_controls(answer).strip()[:MAX_NOTE_LENGTH]
    if not answer:
        raise InvalidInput(_("Answer the member: why does the decision stand, or not?"))
    lock_member(appeal.by)
    lock_comment(appeal.decision.comment)
    decided = Appeal.objects.filter(pk=appeal.pk, outcome=Outcome.OPEN).update(
        outcome=Outcome.OVERTURNED if overturn else Outcome.UPHELD,
        answer=answer,
        decided_by=by,
        decided_at=timezone.now(),
    )
    if not decided:
        raise InvalidInput(_("Somebody else has decided already."))
    action = Action.OVERTURN if overturn else Action.UPHOLD
    record_decision(appeal.decision.comment, action, by=by)
    if overturn:
        _take_back(appeal.decision, by)
    appeal.refresh_from_db()
    notify_of_appeal(appeal)
    return appeal


def _take_back(decision: Decision, by: User) -> None:
    if decision.sanction:
        decision.sanction.refresh_from_db()
        if decision.sanction.lifted_at is None:
            lift(decision.sanction, by=by)
    elif is_appealable(decision):
        restore_comment(decision.comment, by=by)


def open_appeals() -> QuerySet[Appeal]:
    """The appeals that wait for a moderator, the oldest first."""
    return Appeal.objects.filter(outcome=Outcome.OPEN).order_by("pk")


def count_open_appeals() -> int:
    """How many wait, for the operator's numbers."""
    return open_appeals().count()


def appeals_to_decide() -> list[Appeal]:
    """The first of the open appeals with all that a decision needs, in one query."""
    return list(
        open_appeals().select_related(
            "by",
            "decision__by",
            "decision__sanction",
            "decision__comment__author",
            "decision__comment__thread__remedy",
            "decision__comment__thread__entry__remedy",
            "decision__comment__thread__entry__condition",
        )[:_MOST]
    )
