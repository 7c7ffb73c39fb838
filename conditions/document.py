"""A condition's rows as a document, and a document back into rows."""

from collections.abc import Mapping

from citations.models import Citation
from conditions.models import Condition
from conditions.schema import ConditionDocument, FirstCareRow, RedFlagRow
from publishing.revisions import rows_as_document
from remedies_site.markup import render
from remedies_site.rows import column_values, read_row, read_rows, save_columns, write_rows

MARKDOWN = ("overview",)


@rows_as_document()
def to_document(condition: Condition) -> ConditionDocument:
    """The draft as it stands in the rows. Raises NotPublishable where they make no document."""
    flags = condition.red_flags.prefetch_related("citations")
    care = condition.first_care.prefetch_related("citations")
    return read_row(
        condition,
        ConditionDocument,
        aliases=condition.aliases.splitlines(),
        red_flags=read_rows("red_flags", flags, RedFlagRow),
        first_care=read_rows("first_care", care, FirstCareRow),
    )


def from_document(
    condition: Condition, document: ConditionDocument, works: Mapping[str, Citation]
) -> None:
    """Overwrite the rows of `condition` (new or stored) by a document. `works` by their keys."""
    columns = column_values(document, Condition, leave_out={"aliases", "red_flags", "first_care"})
    for name, value in columns.items():
        setattr(condition, name, value)
    condition.aliases = "\n".join(document.aliases)
    save_columns(condition, [*columns, "aliases", "edited_by"])
    write_rows(condition, "red_flags", document.red_flags, works)
    write_rows(condition, "first_care", document.first_care, works)


def to_html(document: ConditionDocument) -> dict[str, str]:
    """The document's Markdown as safe HTML, by field."""
    return {name: render(getattr(document, name)) for name in MARKDOWN if getattr(document, name)}
