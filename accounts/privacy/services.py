"""Leaving, and taking the consent back. All that packages above hold goes by `contributions_withdrawn`."""

from datetime import timedelta
from functools import partial

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.adapters import AccountAdapter
from accounts.events import log_event
from accounts.models import AccountDeletion, User
from accounts.outbox import forget_mails_to
from accounts.privacy.signals import contributions_withdrawn
from accounts.services import end_sessions, lock_member
from remedies_site.exceptions import NotPermitted

GRACE = timedelta(days=7)
"""From the request to the deletion, in which it can be undone."""


@transaction.atomic
def request_deletion(user: User, *, words: bool) -> AccountDeletion:
    """Plan the deletion of an account, end its sessions and write to its address.

    `words`: whether comments lose their text, or only their author's name. A second request replaces the
    first, and the days begin anew. Raises: NotPermitted, for staff.
    """
    _require_no_staff(lock_member(user))
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
    """Keep the account after all; whether its deletion was planned. Raises: NotPermitted, after it."""
    deleted, _rows = AccountDeletion.objects.filter(user=lock_member(user)).delete()
    if deleted:
        log_event("deletion_undone", actor=user.pk)
    return bool(deleted)


def erase_due() -> int:
    """Erase every account whose day has come; the number of them. Several processes may do so at once."""
    due = AccountDeletion.objects.filter(due_at__lte=timezone.now()).order_by("due_at")
    return sum(map(_try_to_erase, due.values_list("user_id", flat=True)))


def _try_to_erase(user_id: int) -> bool:
    try:
        return _erase_if_due(user_id)
    except Exception as error:  # of any receiver; one account must not keep the others
        log_event("erasing_failed", person=user_id, error=type(error).__name__)
        return False


@transaction.atomic
def _erase_if_due(user_id: int) -> bool:
    user = User.objects.select_for_update(no_key=True).filter(pk=user_id).first()
    if user is None:
        return False
    deletion = AccountDeletion.objects.filter(user=user, due_at__lte=timezone.now()).first()
    if deletion is None:  # undone, or erased by another process, meanwhile
        return False
    if _is_staff(user):  # got a task since: it is erased once the task is gone
        deletion.due_at += timedelta(days=1)
        deletion.save(update_fields=["due_at"])
        log_event("deletion_waits_for_role", person=user.pk)
        return False
    erase_member(user, words=deletion.words)
    return True


@transaction.atomic
def erase_member(user: User, *, words: bool) -> None:
    """Delete an account at once, with all that is stored about the person. Raises: NotPermitted, for staff.

    `words` as in `request_deletion`. What cannot go with the row itself: mails that wait, and the names in
    the log of the admin.
    """
    locked = lock_member(user)
    _require_no_staff(locked)
    contributions_withdrawn.send(User, user=locked, words=words)
    addresses = EmailAddress.objects.filter(user=locked).values_list("email", flat=True)
    forget_mails_to({locked.email, *addresses})
    person = locked.pk
    # Waits for those who just now write a notification to this person (`notifications.services._hold`).
    User.objects.select_for_update().get(pk=person)
    locked.delete()
    _forget_in_admin_log(person)
    transaction.on_commit(partial(log_event, "member_erased", person=person, words=int(words)))


def _forget_in_admin_log(person: int) -> None:
    """The admin notes names and addresses of what it changes; those of addresses that are gone go too."""
    types = ContentType.objects.get_for_models(User, EmailAddress)
    about_person = Q(content_type=types[User], object_id=str(person))
    kept = EmailAddress.objects.annotate(key=Cast("pk", CharField())).values("key")
    about_address = Q(content_type=types[EmailAddress]) & ~Q(object_id__in=kept)
    entries = LogEntry.objects.filter(about_person | about_address)
    entries.update(object_repr="", change_message="")


@transaction.atomic
def withdraw_consent(user: User) -> None:
    """Store no more what the person wrote and voted: votes, reports and the text of comments are erased.

    The profile lists no comments any more, and goes on so after a new consent.
    """
    locked = lock_member(user)
    contributions_withdrawn.send(User, user=locked, words=True)
    locked.consented_at, locked.shows_comments = None, False
    locked.save(update_fields=["consented_at", "shows_comments"])
    transaction.on_commit(partial(log_event, "consent_withdrawn", actor=locked.pk))


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
