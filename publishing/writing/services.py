"""Keeping what an editor types, until the form is stored or its text is dropped.

Rows are an editor's own (`AutosavedForm`): every function takes the person and reads no other's text.
"""

import re
from collections.abc import Collection, Sequence
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from publishing.models import AutosavedForm
from remedies_site.exceptions import InvalidInput

MOST_BYTES = 1_000_000
"""Of the names and values of one form, in UTF-8."""
MOST_FIELDS = 20_000
KEPT = timedelta(days=30)
"""From the last change, for text that nobody continued with or dropped."""
KEPT_WITHOUT_TEXT = timedelta(days=1)
"""Rows that only say that a form was open, or that it was stored."""
_OPENING = re.compile(r"[A-Za-z0-9-]{8,40}")
_BATCH = 1000

Fields = Sequence[tuple[str, str]]
"""Names and values of a form as they are sent, in their order."""


def is_opening(text: str) -> bool:
    """Whether the text can name one opening of a form."""
    return _OPENING.fullmatch(text) is not None


def autosave(
    user: User, model: type[models.Model], object_id: int | None, *, opening: str, fields: Fields
) -> AutosavedForm:
    """Keep the fields in place of those of the same opening; nothing where that one was closed.

    Raises: InvalidInput, for an opening that is none, and for more than `MOST_BYTES` or `MOST_FIELDS`.
    """
    fields = [(name.replace("\0", ""), value.replace("\0", "")) for name, value in fields]
    if len(fields) > MOST_FIELDS or sum(_size(pair) for pair in fields) > MOST_BYTES:
        raise InvalidInput(
            _("This form is too long to be kept while you write. Save it from time to time.")
        )
    now = timezone.now()
    return _write(user, model, object_id, opening, fields=fields, saved_at=now, seen_at=now)


@transaction.atomic
def autosave_changes(
    user: User, model: type[models.Model], *, opening: str, fields: Fields, gone: Collection[str]
) -> AutosavedForm | None:
    """Keep fields that changed since the last time, and forget those called `gone`; for a form that is left.

    A browser sends little when it leaves a page. None where nothing was kept before. Raises: InvalidInput.
    """
    row = _own(user, model).select_for_update().filter(opening=opening).first()
    if row is None or row.saved_at is None:
        return None
    replaced = {name for name, _value in fields} | set(gone)
    kept = [(name, value) for name, value in row.fields if name not in replaced]
    return autosave(user, model, row.object_id, opening=opening, fields=[*kept, *fields])


def note_open(
    user: User, model: type[models.Model], object_id: int | None, *, opening: str
) -> AutosavedForm:
    """Note that the form is still open. Raises: InvalidInput, for an opening that is none."""
    return _write(user, model, object_id, opening, seen_at=timezone.now())


def close(
    user: User, model: type[models.Model], object_id: int | None, *, opening: str
) -> AutosavedForm:
    """Forget the text of one opening, since its form was stored or the editor dropped it.

    A request of the same opening that was under way then keeps nothing. Raises: InvalidInput, for an
    opening that is none.
    """
    now = timezone.now()
    return _write(
        user, model, object_id, opening, fields=[], saved_at=None, closed_at=now, seen_at=now
    )


def leave(user: User, model: type[models.Model], *, opening: str) -> None:
    """Note that the form is no longer open; its text stays."""
    long_ago = timezone.now() - timedelta(hours=1)
    _own(user, model).filter(opening=opening, seen_at__gt=long_ago).update(seen_at=long_ago)


def delete_old() -> int:
    """Delete the rows that are older than they are kept; the number of those with text."""
    now = timezone.now()
    empty = AutosavedForm.objects.filter(saved_at__isnull=True, seen_at__lt=now - KEPT_WITHOUT_TEXT)
    old = AutosavedForm.objects.filter(saved_at__lt=now - KEPT)
    _delete_batches(empty)
    return _delete_batches(old)


def _delete_batches(rows: models.QuerySet[AutosavedForm]) -> int:
    deleted = 0
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:_BATCH]):
        deleted += AutosavedForm.objects.filter(pk__in=keys).delete()[0]
    return deleted


def _size(pair: tuple[str, str]) -> int:
    return sum(len(text.encode("utf-8", "surrogatepass")) for text in pair)


def _own(user: User, model: type[models.Model]) -> models.QuerySet[AutosavedForm]:
    kind = ContentType.objects.get_for_model(model)
    return AutosavedForm.objects.filter(user=user, content_type=kind)


@transaction.atomic
def _write(
    user: User, model: type[models.Model], object_id: int | None, opening: str, **values: object
) -> AutosavedForm:
    """Write the row of one opening, which stays as it is where it was closed."""
    if not is_opening(opening):
        raise InvalidInput(_("Open the form again: what was sent does not say which one it is."))
    kind = ContentType.objects.get_for_model(model)
    row, is_new = AutosavedForm.objects.select_for_update().get_or_create(
        user=user,
        content_type=kind,
        opening=opening,
        defaults={"object_id": object_id, **values},
    )
    if is_new or row.closed_at is not None:
        return row
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=[*values])
    return row
