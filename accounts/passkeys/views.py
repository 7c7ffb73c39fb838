"""The pages of passkeys: django-allauth's, with forms that are checked once and shown again with errors."""

import json
from typing import Any

from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    ReauthenticateWebAuthnView,
)
from django.core.serializers.json import DjangoJSONEncoder
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.generic.edit import FormMixin

from accounts import second_factor
from accounts.passkeys.forms import AddPasskeyForm, ConfirmByPasskeyForm, RenamePasskeyForm


def options_for_browser(js_data: dict[str, Any]) -> str:
    """What the script gives to the browser, as JSON."""
    (options,) = js_data.values()
    return json.dumps(options["publicKey"], cls=DjangoJSONEncoder)


class _CheckedOnce(FormMixin[Form]):
    """An answer is good for one challenge, and each check counts: allauth builds the form again to show it."""

    _form: Form | None = None

    def get_form(self, form_class: type[Form] | None = None) -> Form:
        """The same form for the whole request."""
        if self._form is None:
            self._form = super().get_form(form_class)
        return self._form

    def form_invalid(self, form: Form) -> HttpResponse:
        """The page with what is wrong."""
        response: HttpResponse = self.render_to_response(self.get_context_data())  # type: ignore[attr-defined]
        return response

    def get_form_class(self) -> type[Form]:
        """The site's own form."""
        form_class: type[Form] = self.form_class  # type: ignore[assignment]
        return form_class

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With a new challenge for the browser."""
        context = super().get_context_data(**kwargs)
        return context | {"passkey_options": options_for_browser(context["js_data"])}


class AddPasskeyView(_CheckedOnce, AddWebAuthnView):
    """Add a key; not there where the site's address is none that keys can be bound to."""

    form_class = AddPasskeyForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """As allauth does. Raises: Http404."""
        if not second_factor.passkeys_are_offered():
            raise Http404
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


class ConfirmByPasskeyView(_CheckedOnce, ReauthenticateWebAuthnView):
    """Answer with a key in place of the password."""

    form_class = ConfirmByPasskeyForm


class RenamePasskeyView(EditWebAuthnView):
    """Give a key another name."""

    def get_form_class(self) -> type[Form]:
        """The site's own form."""
        return RenamePasskeyForm
