"""Looking again at drafts whose errors may have changed with the library or with a rule."""

from collections.abc import Iterable

from publishing.models import DraftState
from publishing.services import subject_type, subject_types
from remedies_site.transactions import short_transaction

AT_ONCE = 100
"""Drafts that the worker looks at in one round."""


def check_oldest(most: int = AT_ONCE) -> int:
    """Compute again the state of the drafts that were looked at longest ago; how many."""
    waiting = DraftState.objects.filter(has_changes=True).order_by("checked_at", "pk")
    return _check(state.subject for state in waiting[:most])


def check_all() -> int:
    """Compute the state of every draft, also of those that have none yet; how many."""
    return _check(
        subject
        for kind in subject_types()
        for subject in kind.model.objects.order_by("pk").iterator(AT_ONCE)
    )


def _check(subjects: Iterable[object]) -> int:
    count = 0
    for subject in subjects:
        if subject is not None:
            with short_transaction():
                subject_type(type(subject)).refresh_state(subject)  # type: ignore[type-var]
            count += 1
    return count
