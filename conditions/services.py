"""Publishing, withdrawing and renaming conditions."""

from conditions.document import condition_document, condition_html
from conditions.models import Condition
from conditions.schema import ConditionDocument
from publishing.renaming import rename
from publishing.services import Columns, Grade, SubjectType, name_columns


def _columns(document: ConditionDocument, _grade: Grade | None) -> Columns:
    return {**name_columns(document), "shown_category": document.category.value}


CONDITIONS = SubjectType(
    model=Condition,
    schema=ConditionDocument,
    to_document=condition_document,
    to_html=condition_html,
    columns=_columns,
    safety=frozenset({"red_flags"}),
)
publish_condition = CONDITIONS.publish
withdraw_condition = CONDITIONS.withdraw
condition_errors = CONDITIONS.draft_errors
rename_condition = rename
