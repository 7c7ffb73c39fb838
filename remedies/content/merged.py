"""Packs from before two works or two conditions were merged: they name what stayed."""

from collections.abc import Iterator, Mapping

from django.contrib.contenttypes.models import ContentType

from citations.former_keys import current_keys
from citations.schema import replace_citations
from conditions.models import Condition
from publishing.merging.references import slugs_rewriter
from publishing.models import Merge, ReviewState
from remedies.content.load_plan import DocumentKind, PlannedDocument, PlanResult
from remedies.content.pack import CITATIONS, CONDITIONS, Pack, RemedyFile
from remedies.models import Remedy, RemedyConditionEntry
from remedies_site.documents import Document
from remedies_site.pack_reader import InvalidPack, PackError


def follow_merges(pack: Pack) -> tuple[Pack, list[PlannedDocument]]:
    """The pack with today's keys and slugs, and what of it is left out since it was merged.

    Raises InvalidPack where two entries of the pack are one now, or a condition is not in the pack.
    """
    keys, slugs = current_keys(), _merged_conditions()
    if not keys and not slugs:
        return pack, []
    if errors := list(_errors(pack, slugs)):
        raise InvalidPack(errors)
    left_out = [*_left_out(pack, keys, slugs)]
    entries, remedies = (
        slugs_rewriter(model, Condition, slugs) for model in (RemedyConditionEntry, Remedy)
    )

    def current(document: Document) -> Document:
        return replace_citations(document, keys)

    changed = Pack(
        citations=[one for one in pack.citations if one.key not in keys],
        circumstances=pack.circumstances,
        conditions=[current(one) for one in pack.conditions if one.slug not in slugs],  # type: ignore[misc]
        remedies=[
            RemedyFile(
                current(remedies(part.remedy)),  # type: ignore[arg-type]
                [current(entries(entry)) for entry in part.entries],  # type: ignore[misc]
            )
            for part in pack.remedies
        ],
    )
    return changed, left_out


def _merged_conditions() -> dict[str, str]:
    """The slugs of conditions that were merged and not brought back, with those of today."""
    kind = ContentType.objects.get_for_model(Condition)
    merges = Merge.objects.filter(content_type=kind, state=ReviewState.PUBLISHED).order_by("pk")
    withdrawn = set(
        Condition.objects.filter(withdrawn_at__isnull=False).values_list("slug", flat=True)
    )
    slugs: dict[str, str] = {}
    for source, target in merges.values_list("source", "target"):
        slugs = {old: target if new == source else new for old, new in slugs.items()}
        if source in withdrawn:
            slugs[source] = target
    return slugs


def _errors(pack: Pack, slugs: Mapping[str, str]) -> Iterator[PackError]:
    in_pack = {condition.slug for condition in pack.conditions}
    for slug in sorted(slugs.keys() & in_pack):
        if slugs[slug] not in in_pack:
            message = f"was merged into {slugs[slug]!r}, which this pack does not have"
            yield PackError(CONDITIONS, slug, "slug", message)
    for part in pack.remedies:
        listed = {entry.condition for entry in part.entries}
        for slug in sorted(slugs.keys() & listed):
            if slugs[slug] in listed:
                message = f"was merged into {slugs[slug]!r}, for which there is an entry too"
                yield PackError(part.path, slug, "condition", message)


def _left_out(
    pack: Pack, keys: Mapping[str, str], slugs: Mapping[str, str]
) -> Iterator[PlannedDocument]:
    named = [
        *((DocumentKind.CITATION, CITATIONS, one.key, keys.get(one.key)) for one in pack.citations),
        *(
            (DocumentKind.CONDITION, CONDITIONS, one.slug, slugs.get(one.slug))
            for one in pack.conditions
        ),
    ]
    for kind, file, label, target in named:
        if target:
            note = f"was merged into {target!r}: left out"
            yield PlannedDocument(kind, file, label, PlanResult.HELD, notes=(note,))
