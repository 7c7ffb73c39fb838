"""Forms of the account pages."""

from typing import Any

from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.account.internal.flows.email_verification import add_email_verification_sent_message
from allauth.core import context
from allauth.mfa.adapter import get_adapter as get_second_factor_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import second_factor
from accounts.events import log_event
from accounts.logins import TOO_MANY_LOGINS, limit_login, login_succeeded
from accounts.models import MAX_LOGIN_LENGTH, ColourScheme, User
from accounts.services import record_consent
from remedies_site.exceptions import RateLimited

MAX_CODE_LENGTH = 20
CONSENT = _(
    "I agree that this site stores what I write and vote here, which may say something about my "
    "health. I can delete it at any time."
)


class LoginForm(AllauthLoginForm):
    """Log in by name or by e-mail address."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Replace the login field by one with a maximum length and the site's label."""
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("Name or e-mail address"),
            max_length=MAX_LOGIN_LENGTH,
            widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        )
        # The template links to the password reset, below the button.
        self.fields["password"].help_text = ""
        self.order_fields(["login", "password"])


class StaffLoginForm(AdminAuthenticationForm):
    """The log-in form of the admin: by name or by e-mail address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Replace the field, whose maximum length is that of a name."""
        super().__init__(*args, **kwargs)
        self.fields["username"] = forms.CharField(
            label=_("Name or e-mail address"),
            max_length=MAX_LOGIN_LENGTH,
            widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "username"}),
        )
        self.order_fields(["username", "password"])

    def clean(self) -> dict[str, Any]:
        """As Django does, with the limits of log-in."""
        try:
            attempt = limit_login(self.request, str(self.cleaned_data.get("username", "")))
        except RateLimited as error:
            raise ValidationError(TOO_MANY_LOGINS, code="too_many_login_attempts") from error
        cleaned: dict[str, Any] = super().clean()
        if (
            self.get_user() is not None
        ):  # without a password Django raises nothing, and looks at none
            login_succeeded(attempt)
        return cleaned


class SignupForm(AllauthSignupForm):
    """Public name, e-mail address, password, and an optional consent.

    Signing up accepts the rules of discussion, as the page says beside its button.
    """

    consent = forms.BooleanField(
        label=CONSENT,
        required=False,
        help_text=_("You can leave this open now: voting and commenting will ask again."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Set the site's labels and hints; remove allauth's placeholders."""
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
        """As allauth does, but without revealing by its timing that an address has an account.

        A form that is submitted twice at once gets the response of an existing account, no error. So does
        one with the field filled that people do not see, and nothing is stored or sent then.
        """
        if self.cleaned_data[settings.ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD]:
            log_event("trap_filled", form="signup")
            add_email_verification_sent_message(request, self.cleaned_data["email"], signup=True)
        if self.account_already_exists:
            User().set_password(self.cleaned_data["password1"])
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)

    def save(self, request: HttpRequest) -> User:
        """Create the person; store the time of their consent where they gave it."""
        user: User = super().save(request)
        if self.cleaned_data["consent"]:
            record_consent(user)
        return user


class ColoursForm(forms.Form):
    """The colour scheme of a member's pages."""

    scheme = forms.ChoiceField(
        label=_("Colours"),
        choices=ColourScheme.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("This counts on every device on which you are logged in."),
    )


class ProfileForm(forms.Form):
    """Whether a member's comments are listed on their profile; with a consent box for who has not agreed."""

    shown = forms.BooleanField(label=_("List my comments on my profile"), required=False)
    consent = forms.BooleanField(label=CONSENT, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        """`user`: the member."""
        super().__init__(*args, **kwargs)
        self.initial = {"shown": user.shows_comments}
        if user.consented_at is not None:
            del self.fields["consent"]


class ChangePasswordForm(AllauthChangePasswordForm):
    """The form of a new password, with the site's labels."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Set the labels; remove placeholders and the link to the reset, which the template has."""
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Your password now")
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].label = _("New password")
        self.fields["password2"].label = _("New password again")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class LimitedCodeMixin:
    """A field for a code that can be guessed a few times, and used once."""

    user: User
    fields: dict[str, forms.Field]

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Replace the field by one with a maximum length and the site's words."""
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(
            label=_("Code"),
            help_text=self.hint,
            max_length=MAX_CODE_LENGTH,
            widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        )

    hint: Any = _("Six digits from your app, or one of your recovery codes.")

    def clean_code(self) -> str:
        """As allauth does, within limits. Raises: ValidationError."""
        error = get_second_factor_adapter().validation_error
        second_factor.limit_tries(context.request, self.user)
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except second_factor.UnreadableSecret as unreadable:
            raise error("unreadable") from unreadable
        if not second_factor.use_once(self.user, code):
            raise error("incorrect_code")
        second_factor.code_succeeded(context.request, self.user)
        return code


class CodeForm(LimitedCodeMixin, AuthenticateForm):
    """The second step of a log-in."""


class ConfirmByCodeForm(LimitedCodeMixin, ReauthenticateForm):
    """A code in place of the password, before something that matters."""


class AddAppForm(LimitedCodeMixin, ActivateTOTPForm):
    """The first code of a new app."""

    hint = _("Six digits. They change every 30 seconds.")


class RenameForm(forms.ModelForm[User]):
    """The form of a new public name."""

    class Meta:
        model = User
        fields = ("name",)
