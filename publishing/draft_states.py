"""How drafts stand to what readers see, as it is kept for lists."""

from django.utils import timezone

from publishing.models import DraftState, Revision, Subject

_MOST_ERRORS = 9_999


def store_state(
    subject: Subject[Revision], *, has_changes: bool, error_count: int, keep_note: bool = True
) -> DraftState:
    """Keep how the draft of a subject stands; without `keep_note` its note is forgotten."""
    values: dict[str, object] = {
        "has_changes": has_changes,
        "error_count": min(error_count, _MOST_ERRORS),
        "checked_at": timezone.now(),
    }
    if not keep_note:
        values |= {"note": "", "is_correction": False}
    state: DraftState = subject.draft_states.update_or_create(defaults=values)[0]
    return state


def store_note(subject: Subject[Revision], *, note: str, is_correction: bool) -> None:
    """Keep what the next revision of a subject will record of its reason."""
    subject.draft_states.update_or_create(defaults={"note": note, "is_correction": is_correction})


def stored_note(subject: Subject[Revision]) -> tuple[str, bool]:
    """The note that is kept with the draft, and whether it corrects a mistake."""
    state = subject.draft_states.first()
    return (state.note, state.is_correction) if state else ("", False)
