"""Forms of account pages: what a person fills in to sign up, log in and change their name."""

from typing import Any

from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import ColourScheme, User
from accounts.rate_limits import limit_name, limit_network, reset
from accounts.services import record_consent
from remedies_site.exceptions import RateLimited

LONGEST_LOGIN = 254
"""Characters; longer ones would reach the database as patterns that it refuses."""

CONSENT = _(
    "I agree that this site stores what I write and vote here, which may say something about my "
    "health. I can delete it at any time."
)


class LoginForm(AllauthLoginForm):
    """Log in by name or by e-mail address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The login field has an end, and a label in the words of the site."""
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("Name or e-mail address"),
            max_length=LONGEST_LOGIN,
            widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        )
        # The page itself links to the reset, after the button instead of before the field.
        self.fields["password"].help_text = ""
        self.order_fields(["login", "password"])


class StaffLoginForm(AdminAuthenticationForm):
    """The editors' desk takes an e-mail address too, which is longer than a name may be."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lift the limit that Django takes from the name's column."""
        super().__init__(*args, **kwargs)
        self.fields["username"] = forms.CharField(
            label=_("Name or e-mail address"),
            max_length=LONGEST_LOGIN,
            widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "username"}),
        )
        self.order_fields(["username", "password"])

    def clean(self) -> dict[str, Any]:
        """As Django does, within limits by network and by name."""
        login = str(self.cleaned_data.get("username", "")).casefold()
        try:
            if self.request is not None:
                limit_network(self.request, "desk", at_most=30, seconds=300)
            limit_name(f"desk:{login}", at_most=10, seconds=300)
        except RateLimited as refusal:
            raise ValidationError(str(refusal)) from refusal
        cleaned: dict[str, Any] = super().clean()
        reset(f"desk:{login}")
        return cleaned


class SignupForm(AllauthSignupForm):
    """A pseudonym, an address, a password; consent is asked once, unticked.

    Signing up accepts the rules of discussion: the page says so beside its button.
    """

    consent = forms.BooleanField(
        label=CONSENT,
        required=False,
        help_text=_("You can leave this open now: voting and commenting will ask again."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Our own words for the fields, and the public name's rules."""
        super().__init__(*args, **kwargs)
        name = self.fields["username"]
        name.label = _("Public name")
        name.help_text = _(
            "Shown beside what you write. Choose a pseudonym: do not use your real name."
        )
        name.widget.attrs.pop("placeholder", None)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].help_text = _("Never shown to anyone.")
        self.fields["email"].widget.attrs.pop("placeholder", None)
        for password in ("password1", "password2"):
            self.fields[password].widget.attrs.pop("placeholder", None)

    account_already_exists: bool

    def try_save(self, request: HttpRequest) -> Any:
        """As allauth does; a known address costs as much time as a new one, so that time tells
        nothing, and a second click gets the answer of the first."""
        if self.account_already_exists:
            User().set_password(self.cleaned_data["password1"])
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)

    def save(self, request: HttpRequest) -> User:
        """The person, with the time of their consent where they gave it."""
        user: User = super().save(request)
        if self.cleaned_data["consent"]:
            record_consent(user)
        return user


class ColoursForm(forms.Form):
    """Light, dark, or as the device is set."""

    scheme = forms.ChoiceField(
        label=_("Colours"),
        choices=ColourScheme.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("This counts on every device on which you are logged in."),
    )


class ChangePasswordForm(AllauthChangePasswordForm):
    """The labels in the words of the site; the page itself links to the reset."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Plain labels, no placeholders, no second link."""
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Your password now")
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].label = _("New password")
        self.fields["password2"].label = _("New password again")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class RenameForm(forms.ModelForm[User]):
    """Another public name."""

    class Meta:
        model = User
        fields = ("name",)
