"""WhiteNoise, without the policy for documents on files that are none."""

from typing import Any

from csp.decorators import csp_exempt
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware

_NO_DOCUMENTS = ("text/css", "text/javascript", "application/javascript")


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """Serves static files; stylesheets and scripts without a Content-Security-Policy.

    Browsers keep to a policy that comes with a document: a page, or a picture that is opened by itself. With
    a stylesheet it means nothing, and is a quarter of a kilobyte in each response.
    """

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponseBase:
        """The response for a file that the middleware has found."""
        response: HttpResponseBase = WhiteNoiseMiddleware.serve(static_file, request)
        if response.get("Content-Type", "").startswith(_NO_DOCUMENTS):
            return csp_exempt()(lambda _request: response)(request)
        return response
