"""How a request meets the state of a subject: page, draft, redirect, 404 or 410."""

from collections.abc import Callable, Iterable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from publishing.models import Revision, Subject
from publishing.redirects import merged_path, redirect_target
from remedies_site.errors import gone
from remedies_site.exceptions import NotPublishable

View = Callable[..., HttpResponse]


def redirect_or_404(request: HttpRequest, **_url_arguments: object) -> HttpResponse:
    """301 to where the page moved (308 for a form, which keeps its fields). Raises Http404."""
    path = redirect_target(request.path)
    if path is None:
        raise Http404
    return _moved_response(request, path)


def _moved_response(request: HttpRequest, path: str) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    response = redirect(f"{path}?{query}" if query else path, permanent=True)
    if request.method == "POST":
        response.status_code = 308
    return response


def subject_view(
    find: Callable[..., Subject[Revision] | None],
    *names: str,
    drafts: bool = False,
    by_request: bool = False,
    not_found: Callable[..., HttpResponse] = redirect_or_404,
) -> Callable[[View], View]:
    """Decorator: look the subject up and call the view only where this person may see it.

    `find` takes the URL arguments called `names`, before them the request where `by_request` is set, and
    returns the subject or None; the view gets the subject in their place, and `draft: bool` as a keyword
    where `drafts` is set. Everybody else gets the response of `not_found` (301 or 404), of `hidden_response` (404 or 410), or, for a draft whose
    rows make no document yet, 409 with what to correct.
    """

    def decorator(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, **url_arguments: object) -> HttpResponse:
            lookup = {name: url_arguments.pop(name) for name in names}
            subject = find(request, **lookup) if by_request else find(**lookup)
            if subject is None:
                return not_found(request, **lookup)
            draft = drafts and shows_draft(request, subject)
            if not draft and (response := hidden_response(request, subject)):
                return response
            if drafts:
                url_arguments["draft"] = draft
            try:
                return view(request, subject, **url_arguments)
            except NotPublishable as error:
                return render(request, "409.html", {"errors": error.errors}, status=409)

        return wrapped

    return decorator


def hidden_response(request: HttpRequest, subject: Subject[Revision]) -> HttpResponse | None:
    """410 with the reason where a part was withdrawn, None where readers may see the subject.

    Raises Http404 where a part was never published and the subject has no page for that case.
    """
    if not all(part.was_published for part in subject.parts):
        return renamed_response(request, subject.parts) or missing_response(request, subject)
    for part in subject.parts:
        if part.withdrawn_at is not None:
            if (moved := merged_path(request.path)) is not None:
                return redirect(moved, permanent=True)
            title = _("The page on %(name)s was withdrawn") % {"name": subject.shown_title}
            return gone(request, title=title, reason=part.withdrawn_reason)
    return None


def renamed_response(
    request: HttpRequest, parts: Iterable[Subject[Revision]]
) -> HttpResponse | None:
    """301 where a part is a draft at the address that a page had before it was renamed, else None.

    A draft takes no address over: until it is published, readers are led to the page that had it.
    """
    path = redirect_target(request.path)
    if path is None:
        return None
    drafts = (part for part in parts if not part.was_published)
    is_taken = any(merged_path(draft.get_absolute_url()) for draft in drafts)
    return _moved_response(request, path) if is_taken else None


def missing_response(request: HttpRequest, subject: Subject[Revision]) -> HttpResponse:
    """404: the same for a draft and for a row that does not exist. Raises Http404 without a page."""
    context = subject.missing_context()
    if context is None:
        raise Http404
    return render(request, subject.missing_template, context, status=404)


def may_see_draft(request: HttpRequest, subject: Subject[Revision]) -> bool:
    """Whether this person may look at the subject's draft: staff with the permission to view it."""
    user = request.user
    meta = subject._meta
    return user.is_staff and user.has_perm(f"{meta.app_label}.view_{meta.model_name}")


def shows_draft(request: HttpRequest, subject: Subject[Revision]) -> bool:
    """Whether to show the draft: always where readers see nothing, else where `?draft` is in the URL.

    The permission is looked up only where a draft could be shown, so readers' pages cost no query.
    """
    is_public = all(part.is_published for part in subject.parts)
    could_show = not is_public or "draft" in request.GET
    return could_show and may_see_draft(request, subject)
