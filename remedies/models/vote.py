"""Members' votes on entries: opinion, never evidence."""

from typing import ClassVar

from django.db import models

from remedies.models.entry import RemedyConditionEntry
from remedies_site.voting import Vote


class EntryVote(Vote):
    """One member's vote: the remedy helped with the condition (1), or it did not (-1)."""

    entry = models.ForeignKey(RemedyConditionEntry, on_delete=models.CASCADE, related_name="votes")

    class Meta(Vote.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Vote.Meta.constraints,
            models.UniqueConstraint(fields=["voter", "entry"], name="remedies_entryvote_one_each"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.value}"
