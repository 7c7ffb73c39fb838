"""A plan as lines of plain text, for a terminal."""

from collections.abc import Iterator
from textwrap import shorten

from remedies.content.load_plan import LoadPlan, PlannedDocument, PlanResult
from remedies.content.value_changes import ValueChange

_SHORT = 60
_FEW = 6


def plan_lines(plan: LoadPlan, *, full: bool = False) -> Iterator[str]:
    """Each document that is not left as it is, by file, with what changes; the counts at the end.

    Long values are shortened and long lists cut, unless `full`.
    """
    file = ""
    for document in plan.listed():
        if document.file != file:
            file = document.file
            yield file
        yield f"  {document.label}: {outcome(document)}"
        yield from (f"      {note}" for note in document.notes)
        if document.overwritten:
            names = ", ".join(document.overwritten)
            yield f"      overwrites what {names} saved and did not publish"
        yield from _change_lines(document.changes, full=full)
    if not plan.changes_anything:
        yield "Nothing would change."
    yield counts_line(plan)


def outcome(document: PlannedDocument) -> str:
    """“changed, published”."""
    state = "new" if document.is_new else "changed" if document.is_written else ""
    result = document.result
    if result is PlanResult.WRITTEN:
        return state
    kept = "kept as a draft" if result is PlanResult.DRAFT else result.value
    return ", ".join(part for part in (state, kept) if part)


def counts_line(plan: LoadPlan) -> str:
    """“2 new, 1 changed, 3 published, 0 regraded”."""
    return ", ".join(f"{number} {name}" for name, number in plan.counts.items())


def _change_lines(changes: tuple[ValueChange, ...], *, full: bool) -> Iterator[str]:
    shown = changes if full else changes[:_FEW]
    for change in shown:
        before, after = (_value(text, full=full) for text in (change.before, change.after))
        yield f"      {change.path}: {before} → {after}"
    if more := len(changes) - len(shown):
        yield f"      and {more} more"


def _value(text: str, *, full: bool) -> str:
    if not text:
        return "(nothing)"
    return repr(text) if full else repr(shorten(text, _SHORT, placeholder="…"))
