"""The live preview of editors' Markdown, by the very renderer of the public page."""

from django.template.loader import render_to_string

from citations.marks import keys_in
from citations.references import PageReferences
from citations.services import unknown_keys
from remedies_site.markup import render


def preview_markdown(markdown: str) -> str:
    """The text as a page shows it, with its own reference list and any unknown keys named."""
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
