"""The person: a public name, an address for mail, and what they agreed to."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from remedies_site.constraints import one_of


class ColourScheme(models.TextChoices):
    """How a member wants pages to look; others have what their device asks for."""

    SYSTEM = "", _("As my device is set")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class UserManager(BaseUserManager["User"]):
    """Makes people; the rules of a role are in `accounts.services`."""

    def create_user(
        self, name: str, email: str, password: str | None = None, **more: Any
    ) -> "User":
        """A person with a hashed password (None: nobody can log in with one)."""
        user = self.model(name=name, email=self.normalize_email(email), **more)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(
        self, name: str, email: str, password: str | None = None, **more: Any
    ) -> "User":
        """A person with every right, for Django's own `createsuperuser`."""
        user = self.create_user(
            name, email, password, **{"is_staff": True, "is_superuser": True} | more
        )
        user.add_verified_address()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Names are one however they are capitalised."""
        return self.get(name__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account. The name is public and need not be a real one."""

    name = models.CharField(
        _("name"),
        max_length=30,
        unique=True,
        validators=[
            RegexValidator(
                r"\A[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?\Z",
                _("Use letters, digits, and between them dots, hyphens or underscores."),
            )
        ],
        help_text=_("Shown beside what you write. It need not be your real name."),
        error_messages={"unique": _("This name is taken.")},
    )
    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("An account with this address exists.")},
    )
    consented_at = models.DateTimeField(
        _("consented at"),
        null=True,
        blank=True,
        help_text=_("When this person agreed that we store what they write about their health."),
    )
    colour_scheme = models.CharField(
        _("colours"),
        max_length=5,
        choices=ColourScheme.choices,
        blank=True,
        default=ColourScheme.SYSTEM,
    )
    is_active = models.BooleanField(_("may log in"), default=True)
    is_staff = models.BooleanField(_("may enter the editors' desk"), default=False)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "name"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                Lower("name"),
                name="accounts_user_name_any_case",
                violation_error_message=_("This name is taken."),
            ),
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_any_case",
                violation_error_message=_("An account with this address exists."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="accounts_user_name_filled"),
            models.CheckConstraint(condition=~Q(email=""), name="accounts_user_email_filled"),
            one_of("colour_scheme", ColourScheme),
        ]

    def __str__(self) -> str:
        return self.name

    def add_verified_address(self) -> None:
        """Let the person log in at once: whoever made the account vouches for its address."""
        addresses = self.emailaddress_set  # type: ignore[attr-defined]
        addresses.create(email=self.email, verified=True, primary=True)

    def get_short_name(self) -> str:
        """For the admin's greeting."""
        return self.name


class Allowance(models.Model):
    """How much of one kind of deed a person has used up: one row, locked while it is spent.

    `spent_until` is the moment at which everything spent so far will have been earned back (the
    “theoretical arrival time” of the generic cell rate algorithm, ITU-T I.371).
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="allowances")
    deed = models.CharField(max_length=20)
    spent_until = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "deed"], name="accounts_allowance_one_a_deed"),
            models.CheckConstraint(condition=~Q(deed=""), name="accounts_allowance_deed_filled"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.deed}"
