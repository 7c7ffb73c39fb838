"""The preview that editors see while they write, and references as files."""

from collections.abc import Iterable

from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.views.decorators.http import require_POST

from citations.formats import FORMATS
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
