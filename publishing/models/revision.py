"""What was published: revisions are added and never changed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Why a revision was made."""

    FIRST = "first", _("first published")
    UPDATE = "update", _("update")
    CORRECTION = "correction", _("correction")
    WITHDRAWAL = "withdrawal", _("withdrawn")
    SYSTEM = "system", _("made by the system")


CONTENT_PACK = "content pack"
"""The author of revisions that `load_content` makes."""


class Change(models.Model):
    """A document with who wrote it, who approved it, and why it was made."""

    kind = models.CharField(max_length=12, choices=Kind.choices)
    document = models.JSONField()
    note = models.CharField(_("what changed and why"), max_length=400, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    author_name = models.CharField(max_length=80)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="%(app_label)s_%(class)s_kind_listed"
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=F("author")),
                name="%(app_label)s_%(class)s_two_people",
            ),
        ]


class Revision(Change):
    """One published state. Only its HTML is ever changed, when the renderer changes."""

    number = models.PositiveIntegerField()
    html = models.JSONField(help_text="Section name to safe HTML, citation keys in place.")
    renderer_version = models.PositiveSmallIntegerField()
    grade = models.JSONField(null=True, help_text="The computed grade with its ledger.")
    published_at = models.DateTimeField()

    class Meta(Change.Meta):
        abstract = True
        ordering = ("-number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Change.Meta.constraints,
            models.CheckConstraint(
                condition=Q(number__gte=1), name="%(app_label)s_%(class)s_number_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.get_kind_display()})"

    @property
    def is_starter_content(self) -> bool:
        """Whether the content pack wrote it: from abstracts, as its pages say."""
        return self.author_name == CONTENT_PACK

    @property
    def named_authors(self) -> list[str]:
        """The public names of who wrote what was new in it: none of the content pack or of the system.

        None either once the account is gone.
        """
        if self.author_id is None:
            return []
        return self.author_name.partition(" and ")[0].split(", ")


def corrections_index(name: str) -> models.Index:
    """The index of a model's corrections by time, for the list of recent ones."""
    return models.Index(
        fields=["-published_at", "-id"], name=name, condition=Q(kind=Kind.CORRECTION)
    )
