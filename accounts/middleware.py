"""Account pages answer a form that was filled in wrongly with 400, as every form of the site does."""

from collections.abc import Callable

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


class WrongFormsAreBadRequests:
    """django-allauth shows such a form again with 200; clients and tests deserve the truth."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing is done before or after the view."""
        return self.get_response(request)

    def process_template_response(
        self, request: HttpRequest, response: TemplateResponse
    ) -> TemplateResponse:
        """400 where a posted form of an account page has errors."""
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
