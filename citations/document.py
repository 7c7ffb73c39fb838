"""A citation as a document, and a document back into its row."""

from citations.models import Citation
from citations.rows import column_values, read_row
from citations.schema import CitationDocument


def to_document(citation: Citation) -> CitationDocument:
    """The work as it stands in the library."""
    return read_row(citation, CitationDocument, authors=citation.author_lines)


def from_document(citation: Citation, document: CitationDocument) -> None:
    """Overwrite `citation` (new or stored) by a document."""
    fill_columns(citation, document).save()


def fill_columns(citation: Citation, document: CitationDocument) -> Citation:
    """Set every column of `citation` as the document has it, without storing it."""
    for name, value in column_values(document, leave_out={"authors"}).items():
        setattr(citation, name, value)
    citation.authors = "\n".join(document.authors)
    return citation
