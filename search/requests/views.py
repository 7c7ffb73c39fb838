"""The form to ask for a page, and the list of what is asked for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.decorators import current_member_or_none
from accounts.events import log_event
from discussions.composer.care_notices import notices_context
from remedies_site.exceptions import InvalidInput, NotSentYet, ServiceError
from remedies_site.kept_text import keeps_text, shows_again
from remedies_site.key_pages import read_position
from remedies_site.responses import error_response
from search.query import clean_query
from search.requests.selectors import SHOWN_FROM, listed_requests, page_with_name
from search.requests.services import ask_for

_FORM = "search/requests/ask.html"


@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """What readers ask for, the most wanted first, and what became of it."""
    page = listed_requests(read_position(request.GET))
    context = {"page": page, "shown_from": SHOWN_FROM}
    response = render(request, "search/requests/requests.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@keeps_text()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a page on a remedy or a condition; without log-in, too. `?q=` fills the form in."""
    member = current_member_or_none(request)
    if request.method != "POST":
        words = clean_query(request.GET.get("q", ""))
        return render(request, _FORM, {"words": words, "is_member": member is not None})
    words = request.POST.get("words", "")
    context: dict[str, object] = {"words": words, "is_member": member is not None}
    if shows_again(request):
        return error_response(request, NotSentYet(), _FORM, context)
    if member is None and request.POST.get("website"):
        log_event("trap_filled", form="ask")
        return render(request, "search/requests/asked.html", {"words": words})
    try:
        care = notices_context(NotSentYet(), words)
        if care.get("needs_help"):
            raise InvalidInput(_("Nothing was sent. Please read this first."))
        if page := page_with_name(words):
            return render(request, "search/requests/asked.html", {"words": words, "there": page})
        wish = ask_for(words, by=member, request=request)
    except ServiceError as error:
        return error_response(request, error, _FORM, context | notices_context(error, words))
    return render(request, "search/requests/asked.html", {"words": wish.words, "there": wish.page})
