"""Redirects: the old path of a renamed page answers 301, and so does every path below it."""

from typing import TypeVar, cast

from django.db import models

from publishing.models import NamedSubject, Redirect, Revision

NamedSubjectT = TypeVar("NamedSubjectT", bound=NamedSubject[Revision])
_LONGEST_CHAIN = 10


def add_redirect(old_path: str, new_path: str) -> None:
    """Redirect a page that moved. Both are whole paths with a slash at each end."""
    Redirect.objects.filter(path=new_path).delete()  # there is a page at that path again
    Redirect.objects.update_or_create(path=old_path, defaults={"target": new_path})


def redirect_target(path: str) -> str | None:
    """The path to redirect `path` to, or None where neither it nor a page above it ever moved.

    A path below a moved page (`…/r/3/`) moves with it; several moves are followed in turn.
    """
    target = path
    for _step in range(_LONGEST_CHAIN):
        next_path = _next_path(target)
        if next_path is None:
            break
        target = next_path
    return target if target != path else None


def merged_path(path: str) -> str | None:
    """Where exactly this path leads; a page that was merged into another keeps its row, withdrawn."""
    target = Redirect.objects.filter(path=path).values_list("target", flat=True).first()
    return redirect_target(path) if target else None


def current_slug(model: type[NamedSubject[Revision]], slug: str) -> str:
    """The slug of today of what had this one before it was renamed, or merged into another."""
    if model._default_manager.filter(slug=slug, withdrawn_at__isnull=True).exists():
        return slug
    target = merged_path(model(slug=slug).get_absolute_url())
    return target.strip("/").rpartition("/")[2] if target else slug


def find_by_slug(model: type[NamedSubjectT], slug: str) -> NamedSubjectT | None:
    """The subject with this slug, else the one that had it before it was renamed, else None."""
    subjects = cast("models.Manager[NamedSubjectT]", model._default_manager)
    subject = subjects.filter(slug=slug).first()
    if subject is not None:
        return subject
    target = redirect_target(model(slug=slug).get_absolute_url()) or ""
    renamed = subjects.filter(slug=target.strip("/").rpartition("/")[2]).first()
    return renamed if renamed is not None and renamed.get_absolute_url() == target else None


def _next_path(path: str) -> str | None:
    parts = path.strip("/").split("/")
    prefixes = [f"/{'/'.join(parts[:length])}/" for length in range(1, len(parts) + 1)]
    redirects = Redirect.objects.filter(path__in=prefixes)
    longest = max(redirects, key=lambda redirect: len(redirect.path), default=None)
    return longest.target + path.removeprefix(longest.path) if longest else None
