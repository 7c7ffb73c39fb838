"""People (the user model), and the state of their rate limits."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.events import log_event
from remedies_site.constraints import one_of

MAX_LOGIN_LENGTH = 254
"""Characters of a name or e-mail address that somebody logs in with, as EmailField has it."""


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

    def clean(self) -> None:
        """Besides what Django checks: the name is no former name of somebody else."""
        super().clean()
        if is_kept_back(self.name, besides=self):
            raise ValidationError({"name": _("This name is taken.")})

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
    def has_staff_rights(self) -> bool:
        """Whether pages for staff open in this request."""
        return self.is_staff and not self.rights_suspended

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """As Django says, except where the rights of this request are suspended."""
        return not self.rights_suspended and super().has_perm(perm, obj)

    def has_module_perms(self, app_label: str) -> bool:
        """As Django says, except where the rights of this request are suspended."""
        return not self.rights_suspended and super().has_module_perms(app_label)


class Session(AbstractBaseSession):
    """A session of a browser, Django's and what a member is told about it; see `accounts.sessions`.

    `user` and `started_at` are those of the log-in, empty before one. No address is stored, and of the
    browser's own description no more than `device`.
    """

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="sessions"
    )
    started_at = models.DateTimeField(null=True, blank=True)
    device = models.CharField(max_length=60, blank=True)
    last_used_on = models.DateField(default=timezone.localdate)

    class Meta(AbstractBaseSession.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(user=None, started_at=None)
                | Q(user__isnull=False, started_at__isnull=False),
                name="accounts_session_started_at_of_user",
            ),
        ]

    @classmethod
    def get_session_store_class(cls) -> Any:
        """The engine that reads and writes these rows."""
        from accounts.sessions import SessionStore

        return SessionStore

    @property
    def public_id(self) -> str:
        """Names the session in a form, without the key by which its cookie is known."""
        return salted_hmac("accounts.session", self.session_key, algorithm="sha256").hexdigest()[
            :20
        ]


class AccountDeletion(models.Model):
    """A member wants to leave: the account is erased after `due_at`, unless they undo it before.

    `words` says whether the text of comments goes too, or only the name beside it.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="deletion")
    words = models.BooleanField(_("erase the text of comments"))
    requested_at = models.DateTimeField(_("requested at"), default=timezone.now)
    due_at = models.DateTimeField(_("due at"), db_index=True)

    class Meta:
        verbose_name = _("planned deletion")
        verbose_name_plural = _("planned deletions")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(due_at__gte=models.F("requested_at")),
                name="accounts_accountdeletion_due_after_request",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.due_at:%Y-%m-%d}"


class FormerName(models.Model):
    """A name that a person gave up. Nobody else gets it: readers would take one for the other."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=30)

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("name"), name="accounts_formername_any_case"),
            models.CheckConstraint(condition=~Q(name=""), name="accounts_formername_filled"),
        ]

    def __str__(self) -> str:
        return self.name


def is_kept_back(name: str, *, besides: User | None = None) -> bool:
    """Whether somebody else gave the name up; look last, for a renaming moves the name to here."""
    if "\x00" in name:  # no such name can be stored, and PostgreSQL cannot look for one
        return False
    own = (besides.pk or 0) if besides is not None else 0
    return FormerName.objects.filter(name__iexact=name).exclude(user_id=own).exists()


class Allowance(models.Model):
    """The state of one member's rate limit for one action (the column `deed`); locked while consumed.

    `spent_until` is the time at which all actions so far will have been earned back: the “theoretical
    arrival time” of the generic cell rate algorithm (ITU-T I.371).
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


class ActionCount(models.Model):
    """How often an action was counted under a key in the current window; see `rate_limits`.

    `key` is a keyed digest: neither names nor addresses are stored. Rows whose window has ended are
    deleted now and then.
    """

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField()
    window_ends = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(count__gte=1), name="accounts_actioncount_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"


class OutgoingMail(models.Model):
    """A mail that has not been sent yet; see `outbox`. The row is deleted when the mail is sent.

    `content` is the whole MIME message. `next_attempt_at` is the time from which a sender may take the
    row; taking it moves the time on, so that no other sender takes it meanwhile.
    """

    message_id = models.CharField(max_length=255, unique=True)
    sender = models.CharField(max_length=320)
    recipients = models.JSONField()
    content = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(message_id=""), name="accounts_outgoingmail_message_id_filled"
            ),
        ]

    def __str__(self) -> str:
        return self.message_id
