"""What was published of remedies and entries."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.models import Revision
from remedies.models.entry import RemedyConditionEntry
from remedies.models.remedy import Remedy


class RemedyRevision(Revision):
    """A published state of a remedy."""

    remedy = models.ForeignKey(Remedy, on_delete=models.CASCADE, related_name="revisions")

    class Meta(Revision.Meta):
        verbose_name = _("remedy revision")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Revision.Meta.constraints,
            models.UniqueConstraint(
                fields=["remedy", "number"], name="remedies_remedyrevision_number_once"
            ),
        ]


class EntryRevision(Revision):
    """A published state of an entry."""

    entry = models.ForeignKey(
        RemedyConditionEntry, on_delete=models.CASCADE, related_name="revisions"
    )

    class Meta(Revision.Meta):
        verbose_name = _("entry revision")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Revision.Meta.constraints,
            models.UniqueConstraint(
                fields=["entry", "number"], name="remedies_entryrevision_number_once"
            ),
        ]
