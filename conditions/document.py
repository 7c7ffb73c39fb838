"""A condition's rows as a document, and its HTML."""

from conditions.models import Condition
from conditions.schema import ConditionDocument
from publishing.document import prose_html
from remedies_site.rows import read_document


def condition_document(condition: Condition) -> ConditionDocument:
    """The draft as it stands in the rows. Raises NotPublishable where they make no valid document."""
    return read_document(condition, ConditionDocument)


def condition_html(document: ConditionDocument) -> dict[str, str]:
    """The document's Markdown as safe HTML, by field."""
    return prose_html(document)
