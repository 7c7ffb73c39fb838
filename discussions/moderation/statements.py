"""The statement of reasons that a member is owed for a decision about them, and their appeal against it.

What it has to say follows Article 17 of the Digital Services Act (Regulation (EU) 2022/2065): what was
decided, on which facts and rule, whether by a person, and how to appeal.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Sanction, User
from discussions.choices import Action, State
from discussions.models import Appeal, Decision
from discussions.models.decision import APPEALABLE

_STATED = (*APPEALABLE, Action.HIDE, Action.RESTORE, Action.MOVE, Action.LOCK, Action.UNLOCK)
_NEWEST = 50


@dataclass(frozen=True)
class StatementOfReasons:
    """What the member reads. `text` is their own comment, and empty where it is erased."""

    decision: Decision
    heading: str
    text: str
    sanction: Sanction | None
    appeal: Appeal | None
    may_appeal: bool
    appeal_until: datetime


def affected_member(decision: Decision) -> User | None:
    """Whom a decision is about: the sanctioned member, else the author; None where they are gone."""
    return decision.sanction.user if decision.sanction else decision.comment.author


def statement_heading(decision: Decision) -> str:
    """What was decided, said to the member whom it is about."""
    headings = {
        Action.HIDE: _("Your comment is hidden until a moderator has looked at it"),
        Action.REMOVE: _("A moderator removed your comment"),
        Action.RESTORE: _("A moderator put your comment back"),
        Action.LOCK: _("A moderator closed your thread to replies"),
        Action.UNLOCK: _("A moderator opened your thread again"),
        Action.MOVE: _("A moderator moved your thread to another page"),
        Action.REMIND: _("A moderator reminds you of the rules"),
        Action.PAUSE: _("A moderator paused your writing and voting"),
        Action.SUSPEND: _("A moderator suspended your writing and voting"),
    }
    return headings.get(Action(decision.action), _("A moderator looked at your comment"))


def find_statement(pk: int, member: User) -> StatementOfReasons | None:
    """The statement of a decision that is about the member; None for anybody else's."""
    decision = _decisions_about(member).filter(pk=pk).first()
    if decision is None:
        return None
    until = appeal_until(decision)
    appeal = Appeal.objects.filter(decision=decision).first()
    comment = decision.comment
    return StatementOfReasons(
        decision=decision,
        heading=statement_heading(decision),
        text="" if comment.state == State.DELETED else comment.body,
        sanction=decision.sanction,
        appeal=appeal,
        may_appeal=appeal is None and is_appealable(decision) and timezone.now() < until,
        appeal_until=until,
    )


def is_appealable(decision: Decision) -> bool:
    """Whether it takes something from the member that could be given back now."""
    if decision.action == Action.REMOVE:
        removals = Decision.objects.filter(comment=decision.comment_id, action=Action.REMOVE)
        is_the_last = removals.latest("pk").pk == decision.pk
        return is_the_last and decision.comment.state == State.REMOVED
    return decision.action in APPEALABLE and not (decision.sanction and decision.sanction.lifted_at)


def appeal_until(decision: Decision) -> datetime:
    """The end of the time in which the member can appeal."""
    return decision.created_at + timedelta(days=settings.APPEAL_DAYS)


def decisions_about(member: User) -> list[tuple[Decision, str]]:
    """The newest decisions about a member, each with its heading."""
    return [
        (decision, statement_heading(decision)) for decision in _decisions_about(member)[:_NEWEST]
    ]


def _decisions_about(member: User) -> QuerySet[Decision]:
    about = Q(sanction__user=member) | Q(comment__author=member, sanction=None)
    decisions = Decision.objects.filter(about, action__in=_STATED)
    return decisions.select_related(
        "comment__author",
        "comment__thread__remedy",
        "comment__thread__entry__remedy",
        "comment__thread__entry__condition",
        "sanction__user",
    )
