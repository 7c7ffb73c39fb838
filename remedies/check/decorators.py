"""The decorator of the private forms: what is posted reaches no row, cookie, log or URL."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

View = Callable[..., HttpResponse]


def private_form(view: View) -> View:
    """Decorator for a view that reads a posted form and changes nothing.

    The form is posted so that no URL holds what a person takes. It needs no CSRF token, since
    readers' pages carry none, and the response to it is never stored (`Cache-Control: no-store`).
    """

    @csrf_exempt
    @sensitive_post_parameters()
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "POST":
            patch_cache_control(response, no_store=True)
        return response

    return wrapped
