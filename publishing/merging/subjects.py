"""Merging two named subjects: what belongs to the one moves to the other, whose name search then finds."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from publishing.banners.services import standing_banner
from publishing.merging.plans import MergePlan
from publishing.merging.rekeying import Rewrite, rekey_edits, repoint, slugs_rewriter
from publishing.merging.rewriting import Rewriters, lock_subjects, publish_rewritten, rewritten
from publishing.models import NamedSubject, Revision, Subject
from publishing.redirects import add_redirect
from publishing.review.open_reviews import waiting_schedule
from publishing.services import subject_type, subject_types
from remedies_site.documents import Document
from remedies_site.exceptions import InvalidInput
from remedies_site.rows import relations_of

Named = NamedSubject[Revision]
_MOST_ALIASES = 60


def plan_merge_of_subjects(source: Named, target: Named) -> MergePlan:
    """What merging changes, and what an editor settles first."""
    plan = MergePlan(conflicts=list(_conflicts(source, target)))
    if source.pk == target.pk:
        return plan
    old, new = source.get_absolute_url(), target.get_absolute_url()
    plan.changes.append(_("%(old)s leads to %(new)s") % {"old": old, "new": new})
    for _field, dependant in _dependants(source):
        path = dependant.get_absolute_url()
        values = {"old": path, "new": _moved_path(path, source, target)}
        plan.changes.append(_("%(old)s moves to %(new)s, with its votes and comments") % values)
    names = ", ".join(_new_aliases(source, target))
    if names:
        plan.changes.append(_("%(page)s is found as %(names)s too") % {"page": new, "names": names})
    plan.add_pages(
        [page for page in rewritten(_rewriters(source, target)) if page.subject != source]
    )
    return plan


def _conflicts(source: Named, target: Named) -> Iterator[str]:
    if source.pk == target.pk:
        yield _("These are one page.")
        return
    for subject in (source, target):
        if not subject.is_published:
            yield _("%(name)s is not published.") % {"name": subject.name}
    for name, dependant in _dependants(source):
        if other := _twin(dependant, name, target):
            yield _("%(one)s and %(other)s are both there: keep one of them first.") % {
                "one": dependant.get_absolute_url(),
                "other": other.get_absolute_url(),
            }
    known = len(target.shown_alias_list) + len(_new_aliases(source, target))
    if known > _MOST_ALIASES:
        yield _("Together they have more than %(most)d names.") % {"most": _MOST_ALIASES}
    yield from _pending(source, target)
    if source.is_published and target.is_published:
        yield from _lacking_rows(source, target)
    if standing_banner(source) is not None:
        yield _("A safety notice stands on %(page)s: set it on %(other)s and lift it first.") % {
            "page": source.get_absolute_url(),
            "other": target.get_absolute_url(),
        }


def _pending(source: Named, target: Named) -> Iterator[str]:
    """What waits and would be lost, or published with it: words that nobody approved stay out of it."""
    waits = (
        subject_type(type(source)).has_changes(source)
        or source.submissions.filter(is_open=True).exists()
        or waiting_schedule(source) is not None
    )
    if source.is_published and waits:
        yield _("A change of %(page)s waits: publish or discard it first.") % {
            "page": source.get_absolute_url()
        }
    if target.is_published and target.aliases.splitlines() != target.shown_alias_list:
        yield _("A change of the other names of %(page)s waits: publish or discard it first.") % {
            "page": target.get_absolute_url()
        }


def _lacking_rows(source: Named, target: Named) -> Iterator[str]:
    """Published rows of the source that readers of the target would miss, in the same words."""
    kind = subject_type(type(source))
    there, lacking = (
        kind.read_stored(subject.current_revision.document)  # type: ignore[union-attr]
        for subject in (target, source)
    )
    for relation in relations_of(kind.schema):
        known = [row.words() for row in getattr(there, relation)]
        for row in getattr(lacking, relation):
            if row.words() not in known:
                yield _("%(page)s says “%(words)s”: put it into %(other)s first.") % {
                    "page": source.get_absolute_url(),
                    "words": " ".join(row.words()),
                    "other": target.get_absolute_url(),
                }


def _dependants(subject: Named) -> Iterator[tuple[str, Subject[Revision]]]:
    """Subjects that refer to this one, with the name of the field by which they do."""
    for relation in subject._meta.related_objects:
        model: Any = relation.related_model
        if issubclass(model, Subject):
            rows = model._default_manager.filter(**{relation.field.name: subject})
            for dependant in rows.with_parts().order_by("pk"):
                yield relation.field.name, dependant


def _twin(dependant: Subject[Revision], name: str, target: Named) -> Subject[Revision] | None:
    """What the target has already in the place of this dependant, by a constraint that allows one."""
    for constraint in dependant._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and name in constraint.fields:
            values = {field: getattr(dependant, field) for field in constraint.fields}
            rows: Any = type(dependant)._default_manager
            twin: Subject[Revision] | None = (
                rows.with_parts().filter(**values | {name: target}).first()
            )
            if twin is not None:
                return twin
    return None


def _moved_path(path: str, source: Named, target: Named) -> str:
    return "/".join(target.slug if part == source.slug else part for part in path.split("/"))


def _new_aliases(source: Named, target: Named) -> list[str]:
    """The published names of the source that the target lacks: drafts are nobody's approved words."""
    known = {name.casefold() for name in (target.shown_name, *target.shown_alias_list)}
    names = dict.fromkeys([source.shown_name, *source.shown_alias_list])
    return [name for name in names if name and name.casefold() not in known]


def _rewriters(source: Named, target: Named) -> Rewriters:
    slugs = {source.slug: target.slug}
    aliases = _new_aliases(source, target)
    rewriters: Rewriters = {
        kind.model: slugs_rewriter(kind.model, type(source), slugs) for kind in subject_types()
    }
    rewriters[type(target)] = _with_aliases(rewriters[type(target)], target.slug, aliases)
    return rewriters


def _with_aliases(rewrite: Rewrite, slug: str, aliases: list[str]) -> Rewrite:
    """Adds other names to the one document with this slug."""

    def with_aliases(document: Document) -> Document:
        changed = rewrite(document)
        if getattr(changed, "slug", "") != slug:
            return changed
        known: Iterable[str] = getattr(changed, "aliases", [])
        added = [name for name in aliases if name not in known]
        return changed.model_copy(update={"aliases": [*known, *added]})

    return with_aliases


@transaction.atomic
def merge_subjects(source: Named, target: Named, plan: MergePlan, *, note: str, by: Any) -> None:
    """Merge as planned: the source is withdrawn, and its address leads to the target."""
    pages = [page.subject for page in plan.pages]
    moved = [(dependant, dependant.get_absolute_url()) for _name, dependant in _dependants(source)]
    old_path, aliases = source.get_absolute_url(), _new_aliases(source, target)
    also: dict[type[Subject[Revision]], models.Q] = {}
    for dependant, _path in moved:
        also.setdefault(type(dependant), models.Q(pk__in=[]))
        also[type(dependant)] |= models.Q(pk=dependant.pk)
    lock_subjects(plan.pages, also)
    rekey_edits(type(source), {source.slug: target.slug})
    repoint(source, target)
    target.aliases = "\n".join([*target.aliases.splitlines(), *aliases])
    target.save(update_fields=["aliases"])
    reason = _("Merged into “%(name)s”.") % {"name": target.shown_name}
    subject_type(type(source)).withdraw(source, by=by, reason=reason)
    add_redirect(old_path, target.get_absolute_url())
    for dependant, path in moved:
        dependant.refresh_from_db()
        if dependant.is_published and dependant not in pages:
            raise InvalidInput(
                _("Somebody published %(page)s meanwhile: look again.") % {"page": path}
            )
        add_redirect(path, dependant.get_absolute_url())
    for page in plan.pages:
        page.subject.refresh_from_db()
        publish_rewritten(page, note=note)
