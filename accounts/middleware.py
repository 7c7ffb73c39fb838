"""Sets the status of account pages with an invalid form to 400, as all forms of the site have it."""

from collections.abc import Callable

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


class InvalidFormStatusMiddleware:
    """django-allauth responds with 200 to an invalid form: make it 400, or 429 for too many log-ins."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Only `process_template_response` changes responses."""
        return self.get_response(request)

    def process_template_response(
        self, request: HttpRequest, response: TemplateResponse
    ) -> TemplateResponse:
        """Set 400, or 429 with Retry-After, where a posted form of an account page has errors."""
        form = (response.context_data or {}).get("form")
        if (
            request.method == "POST"
            and response.status_code == 200
            and request.path.startswith("/accounts/")
            and getattr(form, "errors", None)
        ):
            response.status_code = 400
            if form and form.has_error(NON_FIELD_ERRORS, code="too_many_login_attempts"):
                response.status_code = 429
                response["Retry-After"] = "300"
        return response
