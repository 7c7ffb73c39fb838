"""What is stored of the pages that a content pack names, in few queries."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import models

from publishing.models import DraftEdit, Revision, Subject
from publishing.services import SubjectType, subject_type
from remedies.content.load_plan import fingerprint
from remedies_site.documents import Document
from remedies_site.exceptions import NotPublishable
from remedies_site.rows import read_document, with_rows

SubjectT = TypeVar("SubjectT", bound=Subject[Revision])
_AT_ONCE = 100


@dataclass(frozen=True)
class StoredSubject(Generic[SubjectT]):
    """A subject with the document of its draft, None where its rows make none.

    `editors` are the names of those whose saves of it were not published.
    """

    subject: SubjectT
    document: Document | None
    editors: tuple[str, ...]

    @property
    def base(self) -> str:
        """Stands for the stored draft and the state of publication."""
        draft = self.document and self.document.canonical()
        return fingerprint(*state_of(self.subject), draft)


def state_of(subject: Subject[Revision]) -> tuple[object, ...]:
    """What every save and every publication of a subject moves."""
    return (subject.current_revision_id, subject.withdrawn_at, subject.edited_at)


def read_subjects(
    model: type[SubjectT], field: str, values: Sequence[object], **conditions: object
) -> Iterator[StoredSubject[SubjectT]]:
    """The stored subjects with one of the values in a field, some at a time."""
    kind = subject_type(model)
    for first in range(0, len(values), _AT_ONCE):
        some = values[first : first + _AT_ONCE]
        rows = model._default_manager.filter(**{f"{field}__in": some}, **conditions)
        yield from _read(kind, list(_joined(rows, kind)))


def _joined(rows: models.QuerySet[Any], kind: SubjectType[Any, Document]) -> models.QuerySet[Any]:
    joined = with_rows(rows.order_by("pk"), kind.schema)
    return joined.select_related("current_revision", "edited_by", *_parts(kind))


def _parts(kind: SubjectType[Any, Document]) -> list[str]:
    """The foreign keys to other subjects."""
    return [
        field.name
        for field in kind.model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and issubclass(field.related_model, Subject)
    ]


def _read(
    kind: SubjectType[SubjectT, Document], subjects: list[SubjectT]
) -> Iterator[StoredSubject[SubjectT]]:
    editors = _editors(kind.model, [subject.pk for subject in subjects])
    for subject in subjects:
        names = editors.get(subject.pk) or _earlier_editor(subject)
        yield StoredSubject(subject, _draft(subject, kind.schema), tuple(dict.fromkeys(names)))


def _draft(subject: Subject[Revision], schema: type[Document]) -> Document | None:
    try:
        return read_document(subject, schema)
    except NotPublishable:
        return None


def _editors(model: type[models.Model], keys: list[int]) -> dict[int, list[str]]:
    pending = DraftEdit.objects.filter(
        content_type=ContentType.objects.get_for_model(model),
        object_id__in=keys,
        published_in__isnull=True,
    )
    names: dict[int, list[str]] = {}
    for key, name in pending.order_by("pk").values_list("object_id", "author_name"):
        names.setdefault(key, []).append(name)
    return names


def _earlier_editor(subject: Subject[Revision]) -> list[str]:
    """Of a draft from before saves were kept: whoever edited last."""
    is_newer = subject.published_at is None or subject.edited_at > subject.published_at
    return [subject.edited_by.name] if subject.edited_by and is_newer else []
