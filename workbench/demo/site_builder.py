"""Saves the demo site in batches, in one transaction.

Comments are saved depth by depth, because a reply refers to its parent. Their primary keys therefore
rise with time within one depth, as on a real site, but not across depths.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from django.db import models, transaction
from django.db.models import OuterRef, Subquery

from accounts.models import User
from citations.models import Citation
from conditions.models import Condition, ConditionRevision
from discussions.models import Thread
from publishing import derived
from remedies.models import EntryRevision, Remedy, RemedyConditionEntry, RemedyRevision
from remedies_site.pagecache import triggers
from search import index
from workbench.demo import demo_reviews, demo_rows
from workbench.demo.bulk_insert import BulkInsert
from workbench.demo.demo_documents import entry_prototype
from workbench.demo.demo_rows import UnsavedRow
from workbench.demo.discussion_plan import plan_discussions
from workbench.demo.sizes import Sizes

BATCH_SIZE = 1000

Progress = Callable[[int], object]
"""Called with the number of rows saved since the last call, dependent rows not counted."""


def is_empty() -> bool:
    """Whether the database has no works, subjects, threads or demo members."""
    tables: list[type[models.Model]] = [Citation, Condition, Remedy, Thread]
    demo_members = User.objects.filter(email__endswith="@example.invalid")
    return not demo_members.exists() and not any(
        model._default_manager.exists() for model in tables
    )


@transaction.atomic
def build_site(sizes: Sizes, progress: Progress = lambda _count: None) -> None:
    """Save the whole site; an interrupted run leaves nothing behind.

    What triggers would keep row by row is removed before and made again from the whole: the index of
    search, and the versions of pages.
    """
    index.remove()
    triggers.remove()
    insert = BulkInsert()
    _save_rows(sizes, insert, progress)
    insert.finish()
    index.refresh()
    triggers.refresh()
    # Everything was published by this release: `prepare` need not read it all again.
    derived.record(derived.SHOWN, derived.shown_version())
    derived.record(derived.DRAFTS, derived.drafts_version())


def _save_rows(sizes: Sizes, insert: BulkInsert, progress: Progress) -> None:
    members = _save(demo_rows.members(sizes), insert, progress)
    _save(demo_rows.citations(sizes), insert, progress)
    _save(demo_rows.conditions(sizes), insert, progress)
    remedies = _save(demo_rows.remedies(sizes), insert, progress)
    prototypes = [
        entry_prototype(number, keys) for number, keys in enumerate(demo_rows.work_sets(sizes))
    ]
    rows = demo_rows.entries(sizes, _slugs(Remedy), _slugs(Condition), members, prototypes)
    entries = _save(rows, insert, progress)
    _set_current_revisions(Condition, ConditionRevision, "condition")
    _set_current_revisions(Remedy, RemedyRevision, "remedy")
    _set_current_revisions(RemedyConditionEntry, EntryRevision, "entry")
    demo_reviews.save_reviews(members)
    _save_discussions(sizes, entries, remedies, members, insert, progress)


def _save_discussions(
    sizes: Sizes,
    entries: list[int],
    remedies: list[int],
    members: list[int],
    insert: BulkInsert,
    progress: Progress,
) -> None:
    plan = plan_discussions(sizes, len(entries) + len(remedies))
    thread_rows = demo_rows.threads(plan.subjects, entries, remedies)
    thread_keys = _save(thread_rows, insert, lambda _count: None)
    threads = dict(zip(plan.subjects, thread_keys, strict=True))
    texts = demo_rows.comment_texts(sizes)
    comment_keys: dict[int, int] = {}
    for level in plan.levels:
        rows = demo_rows.comments(sizes, level, threads, comment_keys, members, texts)
        saved = _save(rows, insert, progress)
        comment_keys |= zip((comment.number for comment in level), saved, strict=True)


def _save(rows: Iterable[UnsavedRow], insert: BulkInsert, progress: Progress) -> list[int]:
    """Save rows with their dependents in batches; return the primary keys of the rows, in order."""
    keys: list[int] = []
    for batch in _batches(rows):
        keys += insert.save([unsaved.row for unsaved in batch])
        dependents: dict[type[models.Model], list[models.Model]] = defaultdict(list)
        for unsaved in batch:
            for row in unsaved.dependents:
                dependents[type(row)].append(row)
        for same_model in dependents.values():
            insert.save(same_model)
        progress(len(batch))
    return keys


def _batches(rows: Iterable[UnsavedRow]) -> Iterator[list[UnsavedRow]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH_SIZE)):
        yield batch


def _slugs(model: type[Remedy] | type[Condition]) -> list[tuple[int, str]]:
    return list(model._default_manager.order_by("pk").values_list("pk", "slug"))


def _set_current_revisions(
    subjects: type[models.Model], revisions: type[models.Model], relation: str
) -> None:
    """Point every subject to its one revision, in one statement."""
    own = revisions._default_manager.filter(**{relation: OuterRef("pk")}).values("pk")
    subjects._default_manager.update(current_revision=Subquery(own[:1]))
