"""The pages of a subject's history, for the views of each kind of subject."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from publishing.history.selectors import (
    compare_versions,
    difference_url,
    history_url,
    read_history,
)
from publishing.models import Revision, Subject
from remedies_site.editing.read_only import admin_url
from remedies_site.exceptions import InvalidInput
from remedies_site.key_pages import read_position
from remedies_site.listing import parse_positive
from remedies_site.responses import error_response

_TEMPLATE = "publishing/history.html"


def history_response(
    request: HttpRequest, subject: Subject[Revision], *, section: str, section_url: str
) -> HttpResponse:
    """The revisions, newest first; `?from=3&to=5` redirects to what differs between two of them.

    `section` is the list that the subject's page stands under. 400 where the two are not a pair.
    """
    context = {
        "subject": subject,
        "section": section,
        "section_url": section_url,
        "page": read_history(subject, read_position(request.GET)),
        "restore_url": _restore_url(request, subject),
    }
    if "from" not in request.GET and "to" not in request.GET:
        return render(request, _TEMPLATE, context)
    numbers = sorted(parse_positive(request.GET.get(name, "")) or 0 for name in ("from", "to"))
    if numbers[0] == numbers[1] or not numbers[0]:
        error = InvalidInput(_("Choose two different versions."))
        return error_response(request, error, _TEMPLATE, context)
    return redirect(difference_url(subject, *numbers))


def difference_response(
    request: HttpRequest,
    subject: Subject[Revision],
    first: int,
    second: int,
    *,
    section: str,
    section_url: str,
) -> HttpResponse:
    """What differs between two revisions; 301 where the newer stands first. Raises Http404."""
    if first > second:
        return redirect(difference_url(subject, second, first), permanent=True)
    pair = compare_versions(subject, first, second)
    if pair is None:
        raise Http404
    context = {
        "subject": subject,
        "section": section,
        "section_url": section_url,
        "pair": pair,
        "history_url": history_url(subject),
    }
    return render(request, "publishing/difference.html", context)


def _restore_url(request: HttpRequest, subject: Subject[Revision]) -> str:
    """Where a version is put into the draft, for those who may change it; else empty."""
    user, meta = request.user, subject._meta
    if not user.is_staff or not user.has_perm(f"{meta.app_label}.change_{meta.model_name}"):
        return ""
    return admin_url(subject, "restore", subject.pk)
