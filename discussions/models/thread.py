"""The discussion of each remedy and of each entry."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remedies.models import Remedy, RemedyConditionEntry


class Thread(models.Model):
    """The discussion of a remedy, or of an entry (a remedy for one condition)."""

    remedy = models.OneToOneField(
        Remedy, on_delete=models.PROTECT, null=True, related_name="thread"
    )
    entry = models.OneToOneField(
        RemedyConditionEntry, on_delete=models.PROTECT, null=True, related_name="thread"
    )

    class Meta:
        verbose_name = _("discussion")
        verbose_name_plural = _("discussions")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(remedy__isnull=False, entry__isnull=True)
                | Q(remedy__isnull=True, entry__isnull=False),
                name="discussions_thread_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.subject)

    @property
    def subject(self) -> Remedy | RemedyConditionEntry:
        """The remedy or entry that is discussed."""
        subject = self.entry or self.remedy
        assert subject is not None  # noqa: S101  (by a constraint)
        return subject

    @property
    def page_url(self) -> str:
        """The page with the whole discussion."""
        return self.subject.get_absolute_url()
