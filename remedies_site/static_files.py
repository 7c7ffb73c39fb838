"""WhiteNoise, with the policy that each kind of static file needs."""

from typing import Any

from csp.decorators import csp_exempt
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware

_PART_OF_A_PAGE = ("text/css", "text/javascript", "application/javascript")
_ALONE = "default-src 'none'; frame-ancestors 'none'"


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """Serves static files without the Content-Security-Policy of pages, a quarter of a kilobyte for each.

    Browsers keep to a policy that comes with a document. A stylesheet or a script is none, and has no policy;
    a picture becomes one where it is opened by itself, and then may load and run nothing.
    """

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponseBase:
        """The response for a file that the middleware has found."""
        response: HttpResponseBase = WhiteNoiseMiddleware.serve(static_file, request)
        if response.get("Content-Type", "").startswith(_PART_OF_A_PAGE):
            return csp_exempt()(lambda _request: response)(request)
        response["Content-Security-Policy"] = _ALONE
        return response
