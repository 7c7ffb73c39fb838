"""Publishes documents again with other keys in them: the system's revisions, and nobody's words."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db import models
from pydantic import ValidationError

from publishing import revisions
from publishing.models import Revision, Subject
from publishing.services import SubjectType, subject_types
from remedies_site.documents import Document, validation_errors

_AT_ONCE = 100
Rewriters = dict[type[Subject[Revision]], Callable[[Document], Document]]
"""What is done with the documents of each model of subjects."""


class Rewritten(NamedTuple):
    """A published subject with the document that it will have, or why it cannot have it.

    `base` is the number in the database of the revision whose document was read.
    """

    kind: SubjectType[Any, Any]
    subject: Subject[Revision]
    base: int
    document: Document | None
    errors: list[tuple[str, str]]


def rewritten(rewriters: Rewriters) -> Iterator[Rewritten]:
    """Every published subject whose document changes, by model and number.

    What its grade then says is looked at when it is published: the grading reads the library.
    """
    for kind in subject_types():
        rewrite = rewriters.get(kind.model)
        if rewrite is None:
            continue
        for subject in _published(kind):
            revision = subject.current_revision
            assert revision is not None  # noqa: S101  (it is published)
            document = kind.schema.model_validate(revision.document)
            try:
                changed = rewrite(document)
            except ValidationError as error:
                yield Rewritten(kind, subject, revision.pk, None, list(validation_errors(error)))
                continue
            if changed != document:
                yield Rewritten(kind, subject, revision.pk, changed, list(changed.publish_errors()))


def _published(kind: SubjectType[Any, Any]) -> Iterator[Subject[Revision]]:
    rows = kind.model._default_manager.filter(
        published_at__isnull=False, withdrawn_at__isnull=True
    ).with_current_revision()
    last = 0
    while some := list(rows.with_parts().filter(pk__gt=last).order_by("pk")[:_AT_ONCE]):
        yield from some
        last = some[-1].pk


def lock_subjects(
    pages: Iterable[Rewritten], also: Mapping[type[Subject[Revision]], models.Q] | None = None
) -> None:
    """Lock pages, and further rows by model, in one order for all: by model, then by number."""
    by_model: dict[type[Subject[Revision]], list[int]] = defaultdict(list)
    for page in pages:
        by_model[page.kind.model].append(page.subject.pk)
    for kind in subject_types():
        wanted = models.Q(pk__in=by_model[kind.model])
        if also is not None and kind.model in also:
            wanted |= also[kind.model]
        rows = kind.model._default_manager.filter(wanted).order_by("pk")
        list(rows.select_for_update().values_list("pk"))


def publish_rewritten(page: Rewritten, *, note: str) -> None:
    """Publish the document of a `Rewritten` without errors as the system's revision, graded anew.

    Raises InvalidInput where another revision was published since it was read.
    """
    assert page.document is not None  # noqa: S101  (it has no errors)
    grading = page.kind.grader(page.document)
    revisions.rewrite(
        page.subject,
        base=page.base,
        document=page.document,
        html=page.kind.to_html(page.document),
        grade=grading.grade,
        note=note,
    )
    page.kind.copy_shown(page.subject)
    page.kind.refresh_state(page.subject)
