"""What an entry holds of its evidence: results, doses, guidelines, the search, editors' steps."""

from typing import Annotated

from pydantic import Field, model_validator

from citations.schema import CitationKey, CitationKeys
from remedies.choices import (
    Basis,
    Better,
    BiasSource,
    Certainty,
    Comparator,
    Compound,
    Direction,
    Directness,
    EvidenceStatus,
    JudgementKind,
    Measure,
    Per,
    RiskOfBias,
    Role,
    Route,
    Size,
    Statement,
    Strength,
    Unit,
)
from remedies_site.documents import (
    NOT_PROSE,
    Aliases,
    Amount,
    Count,
    Figure,
    FilledLine,
    Line,
    OptionalDate,
    Row,
    at_most,
)


class EvidenceRow(Row):
    """What one work found for one outcome of this entry.

    The people are those of the two arms compared, never those of all arms; in a crossover trial
    both arms are the same people, and `n_analysed` says how many. More than one of `components`
    makes it a combination; `other_people` says that the population is not that of the entry.
    `effect_value` is on `measure`, with the ends of its 95 % interval; `scale` says the unit, or the
    scale with its ends. `applies_if` finishes the word "if". `rating` is the work's own rating of
    certainty by GRADE, `reviews` the reviews on file that include it.
    """

    identity = ("citation", "outcome")

    citation: CitationKey
    outcome: Annotated[FilledLine, at_most(200)]
    arms: Annotated[Line, at_most(300)] = ""
    comparator: Comparator | None = None
    added_to: Annotated[Line, at_most(200)] = ""
    population: Annotated[Line, at_most(200)] = ""
    other_people: bool = False
    applies_if: Annotated[Line, at_most(200)] = ""
    n_analysed: Count | None = None
    remedy_people: Count | None = None
    remedy_events: Count | None = None
    control_people: Count | None = None
    control_events: Count | None = None
    components: Aliases = []
    formulation: Annotated[Line, at_most(200)] = ""
    direction: Direction
    direction_reason: Annotated[Line, at_most(300)] = ""
    size: Size = Size.NOT_REPORTED
    measure: Measure | None = None
    effect_value: Figure | None = None
    effect_low: Figure | None = None
    effect_high: Figure | None = None
    scale: Annotated[Line, at_most(200)] = ""
    better: Better | None = None
    trials: Count | None = None
    risk_of_bias: RiskOfBias = RiskOfBias.NOT_ASSESSED
    bias_source: BiasSource | None = None
    bias_words: Annotated[Line, at_most(200)] = ""
    directness: Directness = Directness.NOT_ASSESSED
    route: Route = Route.ORAL
    result: Annotated[FilledLine, at_most(600)]
    limits: Annotated[Line, at_most(400)] = ""
    role: Role = Role.COUNTS
    status: EvidenceStatus = EvidenceStatus.COMPLETED
    superseded_by: CitationKeys = []
    rating: Certainty | None = None
    reviews: CitationKeys = []
    funding: Annotated[Line, at_most(200)] = ""

    @property
    def people(self) -> int | None:
        """People analysed in the two arms; None where the facts give no number."""
        if self.n_analysed is not None:
            return self.n_analysed
        if self.remedy_people is None or self.control_people is None:
            return None
        return self.remedy_people + self.control_people

    @property
    def is_combination(self) -> bool:
        """Whether the remedy was given together with others."""
        return len(self.components) > 1

    @property
    def contradiction(self) -> str:
        """What in the effect contradicts the direction, as a message to an editor; empty where nothing.

        A benefit or a harm needs an interval that leaves out no effect, on its own side; "no
        difference" needs one that holds it, or a size that is trivial. `direction_reason` says why
        a row that breaks this stands all the same.
        """
        if self.measure is None or self.effect_value is None or self.direction_reason:
            return ""
        ends = (self.effect_low, self.effect_value, self.effect_high)
        distances = [end - self.measure.no_effect for end in ends if end is not None]
        if self.better is Better.LOWER:
            distances = [-distance for distance in distances]
        if self.direction is Direction.BENEFIT and min(distances) <= 0:
            return "says benefit, and its effect or interval reaches no effect: give a reason"
        if self.direction is Direction.HARM and max(distances) >= 0:
            return "says harm, and its effect or interval reaches no effect: give a reason"
        apart = len(distances) > 1 and (min(distances) > 0 or max(distances) < 0)
        if self.direction is Direction.NONE and apart and self.size is not Size.TRIVIAL:
            return "says no difference, and its interval leaves that out: give a reason"
        return ""

    @model_validator(mode="after")
    def _arms_fit(self) -> "EvidenceRow":
        for people, events in (
            (self.remedy_people, self.remedy_events),
            (self.control_people, self.control_events),
        ):
            if events is not None and (people is None or events > people):
                raise ValueError("events need the people of their arm, and are not more than these")
        arms = (self.remedy_people, self.control_people)
        if (
            self.n_analysed is not None
            and None not in arms
            and self.n_analysed > sum(people or 0 for people in arms)
        ):
            raise ValueError("n_analysed counts more people than the two arms have")
        return self

    @model_validator(mode="after")
    def _effect_is_whole(self) -> "EvidenceRow":
        value, low, high = self.effect_value, self.effect_low, self.effect_high
        if (self.measure is None) != (value is None) or (self.measure and self.better is None):
            raise ValueError("measure, effect_value and better belong together")
        if (low is None) != (high is None) or (low is not None and value is None):
            raise ValueError("both ends of an interval go with a value")
        if value is not None and low is not None and high is not None and not low <= value <= high:
            raise ValueError("the value must lie within its interval")
        given = [end for end in (value, low) if end is not None]
        if self.measure and self.measure.is_ratio and min(given) <= 0:
            raise ValueError("a ratio is above nought")
        return self

    @model_validator(mode="after")
    def _status_says_by_what(self) -> "EvidenceRow":
        if (self.status is EvidenceStatus.SUPERSEDED) != bool(self.superseded_by):
            raise ValueError("superseded and superseded_by belong together")
        return self


class SmallestDifferenceRow(Row):
    """The smallest difference on a measure that people notice or that matters to them.

    `value` is its distance from no effect, always above nought: 3 on a scale of 40, or 0.25 for a
    risk ratio of 0.75.
    """

    identity = ("measure", "scale")

    measure: Measure
    value: Amount
    scale: Annotated[Line, at_most(200)] = ""
    citations: CitationKeys


class GuidelineRow(Row):
    """What a guideline says of the remedy for the condition."""

    identity = ("body", "year")

    body: Annotated[FilledLine, at_most(120), NOT_PROSE]
    year: Annotated[int, Field(ge=1900, le=2100)] | None = None
    says: Annotated[FilledLine, at_most(400)]
    statement: Statement
    strength: Strength = Strength.NOT_STATED
    rating: Certainty | None = None
    citations: CitationKeys

    def words(self) -> list[str]:
        return [self.says]


class NextStepRow(Row):
    """What a reader can do next."""

    text: Annotated[FilledLine, at_most(400)]
    citations: CitationKeys = []

    def words(self) -> list[str]:
        return [self.text]


class SearchRecord(Row):
    """When and where the editors looked for studies, and what they know and have not read.

    `unread_works` names studies of the first question that no review counted here includes. `found_none`
    says that the search found no study in people.
    """

    searched_on: OptionalDate = None
    searched_where: Annotated[Line, at_most(300)] = ""
    search_queries: Count | None = None
    searched_null: bool = False
    searched_updates: bool = False
    found_none: bool = False
    unread_works: Aliases = []

    @model_validator(mode="after")
    def _when_and_where(self) -> "SearchRecord":
        rest = (self.searched_where, self.search_queries, self.found_none, self.unread_works)
        if self.searched_on is None and any(rest):
            raise ValueError("a search needs searched_on")
        if self.searched_on is not None and not self.searched_where:
            raise ValueError("a search needs searched_where")
        return self

    @property
    def looked_for_none(self) -> bool:
        """Whether it is fit to say that there are no studies: null results were looked for too."""
        return self.searched_on is not None and self.searched_null


class JudgementRow(Row):
    """A step of the grade that editors take by hand, with the reason that readers see."""

    identity = ("kind",)

    kind: JudgementKind
    reason: Annotated[FilledLine, at_most(400)]
    citations: CitationKeys = []


class RegimenRow(Row):
    """One dose that one study used, on the basis that study states.

    `compound` names what was weighed, where chemistry gives its share of the mineral; where it does
    not, editors give `elemental_mg`. `adults` is false where the people were children.
    """

    identity = ("citation", "form", "population")

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
