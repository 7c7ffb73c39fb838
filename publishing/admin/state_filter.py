"""The filter of lists of subjects by the state of their publication."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.models import SubjectT


class StateFilter(admin.SimpleListFilter):
    """Draft, published or withdrawn."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[SubjectT]
    ) -> list[tuple[str, str]]:
        """The three states."""
        public = [("draft", _("draft")), ("published", _("published"))]
        return [*public, ("withdrawn", _("withdrawn"))]

    def queryset(
        self, request: HttpRequest, queryset: models.QuerySet[SubjectT]
    ) -> models.QuerySet[SubjectT]:
        """Those in the chosen state, whatever the state of their other parts."""
        states = {
            "draft": {"published_at__isnull": True},
            "published": {"published_at__isnull": False, "withdrawn_at__isnull": True},
            "withdrawn": {"withdrawn_at__isnull": False},
        }
        return queryset.filter(**states.get(self.value() or "", {}))
