"""Text that was sent when its form could not be taken: the session had ended, or the token had changed.

Nothing of it is stored on the server. The log-in page carries the fields in its own form; once the same
browser has logged in, a page leads back to the form, which shows the text for its author to send again.
Only views that say so keep text, and they never act on a request that asks to see the form again.
"""

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url
from django.urls import Resolver404, resolve
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic.base import ContextMixin, View

from remedies_site.exceptions import NotSentYet

ViewT = TypeVar("ViewT", bound=Callable[..., Any])
GetResponse = Callable[[HttpRequest], HttpResponse]

FIELD = "kept_text"
"""The hidden field of log-in pages that holds the fields of another form."""
SHOW_AGAIN = "show_again"
"""The field of a request that wants the form with its text, and nothing stored."""

_NEVER = ("csrfmiddlewaretoken", SHOW_AGAIN, FIELD)
_ROOM_FOR_LOGIN = 20_000  # bytes


def keeps_text(*without: str) -> Callable[[ViewT], ViewT]:
    """Mark a view whose posted text is kept through a log-in; put it outermost.

    `without` names fields that the person has to fill in again. The view has to answer a request that
    `shows_again` with its form and the text in it, and do nothing else.
    """

    def mark(view: ViewT) -> ViewT:
        view.keeps_text_without = without  # type: ignore[attr-defined]
        return view

    return mark


def shows_again(request: HttpRequest) -> bool:
    """Whether the request only asks for the form with its text."""
    return SHOW_AGAIN in request.POST


def require_sending(request: HttpRequest) -> None:
    """Raises: NotSentYet, where the request only asks for the form with its text."""
    if shows_again(request):
        raise NotSentYet


@dataclass(frozen=True)
class KeptText:
    """The fields that were sent to the form at `path`."""

    path: str
    fields: list[tuple[str, str]]
    has_arrived: bool = False
    """Whether this request brought them, not a log-in page that carried them."""

    @property
    def encoded(self) -> str:
        """The value of the hidden field."""
        return json.dumps(self.fields, ensure_ascii=False, separators=(",", ":"))

    @cached_property
    def is_too_long(self) -> bool:
        """Whether a log-in page that carries the fields could not be sent."""
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        return limit is not None and len(urlencode({FIELD: self.encoded})) > limit - _ROOM_FOR_LOGIN

    @property
    def texts(self) -> list[str]:
        """The values that are more than one word, to be shown."""
        return [value for _name, value in self.fields if len(value.split()) > 1]


def sent_text(request: HttpRequest, path: str) -> KeptText | None:
    """The posted fields, for the view at `path`; None where that one keeps none, or nothing was written.

    Passwords are never among them, nor files.
    """
    without = _fields_without(path)
    if without is None:
        return None
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in without and "password" not in name
    ]
    return KeptText(path, fields, has_arrived=True) if any(v.strip() for _n, v in fields) else None


def carried_text(request: HttpRequest, *, own_field: str) -> KeptText | None:
    """What a log-in page has to carry: sent to it by the form itself, or by the page as it was before.

    `own_field`: a field that only the form of this page has. The step before it has another one.
    """
    if request.method != "POST":
        return None
    has_arrived = own_field not in request.POST
    if has_arrived and FIELD not in request.POST:
        return sent_text(request, request.GET.get("next", ""))
    path = request.POST.get("next") or request.GET.get("next", "")
    without = _fields_without(path)
    try:
        pairs = [(str(name), str(value)) for name, value in json.loads(request.POST[FIELD])]
    except (KeyError, ValueError, TypeError, RecursionError):
        return None
    if without is None or not pairs:
        return None
    return KeptText(path, [pair for pair in pairs if pair[0] not in without], has_arrived)


def _fields_without(path: str) -> set[str] | None:
    """The fields that are not kept for the view at a path of this site; None where none are."""
    if not path.startswith("/") or not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return None
    without = getattr(_view_at(path), "keeps_text_without", None)
    return None if without is None else {*without, *_NEVER}


def as_get(request: HttpRequest) -> HttpRequest:
    """The request as one that only looks at the page."""
    looking = copy.copy(request)
    looking.method = "GET"
    return looking


def kept_text_page(
    request: HttpRequest, kept: KeptText, *, unchecked: bool = False
) -> HttpResponse:
    """The page that leads back to the form; 403 where it is shown since a token was not right."""
    context = {"kept": kept, "unchecked": unchecked, "show_again": SHOW_AGAIN}
    response = render(request, "kept_text.html", context, status=403 if unchecked else 200)
    response["Cache-Control"] = "private, no-store"
    return response


def go_on_with_text(
    request: HttpRequest, response: HttpResponseBase, kept: KeptText | None
) -> HttpResponseBase:
    """The response to a step of the log-in, with the text: back to the form, or to the next step (307)."""
    if kept is None or response.status_code != 302:
        return response
    if request.user.is_authenticated:
        return kept_text_page(request, kept)
    if _carries_text(response["Location"]):
        response.status_code = 307
    return response


def _carries_text(url: str) -> bool:
    return issubclass(getattr(_view_at(url), "view_class", object), CarriesText)


def _view_at(url: str) -> Callable[..., Any] | None:
    """The view that answers at a URL of this site; None where there is none."""
    try:
        return resolve(urlsplit(url).path).func
    except (Resolver404, ValueError):
        return None


class CarriesText(ContextMixin, View):
    """For the view of a step of the log-in: what a form sent without a session goes along.

    Its template includes `components/_kept_text.html` with `kept` in its form.
    """

    own_field = ""
    """A field that only the form of this step has."""
    kept: KeptText | None = None

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """As the view does; text that arrives is a look at the page, not an attempt."""
        self.kept = carried_text(request, own_field=self.own_field)
        if self.kept and self.kept.has_arrived:
            self.request = as_get(request)
        response = super().dispatch(self.request, *args, **kwargs)
        return go_on_with_text(request, response, self.kept)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the text that the form carries."""
        return super().get_context_data(**kwargs) | {"kept": self.kept}


def text_of_rejected_form(request: HttpRequest) -> KeptText | None:
    """The text of a form whose token was not right; None where another site may have sent it."""
    if not _is_from_this_site(request):
        return None
    if FIELD in request.POST:
        return carried_text(request, own_field=FIELD)
    return sent_text(request, request.get_full_path())


def _is_from_this_site(request: HttpRequest) -> bool:
    origin = request.META.get("HTTP_ORIGIN")
    if origin is None:
        return request.META.get("HTTP_SEC_FETCH_SITE") == "same-origin"
    own = f"{request.scheme}://{request.get_host()}"
    return origin in {own, *settings.CSRF_TRUSTED_ORIGINS}


def carry_text(get_response: GetResponse) -> GetResponse:
    """Redirect a form that kept text was sent to, to the log-in page, with what was sent (307).

    htmx gets the usual redirect: the text is still in its page.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if (
            request.method == "POST"
            and response.status_code == 302
            and not request.htmx  # type: ignore[attr-defined]
            and urlsplit(response["Location"]).path in _login_pages()
            and sent_text(request, request.get_full_path())
        ):
            response.status_code = 307
        return response

    return middleware


def _login_pages() -> set[str]:
    return {resolve_url(settings.LOGIN_URL), resolve_url("admin:login")}
