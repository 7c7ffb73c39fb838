"""The preview that editors see while they write."""

from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.views.decorators.http import require_POST

from citations.preview import preview_markdown

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
