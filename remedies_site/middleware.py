"""Middleware for every response of the site."""

from collections.abc import Callable

from csp.decorators import csp_exempt
from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from remedies_site.errors import too_large
from remedies_site.uploads import max_body_bytes

GetResponse = Callable[[HttpRequest], HttpResponse]
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        *("browsing-topics", "camera", "geolocation"),
        *("microphone", "payment", "usb"),
    )
)
"""No page of the site uses any of these."""
REPORTING_ENDPOINTS = 'site="/browser-reports/"'
"""Where browsers send what the policy refused. It is the same for every reader, so kept pages have it too."""
_PART_OF_A_PAGE = ("text/css", "text/javascript", "application/javascript")
_ALONE = "default-src 'none'; frame-ancestors 'none'"
_METHODS = ("GET", "HEAD", "POST", "OPTIONS")


def cache_headers(get_response: GetResponse) -> GetResponse:
    """Set Cache-Control: `public, no-cache` on anonymous pages, `private, no-store` on members' pages.

    A form of somebody who has not logged in carries a token: `private, no-cache`.

    Pages that may be kept have an ETag, so revalidation is cheap and a published change shows on the next request.
    Responses with a Cache-Control of their own (the admin, static files) are left as they are. Beside it,
    no page may use the devices of PERMISSIONS_POLICY, nor be embedded by another site.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            member = getattr(request, "user", None)
            is_member = bool(member and member.is_authenticated)
            shared = request.method in {"GET", "HEAD"} and not (is_member or response.cookies)
            private = "private, no-store" if is_member else "private, no-cache"
            response["Cache-Control"] = "public, no-cache" if shared else private
        patch_vary_headers(response, ("Cookie", "HX-Request"))
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Reporting-Endpoints", REPORTING_ENDPOINTS)
        return response

    return middleware


def static_policy(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Static files go without the Content-Security-Policy of pages, a quarter of a kilobyte for each.

    Browsers keep to a policy that comes with a document. A stylesheet or a script is none, and has no policy;
    a picture becomes one where it is opened by itself, and then may load and run nothing. What is immutable is
    never asked for again by its tag or its day, so both stay out: a page names several of them.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_static = request.path_info.startswith(settings.STATIC_URL)
        if not (is_static and isinstance(response, FileResponse)):
            return response
        if "immutable" in response.get("Cache-Control", ""):
            for name in ("ETag", "Last-Modified"):
                del response.headers[name]
        if response.get("Content-Type", "").startswith(_PART_OF_A_PAGE):
            return csp_exempt()(lambda _request: response)(request)
        response.headers["Content-Security-Policy"] = _ALONE
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


def allowed_methods(get_response: GetResponse) -> GetResponse:
    """405 for TRACE and unknown methods, which function views would answer with a page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        is_of_api = request.path_info.startswith(settings.API_PATH)  # it has a 405 of its own
        if request.method not in _METHODS and not is_of_api:
            return HttpResponseNotAllowed(_METHODS)
        return get_response(request)

    return middleware
