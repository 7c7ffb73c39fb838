"""New addresses of pages that readers know."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.events import log_event
from accounts.models import User
from publishing.document import without_address
from publishing.merging.rekeying import fields_naming, rekey_edits, slugs_rewriter
from publishing.merging.rewriting import publish_rewritten, rewritten
from publishing.models import NamedSubject, Revision, Subject
from publishing.redirects import add_redirect
from publishing.review.drafts import event_facts
from publishing.services import subject_types
from remedies_site.documents import Document


@transaction.atomic
def rename(subject: NamedSubject[Revision], *, slug: str) -> None:
    """Move the subject's page, and every page whose URL holds its slug; old paths are redirected.

    Published rows that name it by its slug name the new one, in revisions of the system. Raises
    InvalidInput where one of them is published in this moment.
    """
    if slug == subject.slug:
        return
    old_path, old_slug = subject.get_absolute_url(), subject.slug
    dependants = _dependants(subject)
    old_paths = [dependant.get_absolute_url() for dependant in dependants]
    subject.slug = slug
    subject.save(update_fields=["slug"])
    add_redirect(old_path, subject.get_absolute_url())
    _rewrite_slugs(subject, {old_slug: slug})
    for dependant, path in zip(_dependants(subject), old_paths, strict=True):
        if not path.startswith(old_path):  # what stands below a renamed page is redirected with it
            add_redirect(path, dependant.get_absolute_url())


def _rewrite_slugs(subject: NamedSubject[Revision], slugs: Mapping[str, str]) -> None:
    """Replace the slug in waiting saves and in published rows; a page's own address is no part of those."""
    model = type(subject)
    rewriters = {
        kind.model: _unless_address_alone(slugs_rewriter(kind.model, model, slugs))
        for kind in subject_types()
        if any(len(field) > 1 for field in fields_naming(kind, model))
    }
    (change,) = slugs.items()
    note = _("The address “%(old)s” is “%(new)s” now.") % {"old": change[0], "new": change[1]}
    for page in rewritten(rewriters):
        if page.document is not None:
            publish_rewritten(page, note=note)
    rekey_edits(model, slugs)  # after the rows of the pages: publishing locks in this order


def _unless_address_alone(
    rewrite: Callable[[Document], Document],
) -> Callable[[Document], Document]:
    def rewrite_words(document: Document) -> Document:
        changed = rewrite(document)
        is_same = without_address(changed) == without_address(document)
        return document if is_same else changed

    return rewrite_words


def _dependants(subject: Subject[Revision]) -> list[Subject[Revision]]:
    """Subjects of other models that refer to this one: their URLs may hold its slug."""
    return [
        dependant
        for relation in subject._meta.related_objects
        if issubclass(relation.related_model, Subject)
        for dependant in relation.related_model._default_manager.filter(
            **{relation.field.name: subject}
        )
        .with_parts()
        .order_by("pk")
    ]


def may_rename(user: User, subject: NamedSubject[Revision]) -> bool:
    """Whether this person may: of a public page, with REVIEW=two, publishers, since it changes at once."""
    app, model = subject._meta.app_label, subject._meta.model_name
    needs_publisher = settings.REVIEW == "two" and subject.was_published
    return user.has_perm(f"{app}.{'publish' if needs_publisher else 'change'}_{model}")


def planned_redirects(subject: NamedSubject[Revision], slug: str) -> list[tuple[str, str]]:
    """Each path that a new slug redirects, with its new one; none where it is the slug already.

    Raises ValidationError where the slug cannot be had.
    """
    if slug == subject.slug:
        return []
    field: Any = subject._meta.get_field("slug")
    field.clean(slug, subject)
    if type(subject)._default_manager.filter(slug=slug).exists():
        raise ValidationError(_("Another page has this address."))
    paths = [page.get_absolute_url() for page in (subject, *_dependants(subject))]
    return [(path, _with_slug(path, subject.slug, slug)) for path in paths]


def _with_slug(path: str, old: str, new: str) -> str:
    return "/".join(new if part == old else part for part in path.split("/"))


@transaction.atomic
def rename_page(subject: NamedSubject[Revision], slug: str, *, by: User) -> None:
    """Give the page the new slug. Raises ValidationError."""
    if planned_redirects(subject, slug):
        rename(subject, slug=slug)
        log_event("page_renamed", actor=by.pk, **event_facts(subject))
