"""Reviews of published pages by people with a checked credential."""

from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.models.reviewer import ConflictStatement, Reviewer
from remedies_site.constraints import filled


class ClinicalReview(models.Model):
    """One person looked at one version of a page. Only that it was taken back can be added later.

    `credential` and the day of its check are those of the day of the review. `document_digest` tells
    whether the text is still the one that was reviewed (`reviewers.review_rules.document_digest`).
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey()
    revision_number = models.PositiveIntegerField(_("version"))
    document_digest = models.CharField(max_length=64, editable=False)
    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="reviews")
    statement = models.ForeignKey(
        ConflictStatement, on_delete=models.RESTRICT, related_name="+", verbose_name=_("statement")
    )
    reviewed_on = models.DateField(_("reviewed on"))
    credential = models.CharField(_("credential"), max_length=200)
    credential_checked_on = models.DateField(_("credential checked on"))
    scope = models.CharField(_("what was checked"), max_length=400)
    note = models.CharField(_("note to readers"), max_length=400, blank=True)
    text_author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("author of the version"),
    )
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now)
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    taken_back_reason = models.CharField(_("why it was taken back"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("review by a clinician")
        verbose_name_plural = _("reviews by clinicians")
        ordering = ("-reviewed_on", "-pk")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["content_type", "object_id", "-reviewed_on", "-id"],
                condition=Q(taken_back_at__isnull=True),
                name="publishing_reviews_of_subject",
            ),
            models.Index(
                fields=["reviewer", "-reviewed_on", "-id"], name="publishing_reviews_by_person"
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            filled("scope"),
            models.CheckConstraint(
                condition=Q(revision_number__gte=1), name="%(app_label)s_%(class)s_from_one"
            ),
            models.CheckConstraint(
                condition=Q(text_author__isnull=True) | ~Q(text_author=F("reviewer")),
                name="%(app_label)s_%(class)s_of_anothers_text",
            ),
            models.CheckConstraint(
                condition=Q(credential_checked_on__lte=F("reviewed_on")),
                name="%(app_label)s_%(class)s_after_the_check",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_reason="")
                | (Q(taken_back_at__isnull=False) & ~Q(taken_back_reason="")),
                name="%(app_label)s_%(class)s_taken_back_with_reason",
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id", "revision_number", "reviewer"],
                condition=Q(taken_back_at__isnull=True),
                name="%(app_label)s_%(class)s_once_a_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer}, {self.reviewed_on:%Y-%m-%d}"
