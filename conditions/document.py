"""A condition's rows as a document, a document back into rows, and its HTML."""

from collections.abc import Mapping

from citations.models import Citation
from conditions.models import Condition
from conditions.schema import ConditionDocument
from publishing.document import prose_html, write_draft
from remedies_site.rows import read_document


def condition_document(condition: Condition) -> ConditionDocument:
    """The draft as it stands in the rows. Raises NotPublishable where they make no valid document."""
    return read_document(condition, ConditionDocument)


def write_condition(
    condition: Condition, document: ConditionDocument, works: Mapping[str, Citation]
) -> None:
    """Overwrite the rows of `condition` (new or stored) by a document. `works` by their keys."""
    write_draft(condition, document, works)


def condition_html(document: ConditionDocument) -> dict[str, str]:
    """The document's Markdown as safe HTML, by field."""
    return prose_html(document)
