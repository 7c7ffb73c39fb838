"""Writes with a rule about people."""

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import ROLES


@transaction.atomic
def add_member(*, email: str, password: str, name: str, role: str = "member") -> User:
    """A verified account with consent recorded and the rights of its role.

    Raises ValidationError for a taken name or address, or a malformed one. The operator's choice
    of password stands; `password_faults` says what is weak about it.
    """
    user = User.objects.create_user(
        name, email, password, is_staff=role in ROLES, consented_at=timezone.now()
    )
    if role in ROLES:
        user.groups.add(Group.objects.get(name=role))
    return user


def password_faults(password: str, user: User) -> list[str]:
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
