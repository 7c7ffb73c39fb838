"""What the rule makes of an entry's stored evidence, for its form."""

from collections.abc import Mapping

from citations.models import Citation
from remedies.choices import Certainty, Effect
from remedies.document import entry_document, work_facts
from remedies.grading.inputs import EditorOverride, EditorVerdict, entry_facts, evidence_input
from remedies.grading.rule import Grade, grade
from remedies.grading.scale import StepName
from remedies.models import RemedyConditionEntry
from remedies.schema import EntryDocument
from remedies_site.exceptions import NotPublishable


def stored_grade(entry: RemedyConditionEntry) -> Grade | None:
    """The grade of the stored draft, without what would change it; None where it cannot be read yet."""
    try:
        document = entry_document(entry)
    except NotPublishable:
        return None
    works = _works(document)
    inputs = [
        evidence_input(row, work_facts(works[row.citation])) for row in document.evidence_items
    ]
    verdict = EditorVerdict(document.effect, document.certainty)
    overrides = [EditorOverride(**vars(row)) for row in document.judgements]
    return grade(inputs, verdict, overrides, entry_facts(document))


def _works(document: EntryDocument) -> Mapping[str, Citation]:
    keys = {row.citation for row in document.evidence_items}
    columns = ("key", "study_type", "retracted_on", "year")
    return {work.key: work for work in Citation.objects.filter(key__in=keys).only(*columns)}


def typed_verdict_counts(entry: RemedyConditionEntry, computed: Grade | None) -> bool:
    """Whether the effect and certainty that editors typed are used, or have to be corrected.

    The rule uses them where nothing but reviews or guidelines without numbers is on file. No studies
    together with an effect is an error, wherever it stands.
    """
    if computed is None or any(step.name is StepName.JUDGEMENT for step in computed.steps):
        return True
    has_none = not Certainty(entry.certainty).level
    return has_none and entry.effect != Effect.UNKNOWN
