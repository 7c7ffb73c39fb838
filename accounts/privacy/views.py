"""Pages of a member's own data: all of it, the consent, and leaving."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import current_member
from accounts.models import AccountDeletion, User
from accounts.privacy import services
from accounts.privacy.export import export_of
from accounts.privacy.forms import DeletionForm
from remedies_site.exceptions import NotPermitted
from remedies_site.responses import error_response, redirect_after_post


@login_required
@require_safe
def own_data(request: HttpRequest) -> HttpResponse:
    """Everything that the site stores about the member, to read."""
    member = current_member(request)
    names = member.former_names.order_by("-pk").values_list("name", flat=True)
    return render(request, "account/data.html", {"former_names": names})


@login_required
@require_safe
@never_cache
@reauthentication_required  # type: ignore[untyped-decorator]
def export(request: HttpRequest) -> HttpResponse:
    """The same as a file of JSON."""
    response = JsonResponse(
        export_of(current_member(request)), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    name = f"my-data-{timezone.localdate()}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
def consent(request: HttpRequest) -> HttpResponse:
    """When the member agreed, and a button to take that back."""
    if request.method == "POST":
        services.withdraw_consent(current_member(request))
        messages.success(
            request,
            _(
                "You took your consent back. Your votes, experience reports and comments are erased."
            ),
        )
        return redirect_after_post(reverse("account"))
    return render(request, "account/consent.html")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
def delete(request: HttpRequest) -> HttpResponse:
    """Leave; or, while the deletion is planned, keep the account."""
    member = get_object_or_404(User, pk=current_member(request).pk)
    deletion = AccountDeletion.objects.filter(user=member).first()
    form = DeletionForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "deletion": deletion, "days": services.GRACE.days}
    if request.method != "POST":
        return render(request, "account/delete.html", context)
    if not form.is_valid():
        return render(request, "account/delete.html", context, status=400)
    try:
        services.request_deletion(member, words=form.cleaned_data["words"] == "erase")
    except NotPermitted as error:
        return error_response(request, error, "account/delete.html", context)
    logout(request)
    return redirect_after_post(reverse("account_deletion_planned"))


@require_safe
def deletion_planned(request: HttpRequest) -> HttpResponse:
    """What happens now, for somebody who has just been logged out."""
    return render(request, "account/deletion_planned.html", {"days": services.GRACE.days})


@require_POST
@login_required
def undo_deletion(request: HttpRequest) -> HttpResponse:
    """Keep the account."""
    try:
        is_undone = services.undo_deletion(current_member(request))
    except NotPermitted as error:  # the worker was quicker
        logout(request)
        return error_response(request, error, "403.html", {})
    if is_undone:
        messages.success(request, _("Your account stays. Nothing was deleted."))
    else:
        messages.info(request, _("Your account was not about to be deleted."))
    return redirect_after_post(reverse("account"))
