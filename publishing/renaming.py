"""New addresses of pages that readers know."""

from django.db import transaction

from publishing.models import NamedSubject, Revision, Subject
from publishing.redirects import add_redirect


@transaction.atomic
def rename(subject: NamedSubject[Revision], *, slug: str) -> None:
    """Move the subject's page, and every page whose URL holds its slug; old paths are redirected."""
    if slug == subject.slug:
        return
    old_path = subject.get_absolute_url()
    dependants = _dependants(subject)
    old_paths = [dependant.get_absolute_url() for dependant in dependants]
    subject.slug = slug
    subject.save(update_fields=["slug"])
    add_redirect(old_path, subject.get_absolute_url())
    for dependant, path in zip(_dependants(subject), old_paths, strict=True):
        if not path.startswith(old_path):  # what stands below a renamed page is redirected with it
            add_redirect(path, dependant.get_absolute_url())


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
