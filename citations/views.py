"""The page of a work, references as files, and the preview that editors see while they write."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, render
from django.utils.module_loading import import_string
from django.views.decorators.http import require_POST, require_safe

from citations.formats import FORMATS
from citations.models import Citation
from citations.preview import preview_markdown
from citations.references import ListedReference

_LONGEST = 30_000


@staff_member_required
@permission_required("citations.view_citation", raise_exception=True)
@require_POST
def markdown_preview(request: HttpRequest) -> HttpResponse:
    """The Markdown in `content` as the public page renders it."""
    content = request.POST.get("content", "")
    if len(content) > _LONGEST:
        return HttpResponseBadRequest("This text is too long to preview.")
    return HttpResponse(preview_markdown(content))


def references_file(references: Iterable[ListedReference], ending: str, name: str) -> HttpResponse:
    """The works of a page as a file for other programs. Raises Http404 for an unknown ending."""
    known = FORMATS.get(ending)
    if known is None:
        raise Http404
    text = known.write([reference.work for reference in references])
    answer = HttpResponse(text, content_type=f"{known.media_type}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}-references.{ending}"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
def reference(request: HttpRequest, key: str) -> HttpResponse:
    """One work with the published pages that cite it. Raises Http404 where none does.

    Which pages those are is known above this package: `settings.CITING_PAGES` names the function.
    """
    pages = import_string(settings.CITING_PAGES)(key)
    if pages is None:
        raise Http404
    work = get_object_or_404(Citation, key=key)
    context = {"work": work, "listed": ListedReference(1, "ref-1", work), "pages": pages}
    return render(request, "citations/reference_detail.html", context)
