"""Writes with a rule about people."""

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import ColourScheme, User
from accounts.roles import ROLES
from remedies_site.exceptions import InvalidInput


@transaction.atomic
def add_member(*, email: str, password: str, name: str, role: str = "member") -> User:
    """A verified account with consent recorded and the rights of its role.

    Raises ValidationError for a taken name or address, or a malformed one. The operator's choice
    of password stands; `password_errors` says what is weak about it.
    """
    user = User.objects.create_user(
        name, email, password, is_staff=role in ROLES, consented_at=timezone.now()
    )
    user.add_verified_address()
    if role in ROLES:
        user.groups.add(Group.objects.get(name=role))
    return user


def record_consent(user: User) -> None:
    """Remember when the person agreed that we store what they write about their health."""
    if user.consented_at is None:
        user.consented_at = timezone.now()
        user.save(update_fields=["consented_at"])


def need_consent(user: User, given: bool) -> None:
    """What is voted or written about health is stored with consent only. Raises InvalidInput.

    `given`: whether the person ticked the box with this very form.
    """
    if user.consented_at is None:
        if not given:
            raise InvalidInput(
                _("Tick the box to agree that we store what you write and vote here.")
            )
        record_consent(user)


OFFICIAL = {
    *("admin", "administrator", "editor", "editors", "help", "mod", "moderator", "moderators"),
    *("official", "operator", "publisher", "root", "staff", "support", "system", "webmaster"),
}
"""Names that would pass for somebody in charge; the operator's own commands may give them."""


def check_name(name: str) -> None:
    """Raise ValidationError where a member's name would pass for somebody in charge."""
    if name.casefold().strip("._-") in OFFICIAL:
        raise ValidationError(_("This name is kept for the people who run the site."))


def rename(user: User, *, name: str) -> None:
    """Give the person another public name. Raises ValidationError where it is taken or malformed."""
    check_name(name)
    user.name = name
    user.full_clean(exclude=["password"])
    try:
        with transaction.atomic():
            user.save(update_fields=["name"])
    except IntegrityError as error:  # somebody took it since it was looked up
        raise ValidationError(_("This name is taken.")) from error


def choose_colours(user: User, *, scheme: str) -> None:
    """Fix light or dark for the person's pages, or follow their device again. Raises InvalidInput."""
    if scheme not in ColourScheme.values:
        raise InvalidInput(_("Choose one of the three."))
    user.colour_scheme = scheme
    user.save(update_fields=["colour_scheme"])


def password_errors(password: str, user: User) -> list[str]:
    """What is weak about a password, in sentences; an empty list when nothing is."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        return list(error.messages)
    return []


def name_from_email(email: str) -> str:
    """A free public name made from the part before the @: `ana`, else `ana2`, `ana3` …"""
    stem = "".join(c for c in email.partition("@")[0] if c.isascii() and c.isalnum())[:24]
    stem = stem or "member"
    name, number = stem, 1
    while User.objects.filter(name__iexact=name).exists():
        number += 1
        name = f"{stem}{number}"
    return name
