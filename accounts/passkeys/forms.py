"""Forms that take what a browser answers for a passkey.

The answer stands in a hidden field that the script fills; what is wrong with it is an error of the form as
a whole. It is cut down to the parts that are checked, since it is stored as it was sent.
"""

import json
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import SplitResult, urlsplit

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from fido2.utils import websafe_decode
from fido2.webauthn import CollectedClientData

from accounts import second_factor
from accounts.models import User

MAX_PASSKEYS = 10
MAX_NAME_LENGTH = 50
MAX_ANSWER_LENGTH = 20_000
"""An answer has some hundred characters; one with an attestation of the maker a few thousand."""
_PARTS = ("id", "rawId", "type")
_RESPONSE = ("clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle")
_MALFORMED = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError),
    *(RuntimeError, TypeError, ValueError),
)
"""What fido2 raises for bytes that are no answer, beside `struct.error`."""


class AnswerField(forms.Field):
    """The answer of a browser as JSON; None where it is none."""

    def __init__(self) -> None:
        """No error of its own: the form says what is wrong."""
        super().__init__(required=False, label=_("Passkey"), widget=forms.HiddenInput)

    def to_python(self, value: Any) -> dict[str, Any] | None:
        """The parts that are checked. All are base64 without escapes, so that any database takes them."""
        text = str(value or "")
        if len(text) > MAX_ANSWER_LENGTH or not text.isascii() or "\\" in text:
            return None
        try:
            answer = json.loads(text)
            parts = {name: answer[name] for name in _PARTS}
            given = {name: answer["response"].get(name) for name in _RESPONSE}
        except (AttributeError, LookupError, TypeError, ValueError, RecursionError):
            return None
        response = {name: part for name, part in given.items() if part is not None}
        if not all(isinstance(part, str) for part in (*parts.values(), *response.values())):
            return None
        return {**parts, "response": response, "clientExtensionResults": {}}


@contextmanager
def _one_try(user: User, answer: Any) -> Iterator[None]:
    """Check an answer within the limits of codes. Raises: ValidationError, for a wrong one too."""
    wrong = get_adapter().validation_error("wrong_passkey")
    second_factor.limit_tries(context.request, user)
    try:
        if answer is None or not _is_for_this_site(answer):
            raise wrong
        yield
    except (ValidationError, struct.error, *_MALFORMED):
        second_factor.note_failed(None, user)
        raise wrong from None
    second_factor.code_succeeded(context.request, user)


def _is_for_this_site(answer: dict[str, Any]) -> bool:
    """Whether the browser answered this very origin: fido2 also takes hosts below it."""
    client = CollectedClientData(websafe_decode(answer["response"]["clientDataJSON"]))
    site, origin = urlsplit(settings.SITE_URL), urlsplit(client.origin)
    is_same = (site.scheme, site.hostname, _port(site)) == (
        origin.scheme,
        origin.hostname,
        _port(origin),
    )
    return is_same and not client.cross_origin


def _port(url: SplitResult) -> int:
    return url.port or {"https": 443}.get(url.scheme, 80)


class _AnswerMixin:
    """For the forms that ask a key that is known."""

    user: User
    cleaned_data: dict[str, Any]
    fields: dict[str, forms.Field]

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Replace the field of allauth, which takes JSON of any size and depth."""
        super().__init__(*args, **kwargs)
        self.fields["credential"] = AnswerField()

    def clean_credential(self) -> Authenticator | None:
        """The key that answered, as allauth finds it."""
        try:
            with _one_try(self.user, self.cleaned_data["credential"]):
                key: Authenticator = super().clean_credential()  # type: ignore[misc]
                return key
        except ValidationError as error:
            self.add_error(None, error)  # type: ignore[attr-defined]
            return None


class PasskeyForm(_AnswerMixin, AuthenticateWebAuthnForm):
    """The second step of a log-in."""


class ConfirmByPasskeyForm(_AnswerMixin, ReauthenticateWebAuthnForm):
    """A key in place of the password, before something that matters."""


def _name_field() -> forms.CharField:
    return forms.CharField(
        label=_("Name of the passkey"),
        help_text=_("Where it is kept, such as “phone”, so that you can tell several apart."),
        max_length=MAX_NAME_LENGTH,
    )


class AddPasskeyForm(AddWebAuthnForm):
    """A new key, and its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Replace the fields by ones with a maximum length and the site's words."""
        super().__init__(*args, **kwargs)
        self.fields["name"] = _name_field()
        self.fields["credential"] = AnswerField()

    def clean(self) -> dict[str, Any]:
        """As allauth does, within limits. Raises: ValidationError."""
        cleaned: dict[str, Any] = self.cleaned_data
        if self.errors:
            return cleaned
        keys = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.WEBAUTHN)
        if keys.count() >= MAX_PASSKEYS:
            raise get_adapter().validation_error("too_many_passkeys")
        with _one_try(self.user, cleaned.get("credential")):
            super().clean()
        return cleaned


class RenamePasskeyForm(EditWebAuthnForm):
    """Another name of a key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Replace the field by one with a maximum length and the site's words."""
        super().__init__(*args, **kwargs)
        self.fields["name"] = _name_field()
