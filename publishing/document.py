"""What is derived from every kind of published document: its rows, its HTML and its plain text."""

from collections.abc import Collection, Mapping

from django.db import models

from publishing.models import Revision, Subject
from remedies_site.documents import Document, Row
from remedies_site.markup import plain_text, render, render_inline
from remedies_site.rows import references_of, write_document

_SENTENCE_ENDS = ".:;?!…"


def write_draft(
    subject: Subject[Revision],
    document: Document,
    works: Mapping[str, models.Model],
    keep: Collection[str] = (),
    /,
    **related: models.Model,
) -> None:
    """Overwrite the draft of a subject, new or stored, by a document.

    `works` are citations by their keys. The rows of the relations in `keep` stay as they are.
    `related` gives the rows that the document's own keys name, by field. `edited_by` is saved too, as the caller set it.
    """
    write_document(subject, document, works, also=["edited_by"], keep=keep, **related)


def without_address(document: Document) -> dict[str, object]:
    """The document's values without those that its page's URL is made of: renaming changes no draft."""
    address = {
        name
        for name, column in references_of(type(document)).items()
        if column == "slug" and isinstance(getattr(document, name), str)
    }
    values = document.canonical()
    return {name: value for name, value in values.items() if name not in {"slug", *address}}


def prose_html(document: Document, *, inline: Collection[str] = ()) -> dict[str, str]:
    """The document's longer texts as safe HTML, citation keys in place, by the last part of the field.

    Those named in `inline` become one run of text, without a paragraph around it.
    """
    return {
        field.rpartition(".")[2]: (render_inline if field in inline else render)(text)
        for field, text in document.prose().items()
    }


def reading_text(document: Document) -> str:
    """What readers see of a document as plain text: its longer texts, then its safety rows."""
    parts = [plain_text(text) for text in document.prose().values()]
    for _field, value in document:
        if isinstance(value, list):
            parts += [_sentence(row.words()) for row in value if isinstance(row, Row)]
    return " ".join(part for part in parts if part)


def _sentence(parts: list[str]) -> str:
    """“you have severe kidney disease: Do not take it.”: the texts of one row as one sentence."""
    *before, last = [part for part in parts if part] or [""]
    ended = [part if part[-1] in _SENTENCE_ENDS else f"{part}:" for part in before]
    if last and last[-1] not in _SENTENCE_ENDS:
        last += "."
    return " ".join([*ended, last])
