"""A page of the admin with one form of its own, for an act that is no change of a row's fields."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from remedies_site.exceptions import NotPermitted, NotSentYet, ServiceError
from remedies_site.kept_text import shows_again


def form_page(
    model_admin: admin.ModelAdmin[Any],
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], str],
    *,
    title: str,
    intro: str,
    button: str,
    done_url: str,
) -> HttpResponse:
    """The form; once it is valid, what `act` does with its values, its message, and a redirect.

    `form` is bound for a POST. A ServiceError of `act` is shown above the form, with the text (400).
    Raises PermissionDenied where `act` raises NotPermitted. For views under `@keeps_text`.
    """
    status = 200
    if request.method == "POST":
        try:
            if shows_again(request):
                raise NotSentYet
            if form.is_valid():
                model_admin.message_user(request, act(form.cleaned_data))
                return HttpResponseRedirect(done_url)
            status = 400
        except NotPermitted as error:
            raise PermissionDenied(str(error)) from error
        except ServiceError as error:
            form.add_error(None, str(error))
            status = error.status
    context = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "intro": intro,
        "button": button,
        "form": form,
        "opts": model_admin.opts,
    }
    return TemplateResponse(request, "admin/form_page.html", context, status=status)
