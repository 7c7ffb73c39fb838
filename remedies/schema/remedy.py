"""The document of a remedy: what is true of it for every use."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, model_validator

from citations.schema import CitationKeys
from publishing.claims.rules import claim_errors
from publishing.schema import SAFETY, SourcedRow, review_after_writing, uncited
from remedies.choices import (
    Basis,
    Disclosure,
    InteractionAction,
    InteractionSeverity,
    LimitKind,
    PrecautionKind,
    PrecautionSeverity,
    RemedyKind,
    Unit,
)
from remedies.schema.circumstance import CircumstanceKeys
from remedies_site.documents import (
    NOT_PROSE,
    Aliases,
    Amount,
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
ConditionKeys = Annotated[Keys, RefersTo("slug")]


class LimitRow(Row):
    """A recommended or highest daily intake: whose, for whom, and what it counts.

    `adults` says that the figure holds for adults of any age and sex: doses are drawn against it.
    `harm_below` tells of a harm that was found at less than this figure, since the figure was set.
    """

    identity = ("kind", "authority", "population")

    kind: LimitKind
    authority: Annotated[FilledLine, at_most(120), NOT_PROSE]
    population: Annotated[FilledLine, at_most(120)]
    amount: Amount
    unit: Unit
    basis: Basis
    counts: Annotated[Line, at_most(200)] = ""
    adults: bool = False
    harm_below: Annotated[Line, at_most(300)] = ""
    citations: CitationKeys


class InteractionRow(SourcedRow):
    """Another medicine or substance: what happens, how bad, and what to do."""

    identity = ("substance",)

    substance: Annotated[FilledLine, at_most(200)]
    effect: Annotated[FilledLine, at_most(500)]
    severity: InteractionSeverity
    action: InteractionAction
    advice: Annotated[FilledLine, at_most(500)]
    applies_to: CircumstanceKeys = []

    def words(self) -> list[str]:
        return [self.substance, self.effect, self.advice]


class GapRow(Row):
    """How many hours to leave between an interacting medicine and the remedy, by one authority.

    `substance` is that of the interaction. `before` and `after` say how long before or after the
    medicine the remedy may be taken.
    """

    identity = ("substance", "authority")

    substance: Annotated[FilledLine, at_most(200)]
    authority: Annotated[FilledLine, at_most(120), NOT_PROSE]
    before: Amount | None = None
    after: Amount | None = None
    citations: CitationKeys

    @model_validator(mode="after")
    def _says_how_long(self) -> "GapRow":
        if self.before is None and self.after is None:
            raise ValueError("needs the hours before or after")
        return self


class PrecautionRow(SourcedRow):
    """A warning. `who` finishes the word "if": "you have severe kidney disease".

    `matters_for` names the conditions for which a warning of the remedy matters most.
    """

    kind: PrecautionKind
    severity: PrecautionSeverity
    who: Annotated[Line, at_most(200)] = ""
    text: Annotated[FilledLine, at_most(600)]
    applies_to: CircumstanceKeys = []
    matters_for: ConditionKeys = []

    def words(self) -> list[str]:
        return [self.who, self.text]

    @model_validator(mode="after")
    def _names_whom_it_stops(self) -> "PrecautionRow":
        if self.severity is PrecautionSeverity.STOP and not self.who:
            raise ValueError("a stop needs `who`: the words after “do not take it … if”")
        return self


class ProductRow(Row):
    """A product link with what ties us to it."""

    identity = ("name",)

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
    limits: Annotated[list[LimitRow], SAFETY] = []
    interactions: list[InteractionRow] = []
    gaps: Annotated[list[GapRow], SAFETY] = []
    precautions: list[PrecautionRow] = []
    products: list[ProductRow] = []
    written_on: OptionalDate = None
    review_due: OptionalDate = None

    _dates = model_validator(mode="after")(review_after_writing)

    @model_validator(mode="after")
    def _gaps_of_interactions(self) -> "RemedyDocument":
        known = {row.substance for row in self.interactions}
        for row in self.gaps:
            if row.substance not in known:
                raise ValueError(f"gaps: no interaction is with {row.substance!r}")
        return self

    def prose(self) -> dict[str, str]:
        """The four general texts, those that are filled."""
        return {name: text for name in REMEDY_TEXTS if (text := getattr(self, name))}

    def publish_errors(self) -> Iterator[tuple[str, str]]:
        """Claims and limits without a source, and banned words."""
        yield from claim_errors(self)
        yield from uncited("limits", self.limits)
        yield from uncited("gaps", self.gaps)
