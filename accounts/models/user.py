"""The user model."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.choices import PublicRole
from accounts.events import log_event
from accounts.public_names import (
    MAX_SKELETON_LENGTH,
    name_skeleton,
    passes_for_staff,
    skeleton_of,
)
from remedies_site.constraints import one_of

MAX_LOGIN_LENGTH = 254
"""Characters of a name or e-mail address that somebody logs in with, as EmailField has it."""
NAME_TAKEN = _("This name is taken.")
NAME_ALIKE = _("This name looks like that of somebody else here. Choose one that differs more.")
NAME_OF_STAFF = _("This name is kept for the people who run the site.")


class ColourScheme(models.TextChoices):
    """The colour scheme of a member's pages; readers have that of their device."""

    SYSTEM = "", _("As my device is set")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class UserManager(BaseUserManager["User"]):
    """Creates users; `accounts.services.add_member` gives them a role."""

    def create_user(
        self, name: str, email: str, password: str | None = None, **extra: Any
    ) -> "User":
        """A validated, saved user; with `password` None, log-in by password is impossible.

        Raises: ValidationError.
        """
        user = self.model(name=name, email=self.normalize_email(email), **extra)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(
        self, name: str, email: str, password: str | None = None, **extra: Any
    ) -> "User":
        """A user with all permissions and a verified address, for Django's `createsuperuser`."""
        user = self.create_user(
            name, email, password, **{"is_staff": True, "is_superuser": True} | extra
        )
        user.add_verified_address()
        log_event("permissions_changed", actor=None, person=user.pk, fields="new", **user.rights())
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user by name, without regard to case."""
        return self.get(name__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. The name is public and need not be a real name."""

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
        error_messages={"unique": NAME_TAKEN},
    )
    name_skeleton = models.GeneratedField(
        expression=skeleton_of("name"),
        output_field=models.CharField(max_length=MAX_SKELETON_LENGTH),
        db_persist=True,
    )
    is_name_older = models.BooleanField(
        default=False,
        db_default=False,
        editable=False,
        help_text=_("Chosen before names that look like another were refused, and like another."),
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
    shows_comments = models.BooleanField(
        _("comments listed on the profile"),
        default=False,
        db_default=False,
        editable=False,
        help_text=_("The person chose so: it tells others what they care about."),
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
    public_role = models.CharField(
        _("word beside the name"),
        max_length=9,
        choices=PublicRole.choices,
        blank=True,
        default=PublicRole.NONE,
        db_default="",
    )
    credential_checked_on = models.DateField(
        _("credential checked on"),
        null=True,
        blank=True,
        help_text=_("Of a clinician: the day on which one of us found the person in the register."),
    )
    credential_register = models.CharField(
        _("register"),
        max_length=100,
        blank=True,
        default="",
        db_default="",
        help_text=_("Of a clinician: which register, and the number in it. Readers do not see it."),
    )
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)
    digest_mailed_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    rights_suspended = False
    """Set on the person of a request without the second factor that it needs: no permission counts."""

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
                violation_error_message=NAME_TAKEN,
            ),
            models.UniqueConstraint(
                fields=["name_skeleton"],
                condition=Q(is_name_older=False),
                name="accounts_user_name_looks_like_no_other",
                violation_error_message=NAME_ALIKE,
            ),
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_any_case",
                violation_error_message=_("An account with this address exists."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="accounts_user_name_filled"),
            models.CheckConstraint(condition=~Q(email=""), name="accounts_user_email_filled"),
            models.CheckConstraint(
                condition=Q(shows_comments=False) | Q(consented_at__isnull=False),
                name="accounts_user_shows_comments_with_consent",
            ),
            one_of("colour_scheme", ColourScheme),
            one_of("public_role", PublicRole),
            models.CheckConstraint(
                condition=Q(public_role=PublicRole.CLINICIAN, credential_checked_on__isnull=False)
                & ~Q(credential_register="")
                | ~Q(public_role=PublicRole.CLINICIAN)
                & Q(credential_checked_on__isnull=True, credential_register=""),
                name="accounts_user_clinician_with_register",
                violation_error_message=_(
                    "A clinician has a register and the day on which it was checked; others have neither."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Besides what Django checks: a new name passes neither for somebody else's nor for staff."""
        super().clean()
        stored = User.objects.filter(pk=self.pk).values_list("name", flat=True).first()
        if stored == self.name:  # whoever has a name keeps it
            return
        if passes_for_staff(self.name) and not self.is_staff:
            raise ValidationError({"name": NAME_OF_STAFF})
        if conflict := name_conflict(self.name, besides=self):
            raise ValidationError({"name": conflict})

    def add_verified_address(self) -> None:
        """Store the e-mail address as verified, for accounts that the operator creates."""
        addresses = self.emailaddress_set  # type: ignore[attr-defined]
        addresses.create(email=self.email, verified=True, primary=True)

    def rights(self) -> dict[str, str | int]:
        """What the person may do, in numbers for a log line; groups by their ids."""
        groups = self.groups.order_by("pk").values_list("pk", flat=True)
        return {
            "active": int(self.is_active),
            "staff": int(self.is_staff),
            "superuser": int(self.is_superuser),
            "groups": ",".join(map(str, groups)) or "-",
        }

    def get_short_name(self) -> str:
        """The name in the header of the admin."""
        return self.name

    @property
    def shown_role(self) -> str:
        """The word that readers see beside the name: empty for members."""
        if self.public_role == PublicRole.CLINICIAN and self.credential_checked_on:
            month = date_format(self.credential_checked_on, "F Y")
            return gettext("Clinician, verified %(month)s") % {"month": month}
        if self.public_role == PublicRole.CLINICIAN or not self.is_staff:
            return ""  # the word for a task goes with the task
        return str(PublicRole(self.public_role).label) if self.public_role else gettext("Staff")

    @property
    def has_staff_rights(self) -> bool:
        """Whether pages for staff open in this request."""
        return self.is_staff and not self.rights_suspended

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """As Django says, except where the rights of this request are suspended."""
        return not self.rights_suspended and super().has_perm(perm, obj)

    def has_module_perms(self, app_label: str) -> bool:
        """As Django says, except where the rights of this request are suspended."""
        return not self.rights_suspended and super().has_module_perms(app_label)


class FormerName(models.Model):
    """A name that a person gave up. Nobody else gets it: readers would take one for the other."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=30)
    name_skeleton = models.GeneratedField(
        expression=skeleton_of("name"),
        output_field=models.CharField(max_length=MAX_SKELETON_LENGTH),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["name_skeleton"], name="accounts_formername_skeleton"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("name"), name="accounts_formername_any_case"),
            models.CheckConstraint(condition=~Q(name=""), name="accounts_formername_filled"),
        ]

    def __str__(self) -> str:
        return self.name


def name_conflict(name: str, *, besides: User | None = None) -> str | None:
    """Why the name cannot be given: somebody else has it, had it, or has or had one that looks like it.

    Look at former names last, for a renaming moves the name to there.
    """
    if "\x00" in name:  # no such name can be stored, and PostgreSQL cannot look for one
        return None
    own = (besides.pk or 0) if besides is not None else 0
    alike = Q(name__iexact=name) | Q(name_skeleton=name_skeleton(name))
    names = [
        *User.objects.filter(alike).exclude(pk=own).values_list("name", flat=True),
        *FormerName.objects.filter(alike).exclude(user_id=own).values_list("name", flat=True),
    ]
    if not names:
        return None
    is_same = name.lower() in map(str.lower, names)
    return str(NAME_TAKEN if is_same else NAME_ALIKE)
