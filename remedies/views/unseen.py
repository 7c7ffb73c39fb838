"""What readers may not see, and how they are told: 404, or 410 with the reason."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from conditions.models import Condition
from remedies.models import Remedy, RemedyConditionEntry
from remedies_site.errors import gone
from remedies_site.revisions import Subject


def remedy_unseen(request: HttpRequest, remedy: Remedy) -> HttpResponse | None:
    """410 for a withdrawn remedy, 404 for an unpublished one, None where it may be shown."""
    if remedy.withdrawn_at is not None:
        return withdrawn(request, remedy.shown_name, remedy)
    if not remedy.is_published:
        raise Http404
    return None


def entry_unseen(request: HttpRequest, entry: RemedyConditionEntry) -> HttpResponse | None:
    """As `remedy_unseen`, by all three parts: the entry, its remedy and its condition."""
    parts: tuple[Subject, ...] = (entry, entry.remedy, entry.condition)
    if not all(part.was_published for part in parts):
        return missing_entry(request, entry.remedy, entry.condition)
    name = _("%(remedy)s for %(condition)s") % {
        "remedy": entry.remedy.shown_name,
        "condition": entry.condition.shown_name,
    }
    for part in parts:
        if part.withdrawn_at is not None:
            return withdrawn(request, name, part)
    return None


def withdrawn(request: HttpRequest, name: str, subject: Subject) -> HttpResponse:
    """410 with the reason."""
    title = _("The page on %(name)s was withdrawn") % {"name": name}
    return gone(request, title=title, reason=subject.withdrawn_reason)


def missing_entry(request: HttpRequest, remedy: Remedy, condition: Condition) -> HttpResponse:
    """404 that names the pair where both are public: the same for a draft and for nothing."""
    if not (remedy.is_published and condition.is_published):
        raise Http404
    context = {"remedy": remedy, "condition": condition}
    return render(request, "remedies/entry_missing.html", context, status=404)
