"""The adapter of django-allauth."""

from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.logins import limit_login, login_succeeded
from accounts.models import User, is_kept_back
from accounts.services import validate_name
from remedies_site.exceptions import RateLimited


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up by the setting SIGNUP, names by the rules of the model, URLs on SITE_URL."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This address and password do not match."),
        "username_password_mismatch": _("This name and password do not match."),
        "too_many_login_attempts": _("Too many tries with this account. Try again later."),
        "email_taken": _("An account with this address exists."),
        "duplicate_email": _("This is the address of your account already."),
        "enter_current_password": _("This is not your password now."),
        "incorrect_password": _("This is not your password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Only with SIGNUP=open; else the operator creates accounts."""
        return bool(settings.SIGNUP == "open")

    def pre_authenticate(self, request: HttpRequest, **credentials: str) -> None:
        """Count the attempt with those of the admin's form. Raises: ValidationError."""
        try:
            limit_login(request, credentials.get("username") or credentials.get("email") or "")
        except RateLimited as error:
            raise self.validation_error("too_many_login_attempts") from error

    def authenticate(self, request: HttpRequest, **credentials: str) -> User | None:
        """As allauth does; a success forgets the attempts before it."""
        user: User | None = super().authenticate(request, **credentials)
        if user is not None:
            login_succeeded(request, credentials.get("username") or credentials.get("email") or "")
        return user

    def clean_email(self, email: str) -> str:
        """Plain letters only: other writing systems hold characters that look like these, and some
        that turn the direction of the text around them. Raises: ValidationError."""
        if not email.isascii():
            raise ValidationError(_("Use an e-mail address of plain letters, digits and signs."))
        cleaned: str = super().clean_email(email)
        return cleaned

    def is_safe_url(self, url: str) -> bool:
        """Whether a redirect may lead there after log-in; a malformed URL is not safe."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The URL on SITE_URL, whatever the Host header of the request."""
        return _on_site_url(super().get_reset_password_from_key_url(key))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: object) -> str:
        """The URL on SITE_URL, whatever the Host header of the request."""
        url = _on_site_url(super().get_email_confirmation_url(request, emailconfirmation))
        return _with_parameter(url, "then", self._return_path(request))

    def get_email_verification_redirect_url(self, email_address: object) -> str:
        """The log-in page, which redirects to the page where the sign-up began."""
        url = resolve_url(super().get_email_verification_redirect_url(email_address))
        return _with_parameter(url, "next", self._return_path(self.request))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """The account page, which shows the message of success."""
        return reverse("account")

    def _return_path(self, request: HttpRequest) -> str:
        """The `next` (in links of mails: `then`) of the request, where it is a safe URL; else empty."""
        data = request.GET.dict() | request.POST.dict()
        path = data.get("next") or data.get("then") or ""
        return path if path and self.is_safe_url(path) else ""

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """Validate a public name as the model does; names are unique without regard to case."""
        field = get_user_model()._meta.get_field("name")
        for validator in field.validators:
            validator(username)
        validate_name(username)
        if not shallow and (
            get_user_model().objects.filter(name__iexact=username).exists()
            or is_kept_back(username)
        ):
            raise ValidationError(_("This name is taken."))
        return username

    def save_user(self, request: HttpRequest, user: User, form: Form, commit: bool = True) -> User:
        """As allauth does, without the first and last names, which the model does not have."""
        user.name = form.cleaned_data["username"]
        user.email = form.cleaned_data["email"]
        user.set_password(form.cleaned_data["password1"])
        if commit:
            user.save()
        return user


def _with_parameter(url: str, name: str, value: str) -> str:
    return f"{url}?{urlencode({name: value})}" if value else url


def _on_site_url(url: str) -> str:
    return f"{settings.SITE_URL}{urlsplit(url).path}"
