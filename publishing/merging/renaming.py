"""Giving a page a new address: which paths are then redirected."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.events import log_event
from accounts.models import User
from publishing.models import NamedSubject, Revision, Subject
from publishing.review.drafts import event_facts
from publishing.services import rename

Named = NamedSubject[Revision]


def may_rename(user: User, subject: Named) -> bool:
    """Whether this person may: of a public page, with REVIEW=two, publishers, since it changes at once."""
    app, model = subject._meta.app_label, subject._meta.model_name
    needs_publisher = settings.REVIEW == "two" and subject.was_published
    return user.has_perm(f"{app}.{'publish' if needs_publisher else 'change'}_{model}")


def planned_redirects(subject: Named, slug: str) -> list[tuple[str, str]]:
    """Each path that a new slug redirects, with its new one; none where it is the slug already.

    Raises ValidationError where the slug cannot be had.
    """
    if slug == subject.slug:
        return []
    field: Any = subject._meta.get_field("slug")
    field.clean(slug, subject)
    if type(subject)._default_manager.filter(slug=slug).exists():
        raise ValidationError(
            field.error_messages["unique"] % {"model_name": "", "field_label": slug}
        )
    pages: list[Subject[Revision]] = [subject, *_dependants(subject)]
    paths = [page.get_absolute_url() for page in pages]
    return [(path, _with_slug(path, subject.slug, slug)) for path in paths]


def _dependants(subject: Named) -> list[Subject[Revision]]:
    found: list[Subject[Revision]] = []
    for relation in subject._meta.related_objects:
        model: Any = relation.related_model
        if issubclass(model, Subject):
            rows = model._default_manager.filter(**{relation.field.name: subject})
            found += rows.with_parts().order_by("pk")
    return found


def _with_slug(path: str, old: str, new: str) -> str:
    return "/".join(new if part == old else part for part in path.split("/"))


@transaction.atomic
def rename_page(subject: Named, slug: str, *, by: User) -> None:
    """Give the page the new slug. Raises ValidationError."""
    if planned_redirects(subject, slug):
        rename(subject, slug=slug)
        log_event("page_renamed", actor=by.pk, **event_facts(subject))
