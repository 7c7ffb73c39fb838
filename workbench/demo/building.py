"""Storing a made-up site in batches, all or nothing.

Comments are stored depth by depth, since a reply names what it answers: keys rise with time among
the siblings of one depth, as they do on a real site, but not across depths.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import models, transaction
from django.db.models import OuterRef, Subquery

from accounts.models import User
from citations.models import Citation
from conditions.models import Condition, ConditionRevision
from discussions.models import Thread
from remedies.models import EntryRevision, Remedy, RemedyConditionEntry, RemedyRevision
from workbench.demo import subjects
from workbench.demo.shapes import entry_shape
from workbench.demo.sizes import Sizes
from workbench.demo.subjects import Made
from workbench.demo.talk import discussions

BATCH = 1000

Tick = Callable[[int], Any]
"""Told how many subjects were stored."""


def is_empty() -> bool:
    """Whether there is nothing that a made-up site could be mixed up with."""
    tables: list[type[models.Model]] = [Citation, Condition, Remedy, Thread]
    made_up = User.objects.filter(email__endswith="@example.invalid")
    return not made_up.exists() and not any(model._default_manager.exists() for model in tables)


@transaction.atomic
def build(sizes: Sizes, tick: Tick = lambda _count: None) -> None:
    """Make the whole site; where it is interrupted, there is nothing."""
    members = _store(subjects.members(sizes), tick)
    _store(subjects.citations(sizes), tick)
    _store(subjects.conditions(sizes), tick)
    remedies = _store(subjects.remedies(sizes), tick)
    shapes = [entry_shape(number, keys) for number, keys in enumerate(subjects.kits(sizes))]
    made = subjects.entries(sizes, _slugs(Remedy), _slugs(Condition), members, shapes)
    entries = _store(made, tick)
    _point_to(Condition, ConditionRevision, "condition")
    _point_to(Remedy, RemedyRevision, "remedy")
    _point_to(RemedyConditionEntry, EntryRevision, "entry")
    _talk(sizes, entries, remedies, members, tick)


def _talk(
    sizes: Sizes, entries: list[int], remedies: list[int], members: list[int], tick: Tick
) -> None:
    plan = discussions(sizes, len(entries) + len(remedies))
    stored = _store(subjects.threads(plan.subjects, entries, remedies), lambda _count: None)
    threads = dict(zip(plan.subjects, stored, strict=True))
    texts = subjects.bodies(sizes)
    keys: dict[int, int] = {}
    for level in plan.levels:
        made = _store(subjects.comments(sizes, level, threads, keys, members, texts), tick)
        keys |= zip((said.number for said in level), made, strict=True)


def _store(made: Iterable[Made], tick: Tick) -> list[int]:
    """Store subjects with what hangs on them, batch by batch; the keys in order are returned."""
    keys: list[int] = []
    for batch in _batches(made):
        keys += _bulk([one.row for one in batch])
        below: dict[type[models.Model], list[models.Model]] = defaultdict(list)
        for one in batch:
            for row in one.below:
                below[type(row)].append(row)
        for hanging in below.values():
            _bulk(hanging)
        tick(len(batch))
    return keys


def _bulk(new: list[models.Model]) -> list[int]:
    stored = type(new[0])._default_manager.bulk_create(new, batch_size=BATCH)
    return [row.pk for row in stored]


def _batches(made: Iterable[Made]) -> Iterator[list[Made]]:
    source = iter(made)
    while batch := list(islice(source, BATCH)):
        yield batch


def _slugs(model: type[Remedy] | type[Condition]) -> list[tuple[int, str]]:
    return list(model._default_manager.order_by("pk").values_list("pk", "slug"))


def _point_to(subjects: type[models.Model], revisions: type[models.Model], relation: str) -> None:
    """Let every subject name its one version, in one statement."""
    version = revisions._default_manager.filter(**{relation: OuterRef("pk")}).values("pk")
    subjects._default_manager.update(current_revision=Subquery(version[:1]))
