"""The filter of lists of subjects by the state of their publication and of their draft."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.models import SubjectT
from publishing.publication_state import in_state


class StateFilter(admin.SimpleListFilter):
    """What readers see, and what of the draft waits."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[SubjectT]
    ) -> list[tuple[str, str]]:
        """The states; a page may be in several."""
        return [
            ("draft", _("draft")),
            ("published", _("published")),
            ("waiting", _("published, draft waiting")),
            ("withdrawn", _("withdrawn")),
            ("submitted", _("submitted for review")),
            ("sent_back", _("sent back")),
            ("scheduled", _("scheduled")),
            ("errors", _("with errors")),
        ]

    def queryset(
        self, request: HttpRequest, queryset: models.QuerySet[SubjectT]
    ) -> models.QuerySet[SubjectT]:
        """Those in the chosen state, whatever the state of their other parts."""
        return in_state(queryset, self.value() or "")
