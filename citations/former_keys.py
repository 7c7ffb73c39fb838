"""Keys of works that were merged into others: old revisions still cite them."""

from collections.abc import Iterable

from citations.models import Citation, FormerKey


def works_by_former_key(keys: Iterable[str]) -> dict[str, Citation]:
    """The works that these keys lead to since they were merged; keys that never were one are left out."""
    former = FormerKey.objects.filter(key__in=set(keys)).select_related("work")
    return {one.key: one.work for one in former}


def current_keys() -> dict[str, str]:
    """Every former key with the key that holds now."""
    return dict(FormerKey.objects.values_list("key", "work__key"))
