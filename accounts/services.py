"""Writes about people."""

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.events import log_event
from accounts.models import ColourScheme, User
from accounts.roles import ROLES
from remedies_site.exceptions import InvalidInput


@transaction.atomic
def add_member(*, email: str, password: str, name: str, role: str = "member") -> User:
    """Create an account with a verified address, a recorded consent and the permissions of its role.

    The password is not validated: see `password_errors`. Raises: ValidationError, for a name or address
    that is invalid or taken.
    """
    user = User.objects.create_user(
        name, email, password, is_staff=role in ROLES, consented_at=timezone.now()
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


def require_consent(user: User, given: bool) -> None:
    """Record the consent that a form gives. Raises: InvalidInput, where there is none so far.

    `given`: whether the box in this form was ticked.
    """
    if user.consented_at is None:
        if not given:
            raise InvalidInput(
                _("Tick the box to agree that we store what you write and vote here.")
            )
        record_consent(user)


RESERVED_NAMES = {
    *("admin", "administrator", "editor", "editors", "help", "mod", "moderator", "moderators"),
    *("official", "operator", "publisher", "root", "staff", "support", "system", "webmaster"),
}
"""Names that members cannot choose, since they suggest authority; `add_member` may give them."""


def validate_name(name: str) -> None:
    """Raises: ValidationError, for a reserved name."""
    if name.casefold().strip("._-") in RESERVED_NAMES:
        raise ValidationError(_("This name is kept for the people who run the site."))


def rename(user: User, *, name: str) -> None:
    """Change the public name. Raises: ValidationError, where it is invalid or taken."""
    validate_name(name)
    user.name = name
    user.full_clean(exclude=["password"])
    try:
        with transaction.atomic():
            user.save(update_fields=["name"])
    except IntegrityError as error:  # taken since full_clean
        raise ValidationError(_("This name is taken.")) from error


def set_colour_scheme(user: User, *, scheme: str) -> None:
    """Set the colour scheme of the person's pages. Raises: InvalidInput, for an unknown one."""
    if scheme not in ColourScheme.values:
        raise InvalidInput(_("Choose one of the three."))
    user.colour_scheme = scheme
    user.save(update_fields=["colour_scheme"])


def password_errors(password: str, user: User) -> list[str]:
    """The messages of the password validators; empty for a strong password."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        return list(error.messages)
    return []


def name_from_email(email: str) -> str:
    """An unused public name from the local part of the address: `ana`, else `ana2`, `ana3` …"""
    stem = "".join(c for c in email.partition("@")[0] if c.isascii() and c.isalnum())[:24]
    stem = stem or "member"
    name, number = stem, 1
    while User.objects.filter(name__iexact=name).exists():
        number += 1
        name = f"{stem}{number}"
    return name
