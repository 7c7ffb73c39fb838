"""Tables of the search index: derived rows that only database triggers write."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from search.choices import ResultKind


class SearchItem(models.Model):
    """One public page, reference or comment, in the text that readers see.

    Triggers on the source tables maintain it (`search.index`), so a write that bypasses the services
    cannot leave it stale. `document_id` is the kind and the id of the object: `entry:12`. `names` has
    one name on a line, the first is the title; an entry has the names of its remedy, an empty line,
    and those of its condition. `inside` is the document_id of the page that a comment is about, the
    key of a reference, and empty for pages.
    """

    document_id = models.CharField(max_length=40, unique=True, db_column="place")
    kind = models.CharField(max_length=10, choices=ResultKind.choices)
    object_id = models.BigIntegerField()
    names = models.TextField()
    words = models.TextField()
    inside = models.CharField(
        max_length=120,
        blank=True,
        help_text="A comment: the place of what it is about. A reference: its key.",
    )

    class Meta:
        db_table = "remedies_searchitem"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind__in=ResultKind.values), name="remedies_searchitem_kind_listed"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "object_id"], name="remedies_search_kind")
        ]

    def __str__(self) -> str:
        return self.document_id


class Mention(models.Model):
    """A published page cites a work: one row for each key in `shown_citations`, by triggers."""

    document_id = models.CharField(max_length=40, db_column="place")
    key = models.CharField(max_length=120)

    class Meta:
        db_table = "remedies_mention"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["document_id", "key"], name="remedies_mention_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["key", "document_id"], name="remedies_mention_of_key")
        ]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.key}"
