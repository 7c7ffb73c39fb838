"""Small rules that hold for every answer."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import patch_vary_headers

from remedies_site.errors import too_large
from remedies_site.uploads import max_body_bytes

GetResponse = Callable[[HttpRequest], HttpResponse]
_METHODS = ("GET", "HEAD", "POST", "OPTIONS")


def page_caching(get_response: GetResponse) -> GetResponse:
    """Readers' pages may be kept but must be asked for again; members' pages are their own.

    With an ETag on every page, asking again costs little, and a published change shows on the very
    next request. Answers that chose their own caching (the admin, static files) are left alone.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            member = getattr(request, "user", None)
            shared = request.method in {"GET", "HEAD"} and not (
                (member and member.is_authenticated) or response.cookies
            )
            response["Cache-Control"] = "public, no-cache" if shared else "private, no-cache"
        patch_vary_headers(response, ("Cookie", "HX-Request"))
        return response

    return middleware


def not_too_large(get_response: GetResponse) -> GetResponse:
    """A body beyond the limit is answered before it is read."""

    def middleware(request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        too_long = announced.isdigit() and int(announced) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if too_long and int(announced) > max_body_bytes(request):
            return too_large(request)
        return get_response(request)

    return middleware


def known_methods(get_response: GetResponse) -> GetResponse:
    """Plain function views would answer TRACE and made-up methods with a page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in _METHODS:
            return HttpResponseNotAllowed(_METHODS)
        return get_response(request)

    return middleware
