"""Every write with a rule about conditions."""

from typing import Unpack

from django.db import transaction

from accounts.models import User
from citations.publishing import How, copy_names, draft_faults, publish, reading_text
from conditions.addresses import record_move
from conditions.document import to_document, to_html
from conditions.models import Condition
from conditions.schema import ConditionDocument
from remedies_site import revisions


def publish_condition(condition: Condition, **how: Unpack[How]) -> revisions.Revision:
    """Publish the draft; readers see it on the next request. Raises NotReady with every fault."""
    return publish(condition, to_document, to_html, copy_shown, **how)


def condition_faults(condition: Condition) -> list[tuple[str, str]]:
    """What keeps the draft from readers, as (field, sentence)."""
    return draft_faults(condition, to_document)


def copy_shown(condition: Condition) -> None:
    """Copy what lists show from the current revision into the row's own columns."""
    if condition.current_revision is None:
        return
    document = condition.current_revision.document
    columns = copy_names(condition, document)
    condition.shown_category = document["category"]
    condition.shown_text = reading_text(ConditionDocument.model_validate(document))
    condition.save(update_fields=[*columns, "shown_category", "shown_text"])


def withdraw_condition(condition: Condition, *, by: User | None, reason: str) -> revisions.Revision:
    """Take the condition, and with it its entries, from readers. Raises NotReady."""
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
        record_move(old_path, new_path)
