"""A citation as a document, and a document back into its row."""

from citations.models import Citation
from citations.schema import CitationDocument
from remedies_site.rows import column_values, read_row


def to_document(citation: Citation) -> CitationDocument:
    """The work as it stands in the library."""
    return read_row(citation, CitationDocument, authors=citation.author_list)


def from_document(citation: Citation, document: CitationDocument) -> None:
    """Overwrite `citation` (new or stored) by a document."""
    for name, value in column_values(document, Citation, leave_out={"authors"}).items():
        setattr(citation, name, value)
    citation.authors = "\n".join(document.authors)
    citation.save()
