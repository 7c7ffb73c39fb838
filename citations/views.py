"""The page of a work, reference lists as files, and the Markdown preview of the admin."""

from collections.abc import Callable, Iterable
from functools import wraps

from django.conf import settings
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import permission_required
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseForbidden,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from citations.formats import FORMATS
from citations.former_keys import works_by_former_key
from citations.models import Citation
from citations.preview import preview_markdown
from citations.references import ListedReference
from remedies_site.responses import is_from_a_script

_MAX_LENGTH = 30_000


def _short_for_scripts(view: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """A script of somebody who is no staff (any more) gets 403 and a sentence, and no log-in page.

    The script of django-markdownx puts whatever comes back into the editors' form, and the form of
    the log-in page would add its fields to theirs.
    """

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if is_from_a_script(request) and not request.user.is_staff:
            return HttpResponseForbidden(_("You are logged out. Log in to see the preview."))
        return view(request)

    return guarded


@_short_for_scripts
@staff_member_required
@permission_required("citations.view_citation", raise_exception=True)
@require_POST
def markdown_preview(request: HttpRequest) -> HttpResponse:
    """The POST parameter `content`, Markdown, as HTML."""
    content = request.POST.get("content", "")
    if len(content) > _MAX_LENGTH:
        return HttpResponseBadRequest("This text is too long to preview.")
    return HttpResponse(preview_markdown(content))


def references_file(references: Iterable[ListedReference], ending: str, name: str) -> HttpResponse:
    """The works of a page as a download; `ending` is a key of FORMATS. Raises: Http404."""
    file_format = FORMATS.get(ending)
    if file_format is None:
        raise Http404
    text = file_format.write([reference.work for reference in references])
    response = HttpResponse(text, content_type=f"{file_format.media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-references.{ending}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _redirect_by_case(key: str, find_pages: Callable[[str], object]) -> HttpResponse:
    """301 to the work that this one was merged into, or to the only one with this key in other capitals.

    Only where a page cites it. Raises: Http404.
    """
    if (work := works_by_former_key([key]).get(key)) and find_pages(work.key) is not None:
        return redirect("reference", work.key, permanent=True)
    keys = Citation.objects.filter(key__iexact=key).exclude(key=key).values_list("key", flat=True)
    found = [other for other in keys[:2] if find_pages(other) is not None]
    if len(found) != 1:
        raise Http404
    return redirect("reference", found[0], permanent=True)


@require_safe
def reference(request: HttpRequest, key: str) -> HttpResponse:
    """A work with the published pages that cite it. Raises: Http404, where none does.

    The pages come from the function that `settings.CITING_PAGES` names, in a package above this one.
    """
    find_pages = import_string(settings.CITING_PAGES)
    pages = find_pages(key)
    if pages is None:
        return _redirect_by_case(key, find_pages)
    work = get_object_or_404(Citation, key=key)
    context = {"work": work, "listed": ListedReference(1, "ref-1", work), "pages": pages}
    return render(request, "citations/reference_detail.html", context)
