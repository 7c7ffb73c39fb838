"""How a request meets the state of a published thing: shown, draft for staff, gone, moved or 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from remedies_site.revisions import NotReady, Subject

View = Callable[..., HttpResponse]


def tells_unfinished_drafts(view: View) -> View:
    """A draft whose rows make no page yet is told to staff with what to mend, not as an error."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotReady as refused:
            return render(request, "409.html", {"faults": refused.faults}, status=409)

    return wrapped


def may_see_draft(request: HttpRequest, subject: Subject) -> bool:
    """Whether this person may look at the subject's draft: staff with the right to view it."""
    user = request.user
    meta = subject._meta
    return user.is_staff and user.has_perm(f"{meta.app_label}.view_{meta.model_name}")


def wants_draft(request: HttpRequest, subject: Subject, *others: Subject) -> bool:
    """Whether to show the draft: always where there is nothing else, else when `?draft` asks.

    `others` are what has to be published too before readers see the subject.

    The right is looked up only where a draft could be shown, so readers' pages ask no questions.
    """
    seen = all(part.is_published for part in (subject, *others))
    could_show = not seen or "draft" in request.GET
    return could_show and may_see_draft(request, subject)
