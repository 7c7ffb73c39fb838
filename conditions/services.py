"""Every write with a rule about conditions."""

from typing import Any, Unpack

from django.db import transaction

from accounts.models import User
from conditions.document import to_document, to_html
from conditions.models import Condition
from conditions.schema import ConditionDocument
from publishing import revisions
from publishing.models import Revision
from publishing.redirects import add_redirect
from publishing.services import (
    PublishOptions,
    draft_errors,
    name_columns,
    publish,
    reading_text,
    store_columns,
)


def publish_condition(condition: Condition, **how: Unpack[PublishOptions]) -> Revision:
    """Publish the draft; readers see it on the next request. Raises NotPublishable with every fault."""
    return publish(condition, to_document, to_html, copy_shown, **how)


def condition_errors(condition: Condition) -> list[tuple[str, str]]:
    """What keeps the draft from readers, as (field, sentence)."""
    return draft_errors(condition, to_document)


def condition_columns(document: ConditionDocument) -> dict[str, Any]:
    """What lists and search show of a condition's published document, by column."""
    return {
        **name_columns(
            document, name=document.name, aliases=document.aliases, one_line=document.one_line
        ),
        "shown_category": document.category.value,
        "shown_text": reading_text(document),
    }


def copy_shown(condition: Condition) -> None:
    """Copy what lists show from the current revision into the row's own columns."""
    if condition.current_revision is not None:
        document = ConditionDocument.model_validate(condition.current_revision.document)
        store_columns(condition, condition_columns(document))


def withdraw_condition(condition: Condition, *, by: User | None, reason: str) -> Revision:
    """Take the condition, and with it its entries, from readers. Raises NotPublishable."""
    return revisions.withdraw(condition, by=by, reason=reason)


@transaction.atomic
def rename_condition(condition: Condition, *, slug: str) -> None:
    """Move the condition's page, and its entries' pages, to a new address; old ones forward."""
    if slug == condition.slug:
        return
    entries = list(condition.entries.select_related("remedy"))
    old = [condition.get_absolute_url(), *(entry.get_absolute_url() for entry in entries)]
    condition.slug = slug
    condition.save(update_fields=["slug"])
    for entry in entries:
        entry.condition = condition
    new = [condition.get_absolute_url(), *(entry.get_absolute_url() for entry in entries)]
    for old_path, new_path in zip(old, new, strict=True):
        add_redirect(old_path, new_path)
