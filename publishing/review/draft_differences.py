"""What a change takes away and adds, in words, for who decides on it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from accounts.models import User
from publishing.models import Revision, RowRevision, Subject
from publishing.review.authorship import Contributor, joined_names
from publishing.review.drafts import pending_draft
from publishing.revisions import review_error
from remedies_site.differences import Segment, differences
from remedies_site.documents import Document


@dataclass(frozen=True)
class Difference:
    """A field before and after a change; an empty text is none."""

    label: str
    before: str
    after: str
    path: str = ""
    is_safety: bool = False
    """Whether it can harm where it is wrong: a dose, a warning, an interaction."""

    @property
    def segments(self) -> list[Segment]:
        """The two texts as one, word by word."""
        return differences(self.before, self.after)


@dataclass(frozen=True)
class WaitingDraft:
    """What of a draft readers do not see yet, who wrote it, and why this person may not publish it."""

    fields: list[Difference]
    names: str
    message: str
    two_people: bool
    authors: list[Contributor]

    @property
    def touches_safety(self) -> bool:
        """Whether doses, warnings or interactions are among the changes."""
        return any(field.is_safety for field in self.fields)


def waiting_draft(
    subject: Subject[Revision],
    schema: type[Document],
    reader: User,
    safety: Collection[str] = (),
) -> WaitingDraft:
    """What of a stored draft waits, for the person who looks at it; `safety` as of a `SubjectType`."""
    pending = pending_draft(subject, schema)
    return WaitingDraft(
        fields=[
            Difference(
                path_label(subject, field.path),
                field.before,
                field.after,
                field.path,
                is_safety=field.path.partition("/")[0] in safety,
            )
            for field in pending.fields
        ],
        authors=pending.authors,
        names=joined_names(pending.authors),
        message=review_error(subject, reader, pending.authors),
        two_people=settings.REVIEW == "two",
    )


def row_differences(revision: RowRevision) -> list[Difference]:
    """The fields that a change of a row changes, each before and after."""
    model = revision._meta.get_field("row").related_model
    assert isinstance(model, type)  # noqa: S101  (it may be named by a string only at first)
    return [
        Difference(
            _field_label(model, name),
            _as_text(revision.base.get(name)),
            _as_text(revision.document.get(name)),
        )
        for name in revision.changed_fields
    ]


def _as_text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(str(item) for item in value)
    return "" if value is None else str(value)


def path_label(subject: models.Model, path: str) -> str:
    """“warnings: severity” for `precautions/12/severity`."""
    relation, _slash, rest = path.partition("/")
    if not rest:
        return _field_label(type(subject), relation)
    model = getattr(subject, relation).model
    return f"{model._meta.verbose_name}: {_field_label(model, rest.rpartition('/')[2])}"


def _field_label(model: type[models.Model], name: str) -> str:
    try:
        return str(getattr(model._meta.get_field(name), "verbose_name", name))
    except FieldDoesNotExist:
        return name
