"""Urgent warnings that one publisher puts on pages at once."""

from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from citations.models import Citation
from remedies_site.constraints import filled

LONGEST_BANNER = 400


class SafetyBanner(models.Model):
    """An urgent warning about a subject, or about the whole site; it stands until somebody lifts it.

    Its words never change: whoever corrects them lifts it and sets another one. Readers see it from
    the start; `confirmed_by` is the second person who looked at it.
    """

    whole_site = models.BooleanField(_("on the whole site"), default=False)
    content_type = models.ForeignKey(
        ContentType, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    subject = GenericForeignKey()
    subject_name = models.CharField(
        _("about"), max_length=250, blank=True, help_text=_("As it was called then.")
    )
    text = models.CharField(_("text"), max_length=LONGEST_BANNER)
    work = models.ForeignKey(
        Citation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source"),
    )
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("set by"),
    )
    set_at = models.DateTimeField(_("set"), default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("looked at by"),
    )
    confirmed_at = models.DateTimeField(_("looked at"), null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("lifted by"),
    )
    lifted_at = models.DateTimeField(_("lifted"), null=True)
    lifted_reason = models.CharField(_("why it was lifted"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("safety notice")
        verbose_name_plural = _("safety notices")
        ordering = ("-set_at", "-pk")
        default_permissions = ("view",)
        permissions: ClassVar = [
            ("set_safetybanner", "Can set and lift safety notices alone"),
            ("confirm_safetybanner", "Can confirm safety notices by somebody else"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["set_at", "id"],
                condition=Q(lifted_at__isnull=True),
                name="publishing_banners_active",
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            filled("text"),
            models.CheckConstraint(
                condition=Q(whole_site=True, content_type__isnull=True, object_id__isnull=True)
                | Q(whole_site=False, content_type__isnull=False, object_id__isnull=False),
                name="%(app_label)s_%(class)s_one_subject_or_the_site",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False)
                & (Q(set_by__isnull=True) | ~Q(set_by=F("confirmed_by"))),
                name="%(app_label)s_%(class)s_two_people",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, lifted_reason="")
                | (Q(lifted_at__isnull=False) & ~Q(lifted_reason="")),
                name="%(app_label)s_%(class)s_lifted_with_reason",
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=Q(lifted_at__isnull=True, whole_site=False),
                name="%(app_label)s_%(class)s_one_a_subject",
            ),
            models.UniqueConstraint(
                fields=["whole_site"],
                condition=Q(lifted_at__isnull=True, whole_site=True),
                name="%(app_label)s_%(class)s_one_on_the_site",
            ),
        ]

    def __str__(self) -> str:
        return self.subject_name or str(_("The whole site"))

    @property
    def is_active(self) -> bool:
        """Whether readers see it."""
        return self.lifted_at is None
