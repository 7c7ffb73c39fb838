"""Changes of rows that pages and the private check look up: each waits, or is in effect, or is not."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.models.revision import Change
from remedies_site.constraints import one_of


class ReviewState(models.TextChoices):
    """What became of a change of a row."""

    WAITING = "waiting", _("waiting for a second person")
    PUBLISHED = "published", _("in effect")
    REJECTED = "rejected", _("rejected")
    TAKEN_BACK = "taken_back", _("taken back")


class RowRevision(Change):
    """A change of a row that has no draft: whole documents from before and after it.

    With REVIEW=two it waits, and the row stays as it is until somebody else approves. The concrete
    model has a foreign key `row`, null while the row does not exist. Only what is in effect has a
    number. What was submitted never changes, nor does a decision.
    """

    key = models.CharField(_("key"), max_length=80)
    base = models.JSONField(help_text="The document that it changes; empty for a new row.")
    state = models.CharField(
        _("state"), max_length=10, choices=ReviewState.choices, default=ReviewState.WAITING
    )
    number = models.PositiveIntegerField(null=True)
    submitted_at = models.DateTimeField(_("submitted"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decision_note = models.CharField(_("reason of the decision"), max_length=400, blank=True)

    if TYPE_CHECKING:
        row: models.ForeignKey[Any, Any]

    class Meta(Change.Meta):
        abstract = True
        ordering = ("-pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Change.Meta.constraints,
            one_of("state", ReviewState),
            models.CheckConstraint(
                condition=Q(state=ReviewState.PUBLISHED, number__isnull=False, number__gte=1)
                | (~Q(state=ReviewState.PUBLISHED) & Q(number__isnull=True)),
                name="%(app_label)s_%(class)s_number_in_effect",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=ReviewState.WAITING, decided_at__isnull=True, approver__isnull=True
                )
                | (~Q(state=ReviewState.WAITING) & Q(decided_at__isnull=False)),
                name="%(app_label)s_%(class)s_decided_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReviewState.REJECTED) | ~Q(decision_note=""),
                name="%(app_label)s_%(class)s_rejected_with_reason",
            ),
            models.UniqueConstraint(
                fields=["key", "number"], name="%(app_label)s_%(class)s_number_once"
            ),
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(state=ReviewState.WAITING),
                name="%(app_label)s_%(class)s_one_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.get_state_display()}"

    @property
    def changed_fields(self) -> list[str]:
        """The fields of the document that differ, in its order, those that were emptied last."""
        names = dict.fromkeys([*self.document, *self.base])
        return [name for name in names if self.base.get(name) != self.document.get(name)]
