"""How a request meets the state of a published thing: shown, draft for staff, gone, moved or 404."""

from django.http import HttpRequest

from remedies_site.revisions import Subject


def may_see_draft(request: HttpRequest, subject: Subject) -> bool:
    """Whether this person may look at the subject's draft: staff with the right to view it."""
    user = request.user
    meta = subject._meta
    return user.is_staff and user.has_perm(f"{meta.app_label}.view_{meta.model_name}")


def wants_draft(request: HttpRequest, subject: Subject) -> bool:
    """Whether to show the draft: always where there is nothing else, else when `?draft` asks.

    The right is looked up only where a draft could be shown, so readers' pages ask no questions.
    """
    could_show = not subject.is_published or "draft" in request.GET
    return could_show and may_see_draft(request, subject)
