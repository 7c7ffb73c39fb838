"""Responses to the scripts of a form that somebody types in, for that person alone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import models
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone

from accounts.decorators import current_member
from accounts.models import User
from publishing.models import AutosavedForm, Revision, Subject
from publishing.writing import services
from publishing.writing.selectors import presences, saved_meanwhile
from remedies_site.exceptions import InvalidInput
from remedies_site.kept_text import sent_text
from remedies_site.pagecache.live_parts import render_editorial

OPENING = "_opening"
"""The hidden field that names one opening of a form."""
_OWN_FIELDS = frozenset({OPENING, "_act", "_gone", "_opened_at", "_leaving"})


def render_typed(
    request: HttpRequest,
    subject: Subject[Revision],
    template: str,
    context: Mapping[str, object],
) -> str:
    """The HTML of the page, in the colours that the editor has chosen; without what members say."""
    scheme = current_member(request).colour_scheme
    return render_editorial(subject.get_absolute_url(), template, context, scheme)


@dataclass(frozen=True)
class OpenForm:
    """The form of a row, or of a new one (no key), with its URL."""

    model: type[models.Model]
    key: int | None
    url: str


def autosave_response(
    request: HttpRequest, form: OpenForm, subject: Subject[Revision] | None
) -> HttpResponse:
    """JSON: what is kept, and who else has the form open; 400 with a message where nothing is kept."""
    person, opening = current_member(request), request.POST.get(OPENING, "")
    try:
        row = _keep(request, form, person, opening) if request.method == "POST" else None
    except InvalidInput as error:
        return JsonResponse({"message": str(error)}, status=400)
    saved_at = row.saved_at if row else None
    others = presences(person, form.model, form.key, opening=opening)
    answer = {
        "saved_at": saved_at and f"{timezone.localtime(saved_at):%H:%M}",
        "is_closed": row is not None and row.closed_at is not None,
        "others": [other.message for other in others],
        "meanwhile": saved_meanwhile(subject, person, _opened_at(request)),
        "token": get_token(request),
    }
    return JsonResponse(answer)


def _keep(request: HttpRequest, form: OpenForm, person: User, opening: str) -> AutosavedForm | None:
    """Raises: InvalidInput."""
    row = _act(request, form, person, opening)
    if "_leaving" in request.POST:
        services.leave(person, form.model, opening=opening)
    return row


def _act(request: HttpRequest, form: OpenForm, person: User, opening: str) -> AutosavedForm | None:
    act = request.POST.get("_act", "save")
    if act == "drop":
        return services.close(person, form.model, form.key, opening=opening)
    if act == "open":
        return services.note_open(person, form.model, form.key, opening=opening)
    fields = _sent_fields(request, form.url)
    if act == "changes":
        gone = request.POST.getlist("_gone")
        return services.autosave_changes(
            person, form.model, opening=opening, fields=fields, gone=gone
        )
    return services.autosave(person, form.model, form.key, opening=opening, fields=fields)


def _sent_fields(request: HttpRequest, url: str) -> list[tuple[str, str]]:
    """The fields that the form itself would send, as a log-in would keep them."""
    kept = sent_text(request, url)
    return [pair for pair in kept.fields if pair[0] not in _OWN_FIELDS] if kept else []


def _opened_at(request: HttpRequest) -> datetime:
    """When the form was opened, as it says; now where it does not."""
    text = request.POST.get("_opened_at", "")
    if not re.fullmatch(r"[0-9]{1,10}", text):
        return timezone.now()
    return datetime.fromtimestamp(int(text), UTC)


def private(response: HttpResponse) -> HttpResponse:
    """A response with what is not stored: for nobody to keep or index."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
