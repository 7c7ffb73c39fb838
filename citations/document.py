"""Converts citations to documents and back."""

from citations.models import Citation
from citations.schema import CitationDocument
from remedies_site.rows import column_values, read_row


def to_document(citation: Citation) -> CitationDocument:
    """The document of a citation. Raises: pydantic's ValidationError."""
    return read_row(citation, CitationDocument, authors=citation.author_lines)


def from_document(citation: Citation, document: CitationDocument) -> None:
    """Save a document as `citation`, a new or an existing row."""
    fill_columns(citation, document).save()


def fill_columns(citation: Citation, document: CitationDocument) -> Citation:
    """Set every column of `citation` as the document has it, without saving it."""
    for name, value in column_values(document, Citation, leave_out={"authors"}).items():
        setattr(citation, name, value)
    citation.authors = "\n".join(document.authors)
    return citation
