"""What was published before, and where it stood: viewed in the admin."""

from django.contrib import admin

from publishing.history.admin import RestorableAdmin
from publishing.models import Redirect, Revision
from remedies_site.admin_lists import BoundedListAdmin
from remedies_site.editing.read_only import ReadOnlyAdmin


class RevisionAdmin(RestorableAdmin, ReadOnlyAdmin[Revision], BoundedListAdmin[Revision]):
    """Revisions can be viewed and nothing else."""

    list_display = ("__str__", "kind", "note", "author_name", "published_at")
    list_filter = ("kind", "published_at")
    ordering = ("-pk",)


@admin.register(Redirect)
class RedirectAdmin(BoundedListAdmin[Redirect]):
    """Old paths of renamed pages."""

    list_display = ("path", "target", "moved_at")
    search_fields = ("path", "target")
