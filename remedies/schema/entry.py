"""The document of an entry: a remedy for one condition."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, model_validator

from publishing.claims.rules import claim_errors, claims
from publishing.schema import SAFETY, review_after_writing, uncited
from remedies.choices import Certainty, Effect, EntryUse, JudgementKind, Role
from remedies.schema.evidence import (
    EvidenceRow,
    GuidelineRow,
    JudgementRow,
    NextStepRow,
    RegimenRow,
    SearchRecord,
    SmallestDifferenceRow,
)
from remedies.schema.remedy import PrecautionRow
from remedies_site.documents import (
    Document,
    Line,
    Markdown,
    OptionalDate,
    RefersTo,
    Row,
    Slug,
    at_most,
)

RATIONALE_TEXTS = ("mechanism", "observational", "clinical")
ENTRY_TEXTS = ("dosing", "evidence", "warnings")
NEED_SOURCE = (JudgementKind.LARGE_EFFECT, JudgementKind.DOSE_RESPONSE)
"""Steps up that need a citation."""


class Rationale(Row):
    """How it might work, by three kinds of reason, so that none is taken for another."""

    mechanism: Markdown = ""
    observational: Markdown = ""
    clinical: Markdown = ""


class EntryDocument(Document):
    """A remedy for one condition."""

    remedy: Annotated[Slug, RefersTo("slug")]
    condition: Annotated[Slug, RefersTo("slug")]
    verdict: Annotated[Markdown, Field(min_length=1)]
    effect: Effect
    certainty: Certainty
    use: EntryUse = EntryUse.TREATS
    first_question: Annotated[Line, at_most(300)] = ""
    second_question: Annotated[Line, at_most(300)] = ""
    rationale: Rationale = Rationale()
    dosing: Annotated[Markdown, SAFETY] = ""
    evidence: Markdown = ""
    warnings: Annotated[Markdown, SAFETY] = ""
    evidence_items: list[EvidenceRow] = []
    judgements: list[JudgementRow] = []
    smallest_differences: list[SmallestDifferenceRow] = []
    guidelines: list[GuidelineRow] = []
    next_steps: list[NextStepRow] = []
    search: SearchRecord = SearchRecord()
    regimens: Annotated[list[RegimenRow], SAFETY] = []
    precautions: list[PrecautionRow] = []
    written_on: OptionalDate = None
    review_due: OptionalDate = None

    _dates = model_validator(mode="after")(review_after_writing)

    @model_validator(mode="after")
    def _evidence_fits_together(self) -> "EntryDocument":
        on_file = {row.citation for row in self.evidence_items}
        for row in self.evidence_items:
            if missing := set(row.reviews) - (on_file - {row.citation}):
                raise ValueError(f"{row.citation} is said to be in {min(missing)}, not in evidence")
        kinds = [row.kind for row in self.judgements]
        if len(kinds) != len(set(kinds)):
            raise ValueError("judgements: one kind stands there twice")
        return self

    def prose(self) -> dict[str, str]:
        """Verdict, rationale and longer texts, those that are filled."""
        texts = {"verdict": self.verdict}
        texts |= {f"rationale.{name}": getattr(self.rationale, name) for name in RATIONALE_TEXTS}
        texts |= {name: getattr(self, name) for name in ENTRY_TEXTS}
        return {name: text for name, text in texts.items() if text}

    def _evidence_errors(self) -> Iterator[tuple[str, str]]:
        if not self.second_question and any(row.role is Role.SECOND for row in self.evidence_items):
            yield "second_question", "is empty, and studies are said to answer it"
        for position, row in enumerate(self.evidence_items, start=1):
            if row.contradiction:
                yield f"evidence_items[{position}].direction", row.contradiction

    def publish_errors(self) -> Iterator[tuple[str, str]]:
        """Claims without a source, banned words, and what an entry must hold for readers."""
        yield from claim_errors(self)
        for step in self.judgements:
            if step.kind in NEED_SOURCE and not step.citations:
                yield "judgements", f"“{step.kind.label}” needs a source"
        if not (self.warnings or self.precautions):
            yield "warnings", "is empty: give precautions, or say in words that none were found"
        yield from uncited("smallest_differences", self.smallest_differences)
        yield from uncited("guidelines", self.guidelines)
        for position, advice in enumerate(self.next_steps, start=1):
            if not advice.citations and claims(advice.text):
                yield f"next_steps[{position}].citations", "is empty: name a source"
        yield from self._evidence_errors()
        if self.certainty.level == 0 and self.effect is not Effect.UNKNOWN:
            yield "effect", "must be unknown where there are no studies in people"
        if self.written_on is None:
            yield "written_on", "is missing"
