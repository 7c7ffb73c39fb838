"""Changes of works of the library: in this package, since published pages cite works."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from citations.models import Citation
from publishing.models.row_revision import RowRevision


class CitationRevision(RowRevision):
    """A change of a work."""

    row = models.ForeignKey(
        Citation, on_delete=models.SET_NULL, null=True, related_name="revisions"
    )

    class Meta(RowRevision.Meta):
        verbose_name = _("change of a citation")
        verbose_name_plural = _("changes of citations")
        permissions: ClassVar = [
            ("approve_citationrevision", "Can approve changes of citations by somebody else")
        ]
