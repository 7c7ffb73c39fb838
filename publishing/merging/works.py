"""Merging two works of the library: what cites the one cites the other, and old revisions still find it."""

from collections.abc import Iterable, Mapping

from django.db import models, transaction
from django.utils.translation import gettext as _

from citations.marks import replace_in_marks
from citations.models import Citation, FormerKey
from publishing.merging.plans import MergePlan
from publishing.merging.rekeying import citations_rewriter, repoint, rewrite_edits
from publishing.merging.rewriting import lock_subjects, publish_rewritten, rewritten
from publishing.models import DraftEdit, Revision, Subject
from publishing.review.works import CITATIONS
from publishing.services import subject_types

_IDENTIFIERS = ("doi", "pmid", "pmcid", "nct", "url")
_GRADED = ("study_type", "retracted_on")


def plan_merge_of_works(source: Citation, target: Citation) -> MergePlan:
    """What merging changes, and what an editor settles first."""
    plan = MergePlan(conflicts=list(_conflicts(source, target)))
    if source.pk == target.pk:
        return plan
    plan.changes += [
        f"{name}: {target.key} takes {getattr(source, name)}"
        for name in _IDENTIFIERS
        if getattr(source, name) and not getattr(target, name)
    ]
    plan.changes.append(
        _("/references/%(old)s/ leads to /references/%(new)s/")
        % {"old": source.key, "new": target.key}
    )
    rewrite = citations_rewriter({source.key: target.key})
    plan.add_pages(list(rewritten({kind.model: rewrite for kind in subject_types()})))
    return plan


def _conflicts(source: Citation, target: Citation) -> Iterable[str]:
    if source.pk == target.pk:
        yield _("These are one work.")
        return
    for work in (source, target):
        if waiting := CITATIONS.waiting(work.key):
            values = {"key": work.key, "name": waiting.author_name}
            yield _("A change of %(key)s by %(name)s waits: it comes first.") % values
    if source.retracted_on != target.retracted_on:
        yield _("They do not agree on a retraction: settle that first.")
    if source.study_type != target.study_type:
        yield _("They do not agree on the kind of study: settle that first.")
    for name in ("doi", "pmid", "pmcid"):
        both = (getattr(source, name).casefold(), getattr(target, name).casefold())
        if all(both) and len(set(both)) > 1:
            yield _("They have different %(name)s: these may be two works.") % {
                "name": name.upper()
            }


@transaction.atomic
def merge_works(source: Citation, target: Citation, plan: MergePlan, *, note: str, by: str) -> None:
    """Merge as planned: rows, drafts, published pages and the library. `by` stands in the history."""
    keys = {source.key: target.key}
    lock_subjects(plan.pages, _drafts_citing(keys))
    repoint(source, target)
    FormerKey.objects.filter(work=source).update(work=target)
    _rewrite_drafts(keys)
    rewrite_edits(DraftEdit.objects.all(), lambda _path, text: _edited(text, keys))
    base = CITATIONS.stored_document(target)
    missing = {
        name: getattr(source, name)
        for name in _IDENTIFIERS
        if getattr(source, name) and not getattr(target, name)
    }
    source.delete()
    FormerKey.objects.create(key=source.key, work=target)
    if missing:
        for name, value in missing.items():
            setattr(target, name, value)
        target.save(update_fields=[*missing])
        CITATIONS.record_written([(target, base)], author_name=by, note=note)
    for page in plan.pages:
        publish_rewritten(page, note=note)


def _drafts_citing(keys: Mapping[str, str]) -> dict[type[Subject[Revision]], models.Q]:
    """Which drafts may hold marks with these keys, by model."""
    drafts = {}
    for kind in subject_types():
        wanted = models.Q(pk__in=[])
        for column in _text_columns(kind.model):
            for old in keys:
                wanted |= models.Q(**{f"{column}__contains": f"@{old}"})
        drafts[kind.model] = wanted
    return drafts


def _rewrite_drafts(keys: Mapping[str, str]) -> None:
    """Replace the marks in the texts of every draft, each as it is once its row is locked."""
    for model, citing in _drafts_citing(keys).items():
        rows = model._default_manager.filter(citing).order_by("pk").select_for_update()
        for values in rows.values("pk", *_text_columns(model)):
            pk = values.pop("pk")
            texts = {name: replace_in_marks(text, keys) for name, text in values.items() if text}
            changed = {name: text for name, text in texts.items() if text != values[name]}
            if changed:
                model._default_manager.filter(pk=pk).update(**changed)


def _text_columns(model: type[models.Model]) -> list[str]:
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.TextField) and field.editable
    ]


def _edited(text: str | None, keys: Mapping[str, str]) -> str | None:
    """A text of a save: marks of Markdown, or keys as `stored_leaves` writes them, one on each line."""
    if text is None:
        return None
    lines = text.split("\n")
    if any(line in keys for line in lines):
        return "\n".join(sorted({keys.get(line, line) for line in lines}))
    return replace_in_marks(text, keys)
