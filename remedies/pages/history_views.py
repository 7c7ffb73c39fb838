"""The history of a remedy and of an entry, and what differs between two of their versions."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from publishing.history.views import difference_response, history_response
from publishing.views import subject_view
from remedies import selectors
from remedies.models import Remedy, RemedyConditionEntry
from remedies.pages.views import entry_not_found


@require_safe
@subject_view(selectors.find_remedy, "slug")
def remedy_history(request: HttpRequest, remedy: Remedy) -> HttpResponse:
    """Every version of a remedy's overview."""
    return history_response(request, remedy, section=_("Remedies"), section_url=reverse("remedies"))


@require_safe
@subject_view(selectors.find_remedy, "slug")
def remedy_difference(
    request: HttpRequest, remedy: Remedy, *, first: int, second: int
) -> HttpResponse:
    """What differs between two versions of a remedy's overview."""
    return difference_response(
        request, remedy, first, second, section=_("Remedies"), section_url=reverse("remedies")
    )


@require_safe
@subject_view(selectors.find_entry, "remedy", "condition", not_found=entry_not_found)
def entry_history(request: HttpRequest, entry: RemedyConditionEntry) -> HttpResponse:
    """Every version of an entry."""
    return history_response(
        request,
        entry,
        section=entry.remedy.shown_name,
        section_url=entry.remedy.get_absolute_url(),
    )


@require_safe
@subject_view(selectors.find_entry, "remedy", "condition", not_found=entry_not_found)
def entry_difference(
    request: HttpRequest, entry: RemedyConditionEntry, *, first: int, second: int
) -> HttpResponse:
    """What differs between two versions of an entry."""
    return difference_response(
        request,
        entry,
        first,
        second,
        section=entry.remedy.shown_name,
        section_url=entry.remedy.get_absolute_url(),
    )
