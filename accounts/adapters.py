"""The adapters of django-allauth: accounts, and second factors."""

from contextlib import suppress
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import second_factor
from accounts.logins import TOO_MANY_LOGINS, limit_login, login_succeeded
from accounts.models import AccountDeletion, User, name_conflict
from accounts.rate_limits import CONFIRMATION_MAILS, limit_by_key
from accounts.services import validate_name
from remedies_site.exceptions import RateLimited
from remedies_site.proxies import client_address


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up by the setting SIGNUP, names by the rules of the model, URLs on SITE_URL."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This address and password do not match."),
        "username_password_mismatch": _("This name and password do not match."),
        "too_many_login_attempts": TOO_MANY_LOGINS,
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
        login = credentials.get("username") or credentials.get("email") or ""
        try:
            self._attempt = limit_login(request, login)
        except RateLimited as error:
            raise self.validation_error("too_many_login_attempts") from error

    def authenticate(self, request: HttpRequest, **credentials: str) -> User | None:
        """As allauth does; a success forgets the attempts before it."""
        user: User | None = super().authenticate(request, **credentials)
        if user is not None:
            login_succeeded(self._attempt)
        return user

    def get_client_ip(self, request: HttpRequest) -> str:
        """The client's address, for records; limits are ours (accounts/rate_limits.py)."""
        return str(client_address(request) or "unknown")

    def send_confirmation_mail(
        self, request: HttpRequest, emailconfirmation: Any, signup: bool
    ) -> None:
        """Not to the same address again at once: the links in the mails before are as good."""
        with suppress(RateLimited):
            _limit_mails(emailconfirmation.email_address.email)
            super().send_confirmation_mail(request, emailconfirmation, signup)

    def send_account_already_exists_mail(self, email: str) -> None:
        """Not again at once either: anybody can sign up with the address of somebody else."""
        with suppress(RateLimited):
            _limit_mails(email)
            super().send_account_already_exists_mail(email)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """As allauth does; a mail about a second step says whether log-in still asks for one."""
        context = {"still_on": second_factor.has_factor(user)} | (context or {})
        super().send_notification_mail(template_prefix, user, context, email)

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

    def post_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse:
        """As allauth does; staff who need a second factor and have none are led to set one up.

        Who is about to leave is led to the page that says so, with a button to stay.
        """
        response: HttpResponse = super().post_login(request, user, **details)
        if second_factor.must_set_up(user):
            return HttpResponseRedirect(reverse("mfa_index"))
        if AccountDeletion.objects.filter(user=user).exists():
            return HttpResponseRedirect(reverse("account"))
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """The account page, which shows the message of success."""
        return reverse("account")

    def _return_path(self, request: HttpRequest) -> str:
        """The `next` (in links of mails: `then`) of the request, where it is a safe URL; else empty."""
        data = request.GET.dict() | request.POST.dict()
        path = data.get("next") or data.get("then") or ""
        return path if path and self.is_safe_url(path) else ""

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """Validate a public name as the model does; none may pass for another."""
        field = get_user_model()._meta.get_field("name")
        for validator in field.validators:
            validator(username)
        validate_name(username)
        if not shallow and (conflict := name_conflict(username)):
            raise ValidationError(conflict)
        return username

    def save_user(self, request: HttpRequest, user: User, form: Form, commit: bool = True) -> User:
        """As allauth does, without the first and last names, which the model does not have."""
        user.name = form.cleaned_data["username"]
        user.email = form.cleaned_data["email"]
        user.set_password(form.cleaned_data["password1"])
        if commit:
            user.save()
        return user


def _limit_mails(email: str) -> None:
    limit_by_key(CONFIRMATION_MAILS, email.lower())


class SecondFactorAdapter(DefaultMFAAdapter):
    """Our words for its errors, the site's name in the app, and secrets encrypted in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right. Codes of an app change every 30 seconds."),
        "too_many_codes": _("Too many wrong codes. Try again in a few minutes."),
        "too_many_codes_today": _(
            "Too many wrong codes today. Try again tomorrow, or from a device where you were logged in."
        ),
        "wrong_passkey": _("This passkey did not open your account. Try again, or use a code."),
        "too_many_passkeys": _("You have ten passkeys. Remove one before you add another."),
        "unreadable": _("Your second step cannot be checked. Write to those who run this site."),
        "cannot_generate_recovery_codes": _(
            "Set up an app or a passkey first; recovery codes come with it."
        ),
    }

    def get_totp_label(self, user: User) -> str:
        """The public name: an address would show on the screen of the phone."""
        return user.name

    def get_totp_issuer(self) -> str:
        """The site's name."""
        return str(settings.SITE_NAME)

    def build_totp_svg(self, url: str) -> str:
        """Nothing: the template draws the code itself, as a picture that our policy lets show."""
        return ""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The site as passkeys know it: by the host of SITE_URL, whatever the Host header of the request."""
        return {"id": str(urlsplit(settings.SITE_URL).hostname), "name": str(settings.SITE_NAME)}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """The member as passkeys know them: an address would show on the screen of the phone."""
        own: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return own | {"name": user.name, "display_name": user.name}

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """Nothing: who adds a key names it."""
        return ""

    def encrypt(self, text: str) -> str:
        """See `second_factor.encrypt`."""
        return second_factor.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """See `second_factor.decrypt`."""
        return second_factor.decrypt(encrypted_text)


def _with_parameter(url: str, name: str, value: str) -> str:
    return f"{url}?{urlencode({name: value})}" if value else url


def _on_site_url(url: str) -> str:
    return f"{settings.SITE_URL}{urlsplit(url).path}"
