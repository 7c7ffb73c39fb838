"""The documents of a remedy and of an entry: what content files and revisions hold."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, model_validator

from citations.schema import CitationKey, CitationKeys
from publishing.claims.rules import claim_errors
from publishing.schema import SourcedRow, review_after_writing, uncited
from remedies.choices import (
    BETWEEN_NAMES,
    Basis,
    Certainty,
    CircumstanceKind,
    Compound,
    Direction,
    Directness,
    Disclosure,
    Effect,
    InteractionAction,
    InteractionSeverity,
    JudgementKind,
    LimitKind,
    Per,
    PrecautionKind,
    PrecautionSeverity,
    RemedyKind,
    RiskOfBias,
    Role,
    Route,
    Size,
    Unit,
)
from remedies_site.documents import (
    NOT_PROSE,
    Aliases,
    Amount,
    Count,
    Document,
    FilledLine,
    Keys,
    Line,
    Markdown,
    OptionalDate,
    RefersTo,
    Row,
    Slug,
    at_most,
)

REMEDY_TEXTS = ("what_it_is", "how_it_works", "why_it_matters", "considerations")
RATIONALE_TEXTS = ("mechanism", "observational", "clinical")
ENTRY_TEXTS = ("dosing", "evidence", "warnings")
MEMBER_KINDS = (CircumstanceKind.MEDICINE, CircumstanceKind.SUBSTANCE)
CircumstanceKeys = Annotated[Keys, RefersTo("slug")]
NEED_SOURCE = (JudgementKind.LARGE_EFFECT, JudgementKind.DOSE_RESPONSE)
"""Steps up that need a citation."""


class CircumstanceDocument(Document):
    """A medicine class or a situation of a person that warnings apply to."""

    slug: Slug
    kind: CircumstanceKind
    name: Annotated[FilledLine, at_most(120)]
    members: Annotated[list[FilledLine], Field(max_length=200)] = []

    @model_validator(mode="after")
    def _only_classes_have_members(self) -> "CircumstanceDocument":
        if self.members and self.kind not in MEMBER_KINDS:
            raise ValueError("only medicines and substances have members")
        if joined := [name for name in self.members if set(name) & set(BETWEEN_NAMES)]:
            raise ValueError(f"one name each, without any of {BETWEEN_NAMES}: {joined[0]}")
        return self


class LimitRow(Row):
    """A recommended or highest daily intake: whose, for whom, and what it counts.

    `adults` says that the figure holds for adults of any age and sex: doses are drawn against it.
    """

    kind: LimitKind
    authority: Annotated[FilledLine, at_most(120), NOT_PROSE]
    population: Annotated[FilledLine, at_most(120)]
    amount: Amount
    unit: Unit
    basis: Basis
    counts: Annotated[Line, at_most(200)] = ""
    adults: bool = False
    citations: CitationKeys


class InteractionRow(SourcedRow):
    """Another medicine or substance: what happens, how bad, and what to do."""

    substance: Annotated[FilledLine, at_most(200)]
    effect: Annotated[FilledLine, at_most(500)]
    severity: InteractionSeverity
    action: InteractionAction
    advice: Annotated[FilledLine, at_most(500)]
    applies_to: CircumstanceKeys = []

    def words(self) -> list[str]:
        return [self.substance, self.effect, self.advice]


class PrecautionRow(SourcedRow):
    """A warning. `who` finishes the word "if": "you have severe kidney disease"."""

    kind: PrecautionKind
    severity: PrecautionSeverity
    who: Annotated[Line, at_most(200)] = ""
    text: Annotated[FilledLine, at_most(600)]
    applies_to: CircumstanceKeys = []

    def words(self) -> list[str]:
        return [self.who, self.text]

    @model_validator(mode="after")
    def _names_whom_it_stops(self) -> "PrecautionRow":
        if self.severity is PrecautionSeverity.STOP and not self.who:
            raise ValueError("a stop needs `who`: the words after “do not take it … if”")
        return self


class ProductRow(Row):
    """A product link with what ties us to it."""

    name: Annotated[FilledLine, at_most(200)]
    url: Annotated[Line, at_most(500), Field(pattern=r"^https?://\S+$"), NOT_PROSE]
    disclosure: Disclosure


class RemedyDocument(Document):
    """What is true of a remedy for every use."""

    slug: Slug
    name: Annotated[FilledLine, at_most(120)]
    kind: RemedyKind
    aliases: Aliases = []
    one_line: Annotated[FilledLine, at_most(300)]
    what_it_is: Markdown = ""
    how_it_works: Markdown = ""
    why_it_matters: Markdown = ""
    considerations: Markdown = ""
    limits: list[LimitRow] = []
    interactions: list[InteractionRow] = []
    precautions: list[PrecautionRow] = []
    products: list[ProductRow] = []
    written_on: OptionalDate = None
    review_due: OptionalDate = None

    _dates = model_validator(mode="after")(review_after_writing)

    def prose(self) -> dict[str, str]:
        """The four general texts, those that are filled."""
        return {name: text for name in REMEDY_TEXTS if (text := getattr(self, name))}

    def publish_errors(self) -> Iterator[tuple[str, str]]:
        """Claims and limits without a source, and banned words."""
        yield from claim_errors(self)
        yield from uncited("limits", self.limits)


class EvidenceRow(Row):
    """What one work found for one outcome of this entry.

    `rating` is a review's own rating of certainty, `reviews` the reviews on file that include a study.
    """

    citation: CitationKey
    outcome: Annotated[FilledLine, at_most(200)]
    arms: Annotated[Line, at_most(300)] = ""
    n_analysed: Count | None = None
    direction: Direction
    size: Size = Size.NOT_REPORTED
    risk_of_bias: RiskOfBias = RiskOfBias.NOT_ASSESSED
    directness: Directness = Directness.NOT_ASSESSED
    route: Route = Route.ORAL
    result: Annotated[FilledLine, at_most(600)]
    limits: Annotated[Line, at_most(400)] = ""
    role: Role = Role.COUNTS
    rating: Certainty | None = None
    reviews: CitationKeys = []


class JudgementRow(Row):
    """A step of the grade that editors take by hand, with the reason that readers see."""

    kind: JudgementKind
    reason: Annotated[FilledLine, at_most(400)]
    citations: CitationKeys = []


class RegimenRow(Row):
    """One dose that one study used, on the basis that study states.

    `compound` names what was weighed, where chemistry gives its share of the mineral; where it does
    not, editors give `elemental_mg`. `adults` is false where the people were children.
    """

    form: Annotated[FilledLine, at_most(120)]
    route: Route = Route.ORAL
    amount: Amount | None = None
    amount_max: Amount | None = None
    unit: Unit | None = None
    per: Per | None = None
    doses_per_day: Annotated[int, Field(ge=1, le=24)] | None = None
    basis: Basis | None = None
    compound: Compound | None = None
    elemental_mg: Amount | None = None
    elemental_mg_max: Amount | None = None
    timing: Annotated[Line, at_most(120)] = ""
    duration: Annotated[Line, at_most(120)] = ""
    population: Annotated[Line, at_most(200)] = ""
    adults: bool = True
    citation: CitationKey

    @model_validator(mode="after")
    def _amount_is_whole(self) -> "RegimenRow":
        parts = (self.amount, self.unit, self.per, self.basis)
        if any(part is not None for part in parts) and any(part is None for part in parts):
            raise ValueError("amount, unit, per and basis belong together")
        for low, high in (
            (self.amount, self.amount_max),
            (self.elemental_mg, self.elemental_mg_max),
        ):
            if high is not None and (low is None or high <= low):
                raise ValueError("the end of a range must be above its beginning")
        if self.elemental_mg is not None and self.amount is None:
            raise ValueError("elemental_mg restates an amount, and there is none")
        if self.compound is not None and self.basis is not Basis.SALT:
            raise ValueError("a compound goes with an amount whose basis is the salt")
        if self.compound is not None and self.elemental_mg is not None:
            raise ValueError("elemental_mg follows from the compound: leave it out")
        return self


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
    rationale: Rationale = Rationale()
    dosing: Markdown = ""
    evidence: Markdown = ""
    warnings: Markdown = ""
    evidence_items: list[EvidenceRow] = []
    judgements: list[JudgementRow] = []
    regimens: list[RegimenRow] = []
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

    def publish_errors(self) -> Iterator[tuple[str, str]]:
        """Claims without a source, banned words, and what an entry must hold for readers."""
        yield from claim_errors(self)
        for row in self.judgements:
            if row.kind in NEED_SOURCE and not row.citations:
                yield "judgements", f"“{row.kind.label}” needs a source"
        if not (self.warnings or self.precautions):
            yield "warnings", "is empty: give precautions, or say in words that none were found"
        if self.certainty is Certainty.NO_STUDIES and self.effect is not Effect.UNKNOWN:
            yield "effect", "must be unknown where there are no studies in people"
        if self.written_on is None:
            yield "written_on", "is missing"
