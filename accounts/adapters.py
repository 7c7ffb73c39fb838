"""How django-allauth fits this site."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.services import check_name


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up as the operator set it; names by the rules of our own column."""

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
        """SIGNUP=open lets anyone in; with invite or closed the operator makes accounts."""
        return bool(settings.SIGNUP == "open")

    def is_safe_url(self, url: str) -> bool:
        """Where a person may be sent after logging in; what is no address at all is not."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Mails name the site as the operator does, whatever host the request came to."""
        return _at_this_site(super().get_reset_password_from_key_url(key))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """Mails name the site as the operator does, whatever host the request came to."""
        url = _at_this_site(super().get_email_confirmation_url(request, emailconfirmation))
        return _with_return(url, "then", self._page_before(request))

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        """Log in next, and from there back to the page on which the sign-up began."""
        url = resolve_url(super().get_email_verification_redirect_url(email_address))
        return _with_return(url, "next", self._page_before(self.request))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """The account page, where the message that it is done is seen."""
        return reverse("account")

    def _page_before(self, request: HttpRequest) -> str:
        """The page of this site that a form or a link names as the one to come back to."""
        given = request.GET.dict() | request.POST.dict()
        page = given.get("next") or given.get("then") or ""
        return page if page and self.is_safe_url(page) else ""

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """The rules of the name column, and one spelling for every capitalisation."""
        field = get_user_model()._meta.get_field("name")
        for validator in field.validators:
            validator(username)
        check_name(username)
        if not shallow and get_user_model().objects.filter(name__iexact=username).exists():
            raise ValidationError(_("This name is taken."))
        return username

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """As allauth does, without the first and last names that we do not ask for."""
        user.name = form.cleaned_data["username"]
        user.email = form.cleaned_data["email"]
        user.set_password(form.cleaned_data["password1"])
        if commit:
            user.save()
        return user


def _with_return(url: str, name: str, page: str) -> str:
    return f"{url}?{urlencode({name: page})}" if page else url


def _at_this_site(url: str) -> str:
    return f"{settings.SITE_URL}{urlsplit(url).path}"
