"""What editors do with challenges, and the credit in a revision.

Raises subclasses of `remedies_site.exceptions.ServiceError`.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.events import log_event
from accounts.models import User
from accounts.notifications.choices import NotificationKind
from accounts.notifications.services import notify
from discussions.challenges.choices import ChallengeState, Visibility
from discussions.challenges.selectors import scope_of
from discussions.models import Challenge
from discussions.models.challenge import ChallengedSubject
from discussions.moderation.services import cleaned_reason
from discussions.policies import MAX_ANSWER
from discussions.services import require_permission
from remedies_site.exceptions import InvalidInput
from remedies_site.markup import without_controls

DECIDE = "discussions.decide_challenge"


def may_remove(person: User) -> bool:
    """Whether this person takes challenges from readers: moderators and editors do."""
    return person.has_perm("discussions.moderate_comment") or person.has_perm(DECIDE)


@transaction.atomic
def decide(
    challenge: Challenge, *, by: User, accept: bool, answer: str, number: int | None = None
) -> Challenge:
    """Accept or decline a challenge with an answer that readers see; one that waited is public then.

    `number` is the revision in which the claim is mended already. Without it, the next revision of the
    page that is published names the member. Raises: InvalidInput, NotPermitted.
    """
    require_permission(by.has_perm(DECIDE), _("Only editors decide on challenges."))
    answer = without_controls(answer).strip()
    if not answer:
        raise InvalidInput(_("Write the answer that readers see."))
    if len(answer) > MAX_ANSWER:
        raise InvalidInput(_("Keep the answer to 1,000 characters."))
    locked = _lock(challenge)
    require_permission(
        locked.by_id != by.pk, _("Another editor has to decide on your own challenge.")
    )
    if not locked.is_open or locked.visibility == Visibility.REMOVED:
        raise InvalidInput(_("Somebody else has decided already."))
    locked.credited_number = _known_number(locked, number) if accept else None
    locked.state = ChallengeState.ACCEPTED if accept else ChallengeState.DECLINED
    locked.answer, locked.decided_by, locked.decided_at = answer, by, timezone.now()
    locked.visibility = Visibility.VISIBLE
    locked.save()
    log_event("challenge_decided", actor=by.pk, challenge=locked.pk, state=locked.state)
    _notify_author(locked, _("An editor answered what you said about a page"))
    return locked


@transaction.atomic
def show_challenge(challenge: Challenge, *, by: User) -> Challenge:
    """Let readers see a challenge that waited, or was removed. Raises: InvalidInput, NotPermitted."""
    require_permission(may_remove(by), _("Only editors and moderators do this."))
    locked = _lock(challenge)
    require_permission(
        locked.by_id != by.pk, _("Another person has to look at your own challenge.")
    )
    if locked.is_visible:
        raise InvalidInput(_("Readers see it already."))
    locked.visibility, locked.removal_reason = Visibility.VISIBLE, ""
    locked.save(update_fields=["visibility", "removal_reason"])
    log_event("challenge_shown", actor=by.pk, challenge=locked.pk)
    return locked


@transaction.atomic
def remove_challenge(challenge: Challenge, *, by: User, reason: str) -> Challenge:
    """Take a challenge from readers, with a reason that its author reads. Raises: InvalidInput, NotPermitted."""
    require_permission(may_remove(by), _("Only editors and moderators do this."))
    reason = cleaned_reason(reason)
    locked = _lock(challenge)
    if locked.visibility == Visibility.REMOVED:
        raise InvalidInput(_("It is removed already."))
    locked.visibility, locked.removal_reason = Visibility.REMOVED, reason
    locked.save(update_fields=["visibility", "removal_reason"])
    log_event("challenge_removed", actor=by.pk, challenge=locked.pk)
    _notify_author(locked, _("What you said about a page was removed"), "#removed")
    return locked


def credit_challenges(subject: ChallengedSubject) -> None:
    """Credit those who prompted the revision that was just published: all accepted ones without one yet.

    To be called in the transaction that published, before anybody is told of the revision.
    """
    if subject.current_revision is None:
        return
    accepted = Challenge.objects.filter(
        **scope_of(subject), state=ChallengeState.ACCEPTED, credited_number=None
    )
    locked = list(accepted.select_for_update(of=("self",)).order_by("pk"))
    for challenge in locked:
        challenge.credited_number = subject.current_revision.number
        challenge.save(update_fields=["credited_number"])
    for challenge in locked:
        title = _("What you said about a page is in its newest version")
        _notify_author(challenge, title, "#credited")


def _lock(challenge: Challenge) -> Challenge:
    rows = Challenge.objects.select_for_update(of=("self",)).filter(pk=challenge.pk)
    locked = rows.first()
    if locked is None:
        raise InvalidInput(_("Its author has deleted it."))
    return locked


def _known_number(challenge: Challenge, number: int | None) -> int | None:
    """Raises: InvalidInput, where the page has no such revision after the one that was challenged."""
    if number is None:
        return None
    known = challenge.subject.revisions.filter(number=number).exists()
    if not known or number <= challenge.revision_number:
        raise InvalidInput(_("The page has no such version after the one that was challenged."))
    return number


def _notify_author(challenge: Challenge, title: str, anchor: str = "") -> None:
    if challenge.by is not None:
        url = challenge.get_absolute_url() + anchor
        notify([challenge.by], NotificationKind.CONTENT_DECIDED, title=title, url=url)
