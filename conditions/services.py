"""Every write with a rule about conditions."""

from django.db import transaction

from accounts.models import User
from citations.schema import citation_keys
from citations.services import check_citations
from conditions.addresses import record_move
from conditions.document import to_document, to_html
from conditions.models import Condition
from remedies_site import revisions
from remedies_site.sorting import fold, search_text


@transaction.atomic
def publish_condition(
    condition: Condition,
    *,
    by: User | None,
    author_name: str = "",
    note: str = "",
    correction: bool = False,
) -> revisions.Revision:
    """Publish the draft; readers see it on the next request. Raises NotReady with every fault."""
    document = to_document(condition)
    check_citations(document)
    revision = revisions.freeze(
        condition,
        document=document,
        html=to_html(document),
        by=by,
        author_name=author_name,
        note=note,
        correction=correction,
    )
    copy_shown(condition)
    return revision


def copy_shown(condition: Condition) -> None:
    """Copy what lists show from the current revision into the row's own columns."""
    revision = condition.current_revision
    if revision is None:
        return
    document = revision.document
    condition.shown_name = document["name"]
    condition.shown_aliases = "\n".join(document.get("aliases", []))
    condition.shown_one_line = document["one_line"]
    condition.shown_category = document["category"]
    condition.sort_key = fold(condition.shown_name)
    condition.search_text = search_text(condition.shown_name, condition.shown_aliases)
    condition.shown_citations = citation_keys(document)
    condition.save(
        update_fields=[
            *("shown_name", "shown_aliases", "shown_one_line", "shown_category"),
            *("sort_key", "search_text", "shown_citations"),
        ]
    )


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
