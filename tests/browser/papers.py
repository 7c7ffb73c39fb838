"""Which entries the tests of paper print: all of them in the drill, the longest and some short ones in the usual run."""

from remedies.models import RemedyConditionEntry
from tests.counts import FULL

LONGEST, SHORTEST = 10, 4


def entries_to_print() -> list[RemedyConditionEntry]:
    """Published entries, the longest first: what is said of the remedy counts too, since paper has its warnings."""
    published = RemedyConditionEntry.objects.published().with_current_revision()
    entries = list(published.select_related("remedy__current_revision"))
    assert len(entries) > 40
    entries.sort(key=_length, reverse=True)
    return entries if FULL else [*entries[:LONGEST], *entries[-SHORTEST:]]


def _length(entry: RemedyConditionEntry) -> int:
    revisions = (entry.current_revision, entry.remedy.current_revision)
    return sum(len(str(revision.document)) for revision in revisions if revision)
