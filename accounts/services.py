"""Writes about people."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import PublicRole
from accounts.events import log_event
from accounts.models import (
    NAME_OF_STAFF,
    NAME_TAKEN,
    ColourScheme,
    FormerName,
    Session,
    User,
    name_conflict,
)
from accounts.public_names import passes_for_staff
from accounts.roles import PUBLIC_ROLES, ROLES
from accounts.selectors import open_sessions
from remedies_site.exceptions import InvalidInput, NotPermitted


@transaction.atomic
def add_member(*, email: str, password: str, name: str, role: str = "member") -> User:
    """Create an account with a verified address, a recorded consent and the permissions of its role.

    The password is not validated: see `password_errors`. Raises: ValidationError, for a name or address
    that is invalid or taken.
    """
    user = User.objects.create_user(
        name,
        email,
        password,
        is_staff=role in ROLES,
        public_role=PUBLIC_ROLES.get(role, PublicRole.NONE),
        consented_at=timezone.now(),
    )
    user.add_verified_address()
    if role in ROLES:
        user.groups.add(Group.objects.get(name=role))
        log_event("permissions_changed", actor=None, person=user.pk, fields="new", **user.rights())
    return user


def record_consent(user: User) -> None:
    """Store the time of the person's consent to the storage of what they write; the first one counts."""
    if user.consented_at is None:
        user.consented_at = timezone.now()
        user.save(update_fields=["consented_at"])


def lock_member(user: User) -> User:
    """The current row of a person, locked until the transaction ends. Raises: NotPermitted, where it is gone.

    Whoever writes in a person's name locks it first of all, as do the deletion of the account and the
    withdrawal of the consent: one of the two waits for the other, and sees what it did.
    """
    current = User.objects.select_for_update(no_key=True).filter(pk=user.pk).first()
    if current is None:
        raise NotPermitted(_("This account has been deleted."))
    return current


def require_consent(user: User, given: bool) -> None:
    """Record the consent that a form gives. Raises: InvalidInput, where there is none so far; NotPermitted.

    `given`: whether the box in this form was ticked. Locks the person's row (`lock_member`).
    """
    user.consented_at = lock_member(user).consented_at
    if user.consented_at is None:
        if not given:
            raise InvalidInput(
                _("Tick the box to agree that we store what you write and vote here.")
            )
        record_consent(user)


def validate_name(name: str) -> None:
    """Raises: ValidationError, for a name that passes for staff; only `add_member` and the admin give them."""
    if passes_for_staff(name):
        raise ValidationError(NAME_OF_STAFF)


MAX_FORMER_NAMES = 5
"""Of one person; an older one is free again, so that nobody collects names."""


def rename(user: User, *, name: str) -> None:
    """Change the public name; the old one stays kept back for the person.

    Raises: ValidationError, where it is invalid, taken, or passes for that of staff or of somebody else.
    """
    validate_name(name)
    user.name, user.is_name_older = name, False
    user.full_clean(exclude=["password"])
    try:
        with transaction.atomic():
            before = User.objects.select_for_update().get(pk=user.pk).name
            user.save(update_fields=["name", "is_name_older"])
            keep_former_name(user, before)
    except IntegrityError as error:  # taken since full_clean
        raise ValidationError(NAME_TAKEN) from error


def keep_former_name(user: User, before: str) -> None:
    """Keep a name back that the person just gave up; to be called in the transaction that renames."""
    FormerName.objects.filter(user=user, name__iexact=user.name).delete()
    if before.lower() != user.name.lower():
        FormerName.objects.create(user=user, name=before)
    latest = user.former_names.order_by("-pk").values_list("pk", flat=True)[:MAX_FORMER_NAMES]
    user.former_names.exclude(pk__in=list(latest)).delete()


def set_colour_scheme(user: User, *, scheme: str) -> None:
    """Set the colour scheme of the person's pages. Raises: InvalidInput, for an unknown one."""
    if scheme not in ColourScheme.values:
        raise InvalidInput(_("Choose one of the three."))
    user.colour_scheme = scheme
    user.save(update_fields=["colour_scheme"])


@transaction.atomic
def set_shows_comments(user: User, *, shown: bool, consent: bool = False) -> None:
    """List the person's comments on their profile, or no longer. Raises: InvalidInput, NotPermitted.

    `consent`: whether the box in this form was ticked; needed to list them, for one who has not agreed so far.
    """
    lock_member(user)
    if shown:
        require_consent(user, consent)
    user.shows_comments = shown
    user.save(update_fields=["shows_comments"])


def end_sessions(user: User, *, spared: str | None = None) -> int:
    """End every session of the person but the one with the key `spared`; the number of those ended."""
    ended, _rows = Session.objects.filter(user=user).exclude(session_key=spared or "").delete()
    if ended:
        log_event("sessions_ended", actor=user.pk, sessions=ended)
    return ended


def end_session(user: User, *, public_id: str, spared: str | None) -> bool:
    """End one session of the person, named as on their page; whether it was open and not `spared`."""
    for session in open_sessions(user):
        if session.public_id == public_id and session.session_key != spared:
            session.delete()
            log_event("sessions_ended", actor=user.pk, sessions=1)
            return True
    return False


@transaction.atomic
def reset_second_factor(user: User) -> int:
    """Remove the person's app and recovery codes, for one who lost both, and end their sessions.

    Their next log-in asks for the password alone. Returns the number of factors removed.
    """
    removed: int = Authenticator.objects.filter(user=user).delete()[0]
    end_sessions(user)
    log_event("second_factor_reset", person=user.pk, factors=removed)
    return removed


def password_errors(password: str, user: User) -> list[str]:
    """The messages of the password validators; empty for a strong password."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        return list(error.messages)
    return []


def name_from_email(email: str) -> str:
    """A public name that looks like no other, from the local part of the address: `ana`, else `ana2`, `ana3` …"""
    stem = "".join(c for c in email.partition("@")[0] if c.isascii() and c.isalnum())[:24]
    stem = stem or "member"
    name, number = stem, 1
    while name_conflict(name):
        number += 1
        name = f"{stem}{number}"
    return name
