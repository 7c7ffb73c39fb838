"""People who review pages, who checked that they are what they say, and their conflicts of interest."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from remedies_site.constraints import filled
from remedies_site.documents import SLUG

LONGEST_STATEMENT = 1_000


class Reviewer(models.Model):
    """What readers see of a person who reviews pages; the row goes with the account.

    Nothing of it is public before `is_shown`, and nothing is shown whose credential nobody has checked.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="reviewer",
        verbose_name=_("account"),
    )
    public_name = models.CharField(
        _("public name"), max_length=120, help_text=_("The person's own name, as readers see it.")
    )
    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        validators=[RegexValidator(rf"\A{SLUG.pattern}\Z", _("Use a-z, 0-9 and single hyphens."))],
    )
    credential = models.CharField(
        _("profession and credential"),
        max_length=200,
        help_text=_("As the register has it. A change of it has to be checked again."),
    )
    credential_checked_on = models.DateField(_("credential checked on"), null=True, blank=True)
    credential_checked_in = models.CharField(
        _("where it was checked"),
        max_length=200,
        blank=True,
        help_text=_("The name of the register, for readers; without the number."),
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("checked by"),
    )
    is_shown = models.BooleanField(
        _("shown to readers"),
        default=False,
        help_text=_("Off: a draft. Readers see neither the person nor a review by them."),
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("reviewer")
        verbose_name_plural = _("reviewers")
        ordering = ("public_name", "pk")
        permissions: ClassVar = [("review_pages", "Can review pages in their own name")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            filled("public_name"),
            filled("slug"),
            filled("credential"),
            models.CheckConstraint(
                condition=Q(credential_checked_on__isnull=True, credential_checked_in="")
                | (Q(credential_checked_on__isnull=False) & ~Q(credential_checked_in="")),
                name="%(app_label)s_%(class)s_checked_on_a_day_somewhere",
                violation_error_message=_(
                    "Give both the day of the check and where it was made, or neither."
                ),
            ),
            models.CheckConstraint(
                condition=Q(is_shown=False) | Q(credential_checked_on__isnull=False),
                name="%(app_label)s_%(class)s_shown_when_checked",
                violation_error_message=_(
                    "Readers see nobody whose credential was not checked: add day and register."
                ),
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("user")),
                name="%(app_label)s_%(class)s_checked_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.public_name

    def get_absolute_url(self) -> str:
        """The path of the public profile."""
        return reverse("reviewer", args=[self.slug])


class ConflictStatement(models.Model):
    """What a reviewer declared on a day about conflicts of interest; it never changes.

    `source` says where an editor had it from; empty where the reviewer's own account recorded it.
    """

    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="statements")
    dated = models.DateField(_("dated"))
    text = models.CharField(_("statement"), max_length=LONGEST_STATEMENT)
    source = models.CharField(_("where it comes from"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now)

    class Meta:
        verbose_name = _("conflict statement")
        verbose_name_plural = _("conflict statements")
        ordering = ("-dated", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            filled("text"),
            models.CheckConstraint(
                condition=Q(recorded_by=F("reviewer")) | ~Q(source=""),
                name="%(app_label)s_%(class)s_own_or_with_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer}, {self.dated:%Y-%m-%d}"
