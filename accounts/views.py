"""Account pages beside those of django-allauth."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.account.views import LoginView as AllauthLoginView
from allauth.mfa.base.views import AuthenticateView
from django.contrib import admin, messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView as DjangoLoginView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import second_factor, services
from accounts.decorators import current_member
from accounts.forms import ColoursForm, ProfileForm, RenameForm, StaffLoginForm
from accounts.models import AccountDeletion, User
from accounts.passkeys.forms import PasskeyForm
from accounts.passkeys.views import options_for_browser
from accounts.selectors import open_sessions
from remedies_site.exceptions import ServiceError
from remedies_site.kept_text import CarriesText
from remedies_site.responses import redirect_after_post


class LoginView(CarriesText, AllauthLoginView):
    """Log in; what a form sent without a session goes along, and is shown again after it."""

    own_field = "login"


@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """The account page: links to what a member can change, and their own comments."""
    member = current_member(request)
    context = {
        "deletion": AccountDeletion.objects.filter(user=member).first(),
        "may_moderate": member.has_perm("discussions.moderate_comment"),
    }
    return render(request, "account/account.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest) -> HttpResponse:
    """Change the public name, also beside what the member wrote before."""
    user = User.objects.get(pk=current_member(request).pk)
    form = RenameForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        try:
            services.rename(user, name=form.cleaned_data["name"])
        except ValidationError as error:
            form.add_error("name", error.messages)
        else:
            messages.success(request, _("You are now called %(name)s.") % {"name": user.name})
            return redirect_after_post(reverse("account"))
    status = 400 if request.method == "POST" else 200
    return render(request, "account/rename.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def colours(request: HttpRequest) -> HttpResponse:
    """Set the colour scheme of one's own pages."""
    user = User.objects.get(pk=current_member(request).pk)
    form = ColoursForm(request.POST or None, initial={"scheme": user.colour_scheme})
    if request.method == "POST" and form.is_valid():
        services.set_colour_scheme(user, scheme=form.cleaned_data["scheme"])
        messages.success(request, _("Your pages now have the colours you chose."))
        return redirect_after_post(reverse("account"))
    status = 400 if request.method == "POST" else 200
    return render(request, "account/colours.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Choose whether the profile lists one's own comments."""
    user = User.objects.get(pk=current_member(request).pk)
    form = ProfileForm(request.POST if request.method == "POST" else None, user=user)
    if request.method != "POST" or not form.is_valid():
        return render(request, "account/profile.html", {"form": form})
    shown = form.cleaned_data["shown"]
    try:
        consent = bool(form.cleaned_data.get("consent"))
        services.set_shows_comments(user, shown=shown, consent=consent)
    except ServiceError as error:
        form.add_error("consent" if "consent" in form.fields else None, str(error))
        return render(request, "account/profile.html", {"form": form}, status=error.status)
    if shown:
        messages.success(request, _("Your profile now lists your comments."))
    else:
        messages.success(request, _("Your profile lists no comments."))
    return redirect_after_post(reverse("account_profile"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
def sessions(request: HttpRequest) -> HttpResponse:
    """Where the member is logged in; a POST ends one session (`end` is its public id) or all `others`."""
    user = current_member(request)
    here = request.session.session_key
    if request.method == "POST":
        if request.POST.get("end") == "others":
            services.end_sessions(user, spared=here)
            messages.success(request, _("All other devices are logged out."))
        elif services.end_session(user, public_id=request.POST.get("end", ""), spared=here):
            messages.success(request, _("That device is logged out."))
        else:
            messages.info(request, _("That device was logged out already."))
        return redirect_after_post(reverse("account_sessions"))
    context = {"sessions": open_sessions(user), "here": here}
    return render(request, "account/sessions.html", context)


class SecondStepView(CarriesText, AuthenticateView):
    """The second step of a log-in: a code; text that the first step carried goes along."""

    @property
    def own_field(self) -> str:  # type: ignore[override]
        """The field of the form that was sent: for a passkey, or for a code."""
        return "credential" if "credential" in self.request.POST else "code"

    def _build_forms(self) -> Any:
        """A form for a code, and one for a passkey where the person has one; the one that was sent."""
        user = self.stage.login.user
        data = self.request.POST if self.request.method == "POST" else None
        has_key = second_factor.has_passkey(user)
        is_key = has_key and data is not None and "credential" in data
        self.auth_form = self.get_form_class()(user=user, data=None if is_key else data)
        self.webauthn_form = (
            PasskeyForm(user=user, data=data if is_key else None) if has_key else None
        )
        return self.webauthn_form if is_key else self.auth_form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what the script of a passkey needs, and the form whose errors are shown."""
        context = super().get_context_data(**kwargs)
        context["has_app"] = second_factor.has_app(self.stage.login.user)
        if self.webauthn_form is not None:
            context["passkey_options"] = options_for_browser(context["js_data"])
            context["wrong_form"] = self.webauthn_form if self.webauthn_form.errors else None
        return context


class StaffLoginView(CarriesText, DjangoLoginView):
    """The admin's door: whoever has a second factor goes on to its code, as from the members' door."""

    own_field = "username"

    template_name = "admin/login.html"
    form_class = StaffLoginForm
    next_page = "admin:index"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Those who are logged in as staff go on to the admin."""
        if request.method == "GET" and admin.site.has_permission(request):
            return redirect("admin:index")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What Django's own log-in page of the admin has."""
        context = super().get_context_data(**kwargs)
        own = {
            "title": _("Log in"),
            "subtitle": None,
            "app_path": self.request.get_full_path(),
            "username": self.request.user.get_username(),
        }
        return {**context, **admin.site.each_context(self.request), **own}

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Log in, or go on to the code."""
        user = form.get_user()
        if not second_factor.has_factor(user):
            return super().form_valid(form)
        login = Login(user=user, redirect_url=self.get_success_url())
        response: HttpResponse = perform_password_login(self.request, {}, login)
        return response
