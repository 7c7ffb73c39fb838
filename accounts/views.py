"""Account pages beside those of django-allauth."""

from allauth.account.views import LoginView as AllauthLoginView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import services
from accounts.decorators import current_member
from accounts.forms import ColoursForm, RenameForm
from accounts.models import User
from remedies_site.kept_text import CarriesText
from remedies_site.responses import redirect_after_post


class LoginView(CarriesText, AllauthLoginView):  # type: ignore[misc]
    """Log in; what a form sent without a session goes along, and is shown again after it."""

    own_field = "login"


@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """The account page: links to what a member can change, and their own comments."""
    return render(request, "account/account.html")


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
