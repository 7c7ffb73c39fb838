"""Revisions of remedies and entries, to view."""

from django.contrib import admin

from publishing.admin import RevisionAdmin
from publishing.review.admin import RowRevisionAdmin
from remedies.models import CircumstanceRevision, EntryRevision, RemedyRevision


@admin.register(RemedyRevision)
class RemedyRevisionAdmin(RevisionAdmin):
    """Revisions of remedies."""

    search_fields = ("remedy__name", "note")


@admin.register(EntryRevision)
class EntryRevisionAdmin(RevisionAdmin):
    """Revisions of entries."""

    search_fields = ("entry__remedy__name", "entry__condition__name", "note")


@admin.register(CircumstanceRevision)
class CircumstanceRevisionAdmin(RowRevisionAdmin):
    """Changes of circumstances."""
