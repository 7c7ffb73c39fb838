"""The live preview of editors' Markdown, with the renderer of the public pages."""

from django.template.loader import render_to_string

from citations.marks import keys_in
from citations.references import PageReferences
from citations.services import unknown_keys
from remedies_site.markup import render


def preview_markdown(markdown: str) -> str:
    """The Markdown as HTML, with its reference list and a warning about unknown keys."""
    keys = set(keys_in(markdown))
    references = PageReferences(keys)
    body = references.html(render(markdown))
    return render_to_string(
        "citations/_preview.html",
        {
            "body": body,
            "references": references.listed(),
            "unknown": sorted(unknown_keys(keys)),
        },
    )
