"""Leaving, and taking the consent back. All that packages above hold goes by `contributions_withdrawn`."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.adapters import AccountAdapter
from accounts.events import log_event
from accounts.models import AccountDeletion, User
from accounts.outbox import forget_mails_to
from accounts.privacy.signals import contributions_withdrawn
from accounts.services import end_sessions
from remedies_site.exceptions import NotPermitted

GRACE = timedelta(days=7)
"""From the request to the deletion, in which it can be undone."""


@transaction.atomic
def request_deletion(user: User, *, words: bool) -> AccountDeletion:
    """Plan the deletion of an account, end its sessions and write to its address.

    `words`: whether comments lose their text, or only their author's name. A second request replaces the
    first, and the days begin anew. Raises: NotPermitted, for staff.
    """
    _require_no_staff(_locked(user))
    now = timezone.now()
    deletion, _created = AccountDeletion.objects.update_or_create(
        user=user, defaults={"words": words, "requested_at": now, "due_at": now + GRACE}
    )
    end_sessions(user)
    log_event("deletion_requested", actor=user.pk, words=int(words))
    context = {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "deletion": deletion,
        "timestamp": now,
    }
    AccountAdapter().render_mail("account/email/deletion_requested", user.email, context).send()
    return deletion


@transaction.atomic
def undo_deletion(user: User) -> bool:
    """Keep the account after all; whether its deletion was planned."""
    deleted, _rows = AccountDeletion.objects.filter(user=_locked(user)).delete()
    if deleted:
        log_event("deletion_undone", actor=user.pk)
    return bool(deleted)


def erase_due() -> int:
    """Erase every account whose day has come; the number of them. Several processes may do so at once."""
    due = AccountDeletion.objects.filter(due_at__lte=timezone.now())
    return sum(map(_erase_if_due, due.values_list("user_id", flat=True)))


@transaction.atomic
def _erase_if_due(user_id: int) -> bool:
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        return False
    deletion = AccountDeletion.objects.filter(user=user, due_at__lte=timezone.now()).first()
    if deletion is None:  # undone, or erased by another process, meanwhile
        return False
    if _is_staff(user):  # got a task since: then the account is needed
        deletion.delete()
        return False
    erase_member(user, words=deletion.words)
    return True


@transaction.atomic
def erase_member(user: User, *, words: bool) -> None:
    """Delete an account at once, with all that is stored about the person. Raises: NotPermitted, for staff.

    `words` as in `request_deletion`. What cannot go with the row itself: mails that wait, and the names in
    the log of the admin.
    """
    locked = _locked(user)
    _require_no_staff(locked)
    contributions_withdrawn.send(User, user=locked, words=words)
    addresses = EmailAddress.objects.filter(user=locked).values_list("email", flat=True)
    forget_mails_to({locked.email, *addresses})
    about = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User))
    about.filter(object_id=str(locked.pk)).update(object_repr="", change_message="")
    log_event("member_erased", person=locked.pk, words=int(words))
    locked.delete()


@transaction.atomic
def withdraw_consent(user: User) -> None:
    """Store no more what the person wrote and voted: votes, reports and the text of comments are erased."""
    locked = _locked(user)
    contributions_withdrawn.send(User, user=locked, words=True)
    locked.consented_at = None
    locked.save(update_fields=["consented_at"])
    log_event("consent_withdrawn", actor=locked.pk)


def _locked(user: User) -> User:
    """The current row, locked: whoever writes in this person's name meanwhile waits for the outcome."""
    return User.objects.select_for_update().get(pk=user.pk)


def _is_staff(user: User) -> bool:
    return user.is_staff or user.is_superuser


def _require_no_staff(user: User) -> None:
    if _is_staff(user):
        raise NotPermitted(
            _(
                "You have a task on this site, and its records need your account. "
                "Ask those who run it to take the task back first."
            )
        )
