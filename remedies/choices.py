"""The choices of remedies, entries and experience reports. Pure values.

It is over 300 lines, since every list of words stands here once, and nothing else does.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RemedyKind(TextChoices):
    MINERAL = "mineral", _("mineral")
    VITAMIN = "vitamin", _("vitamin")
    HERB = "herb", _("herb")
    HORMONE = "hormone", _("hormone")
    FATTY_ACID = "fatty_acid", _("fatty acid")
    FIBRE = "fibre", _("fibre")
    AMINO_ACID = "amino_acid", _("amino acid")
    BACTERIA = "bacteria", _("bacteria")
    OTHER = "other", _("other")


class Effect(TextChoices):
    """What the remedy does according to all studies together, whatever their certainty."""

    BENEFIT = "benefit", _("benefit")
    NONE = "none", _("little or no difference")
    HARM = "harm", _("harm")
    MIXED = "mixed", _("mixed")
    UNKNOWN = "unknown", _("not known")
    CORRECTS = "corrects", _("corrects a deficiency")
    CAUSES = "causes", _("may be caused by the remedy")


class EntryUse(TextChoices):
    """What the condition is to the remedy: only the first of them is a use like any other."""

    TREATS = "treats", _("a condition that people take it for")
    DEFICIENCY = "deficiency", _("a condition that brings a lack of it")
    SIDE_EFFECT = "side_effect", _("something that the remedy itself may cause")


class Certainty(TextChoices):
    """How sure the studies make us, by GRADE's levels; the labels are those of the badge.

    The last three are one level, none: they differ in what was looked for.
    """

    HIGH = "high", _("High certainty")
    MODERATE = "moderate", _("Moderate certainty")
    LOW = "low", _("Low certainty")
    VERY_LOW = "very_low", _("Very low certainty")
    NO_STUDIES = "no_studies", _("No studies in people")
    NOT_BY_MOUTH = "not_by_mouth", _("No studies by mouth")
    NOT_SEARCHED = "not_searched", _("Not searched yet")

    @property
    def level(self) -> int:
        """From 0 (no studies in people) to 4 (high): the scale of the grading rule, and the number
        of filled pips in the badge."""
        return _LEVELS[self]

    @classmethod
    def at_level(cls, level: int) -> "Certainty":
        """The certainty of a level from 0 to 4. Raises KeyError for any other number."""
        return _AT_LEVEL[level]


_LEVELS = {
    Certainty.HIGH: 4,
    Certainty.MODERATE: 3,
    Certainty.LOW: 2,
    Certainty.VERY_LOW: 1,
    Certainty.NOT_SEARCHED: 0,
    Certainty.NOT_BY_MOUTH: 0,
    Certainty.NO_STUDIES: 0,  # the last of a level is the one that `at_level` gives
}
_AT_LEVEL = {level: certainty for certainty, level in _LEVELS.items()}
GRADED = tuple(certainty for certainty, level in _LEVELS.items() if level)
"""The certainties that a body of evidence can have: those of GRADE."""


class Direction(TextChoices):
    """Which way one study (or review) points for one outcome."""

    BENEFIT = "benefit", _("better with the remedy")
    NONE = "none", _("no difference shown")
    HARM = "harm", _("worse with the remedy")
    MIXED = "mixed", _("mixed")
    UNCLEAR = "unclear", _("unclear")


class Size(TextChoices):
    LARGE = "large", _("large")
    MODERATE = "moderate", _("moderate")
    SMALL = "small", _("small")
    TRIVIAL = "trivial", _("trivial")
    NOT_REPORTED = "not_reported", _("not reported")


class RiskOfBias(TextChoices):
    LOW = "low", _("low risk of bias")
    SOME = "some", _("some risk of bias")
    HIGH = "high", _("high risk of bias")
    NOT_ASSESSED = "not_assessed", _("risk of bias not assessed")


class BiasSource(TextChoices):
    """Who judged the risk of bias of a study."""

    REVIEW = "review", _("a review that includes it")
    REGISTRY = "registry", _("a trial register")
    OURS = "ours", _("our own reading")


class Comparator(TextChoices):
    """What the people of the other arm got."""

    PLACEBO = "placebo", _("placebo")
    NOTHING = "nothing", _("no treatment")
    USUAL_CARE = "usual_care", _("usual care")
    TREATMENT = "treatment", _("another treatment")
    DOSE = "dose", _("another dose")
    NONE = "none", _("no comparison group")


class EvidenceStatus(TextChoices):
    """Whether the result of a work stands. A retraction is said once, in the library."""

    COMPLETED = "completed", _("finished")
    ONGOING = "ongoing", _("still running")
    WITHDRAWN = "withdrawn", _("withdrawn before it had a result")
    SUPERSEDED = "superseded", _("replaced by a newer version")


class Measure(TextChoices):
    """How an effect is expressed, by the abbreviations that journals print."""

    MD = "MD", _("mean difference")
    SMD = "SMD", _("standardised mean difference")
    RR = "RR", _("risk ratio")
    OR = "OR", _("odds ratio")
    HR = "HR", _("hazard ratio")
    IRR = "IRR", _("rate ratio")
    RD = "RD", _("risk difference")

    @property
    def is_ratio(self) -> bool:
        """Whether no effect is one, and not nought."""
        return self in {Measure.RR, Measure.OR, Measure.HR, Measure.IRR}

    @property
    def no_effect(self) -> int:
        """The value that means no difference: one of a ratio, else nought."""
        return 1 if self.is_ratio else 0


class Better(TextChoices):
    """Which way a measured value is good for people."""

    LOWER = "lower", _("lower is better")
    HIGHER = "higher", _("higher is better")


class Statement(TextChoices):
    """What a guideline says of the remedy."""

    FOR = "for", _("recommends it")
    AGAINST = "against", _("recommends against it")
    NONE = "none", _("makes no recommendation")


class Strength(TextChoices):
    """How strong a guideline's recommendation is, by its own word."""

    STRONG = "strong", _("strong")
    CONDITIONAL = "conditional", _("conditional")
    NOT_STATED = "not_stated", _("strength not stated")


class Directness(TextChoices):
    """Whether people, form and outcome are those of the entry."""

    DIRECT = "direct", _("direct")
    INDIRECT = "indirect", _("indirect")
    NOT_ASSESSED = "not_assessed", _("directness not assessed")


class Role(TextChoices):
    COUNTS = "counts", _("counts towards the certainty")
    SECOND = "second", _("answers the second question")
    OTHER_OUTCOME = "other", _("measured something else")
    CONTEXT = "context", _("context only")


class JudgementKind(TextChoices):
    """Steps of a grade that only editors can take, each with a reason that readers see."""

    PUBLICATION_BIAS = "publication_bias", _("publication bias: one step down")
    VERY_INDIRECT = "very_indirect", _("very indirect: two steps down")
    LARGE_EFFECT = "large_effect", _("large effect in other studies: one step up")
    DOSE_RESPONSE = "dose_response", _("more with a higher dose: one step up")
    RAISE = "raise", _("override: one step up")
    LOWER = "lower", _("override: one step down")


class Route(TextChoices):
    ORAL = "oral", _("by mouth")
    INTRAVENOUS = "intravenous", _("into a vein")
    INJECTION = "injection", _("by injection")
    INHALED = "inhaled", _("inhaled")
    TOPICAL = "topical", _("on the skin")
    DIET = "diet", _("in food")
    RECTAL = "rectal", _("into the rectum")
    NOT_APPLICABLE = "not_applicable", _("no remedy given")


class Unit(TextChoices):
    """Units of amount; always of one dose or of one day, as the row says."""

    G = "g", "g"
    MG = "mg", "mg"
    MCG = "mcg", _("micrograms")
    IU = "IU", "IU"
    MMOL = "mmol", "mmol"
    MEQ = "mEq", "mEq"
    ML = "ml", "ml"
    BILLION_CFU = "BCFU", _("billion CFU")


class Per(TextChoices):
    DOSE = "dose", pgettext_lazy("amount per", "dose")
    DAY = "day", pgettext_lazy("amount per", "day")


class Basis(TextChoices):
    """What an amount weighs, or counts. Limits are elemental, tablets often salt: never compare the two raw."""

    ELEMENTAL = "elemental", _("elemental amount")
    SALT = "salt", _("weight of the whole compound")
    SUBSTANCE = "substance", _("the substance itself")
    EXTRACT = "extract", _("extract or marker")
    COUNT = "count", _("number of live bacteria")
    NOT_STATED = "not_stated", _("not stated whether compound or element")


class Compound(TextChoices):
    """Compounds of which chemistry says how much of the mineral or vitamin they hold."""

    MAGNESIUM_OXIDE = "magnesium_oxide", _("magnesium oxide")
    MAGNESIUM_HYDROXIDE = "magnesium_hydroxide", _("magnesium hydroxide")
    MAGNESIUM_CARBONATE = "magnesium_carbonate", _("magnesium carbonate")
    MAGNESIUM_CHLORIDE = "magnesium_chloride", _("magnesium chloride (six waters)")
    MAGNESIUM_SULFATE = "magnesium_sulfate", _("magnesium sulfate (seven waters)")
    MAGNESIUM_CITRATE = "magnesium_citrate", _("trimagnesium dicitrate (no water)")
    MAGNESIUM_GLYCINATE = "magnesium_glycinate", _("magnesium bisglycinate")
    MAGNESIUM_LACTATE = "magnesium_lactate", _("magnesium lactate (two waters)")
    FERROUS_SULFATE = "ferrous_sulfate", _("ferrous sulfate (seven waters)")
    FERROUS_SULFATE_DRIED = "ferrous_sulfate_dried", _("ferrous sulfate, dried (one water)")
    FERROUS_FUMARATE = "ferrous_fumarate", _("ferrous fumarate")
    FERROUS_GLUCONATE = "ferrous_gluconate", _("ferrous gluconate (two waters)")
    CALCIUM_CARBONATE = "calcium_carbonate", _("calcium carbonate")
    CALCIUM_CITRATE = "calcium_citrate", _("tricalcium dicitrate (four waters)")
    ZINC_SULFATE = "zinc_sulfate", _("zinc sulfate (seven waters)")
    ZINC_GLUCONATE = "zinc_gluconate", _("zinc gluconate (no water)")
    ZINC_OXIDE = "zinc_oxide", _("zinc oxide")
    PYRIDOXINE_HYDROCHLORIDE = "pyridoxine_hydrochloride", _("pyridoxine hydrochloride")
    POTASSIUM_CHLORIDE = "potassium_chloride", _("potassium chloride")
    POTASSIUM_CITRATE = "potassium_citrate", _("tripotassium citrate (one water)")


class LimitKind(TextChoices):
    RECOMMENDED = "recommended", _("Recommended intake")
    UPPER = "upper", _("Upper limit")


class InteractionSeverity(TextChoices):
    MAJOR = "major", _("Major")
    MODERATE = "moderate", _("Moderate")
    MINOR = "minor", _("Minor")


class InteractionAction(TextChoices):
    AVOID = "avoid", _("Avoid together")
    APART = "apart", _("Take apart")
    ASK = "ask", _("Ask first")
    KNOW = "know", _("Good to know")


class PrecautionKind(TextChoices):
    CONTRAINDICATION = "contraindication", _("Who should not take it")
    CAUTION = "caution", _("Take care")
    SIDE_EFFECT = "side_effect", _("Side effects")
    PREGNANCY = "pregnancy", _("Pregnancy and breastfeeding")
    GET_HELP = "get_help", _("When to get help")


class PrecautionSeverity(TextChoices):
    """How loud a precaution is; only `stop` reaches the red box under the verdict."""

    STOP = "stop", _("do not take without medical advice")
    ASK = "ask", _("ask first")
    CAUTION = "caution", _("caution")
    NOTE = "note", _("note")


class WarningLevel(TextChoices):
    """The warnings that stand wherever an entry is listed, the loudest first.

    `help` are signs that want help: no reason not to take the remedy, so never counted as a stop.
    """

    STOP = "stop", _("Do not take without medical advice if")
    HELP = "help", _("Get help if")
    ASK = "ask", _("Ask first if")
    MAJOR = "major", _("Major interactions")


BETWEEN_NAMES = ",;/+&"
"""What people write between names, so that no name of a circumstance may hold it."""


class CircumstanceKind(TextChoices):
    """What a warning can apply to."""

    MEDICINE = "medicine", _("Medicines")
    SUBSTANCE = "substance", _("Food, drink and other supplements")
    CONDITION = "condition", _("Illnesses and treatments")
    LIFE = "life", _("Pregnancy, children and age")


class Disclosure(TextChoices):
    """What ties a product link to money; shown beside the link."""

    NONE = "none", _("We get nothing for this link.")
    AFFILIATE = "affiliate", _("Affiliate link: we are paid if you buy.")
    SPONSOR = "sponsor", _("Sponsored: the maker pays us.")
    SAMPLE = "sample", _("The maker gave us a free sample.")


# Choices of an experience report.


class TakenAs(TextChoices):
    """What a member took."""

    TABLET = "tablet", _("tablet or capsule")
    POWDER = "powder", _("powder")
    LIQUID = "liquid", _("liquid")
    GUMMY = "gummy", _("gummy")
    FOOD = "food", _("food")
    INJECTION = "injection", _("injection")
    OTHER = "other", _("other")


class TakenFor(TextChoices):
    """How long a member took it."""

    DAYS = "days", _("less than a week")
    WEEKS = "weeks", _("1 to 4 weeks")
    MONTHS = "months", _("1 to 3 months")
    LONG = "long", _("3 to 12 months")
    YEARS = "years", _("over a year")


class Felt(TextChoices):
    """How a member felt on it, in five steps."""

    MUCH_BETTER = "much_better", _("much better")
    BETTER = "better", _("a little better")
    SAME = "same", _("no change")
    WORSE = "worse", _("a little worse")
    MUCH_WORSE = "much_worse", _("much worse")


class Onset(TextChoices):
    """When a member noticed a change."""

    DAY = "day", _("the same day")
    WEEK = "week", _("within a week")
    MONTH = "month", _("within a month")
    LATER = "later", _("later")
    NEVER = "never", _("no change noticed")


class SideEffect(TextChoices):
    """What else a member noticed."""

    NONE = "none", _("none")
    GUT = "gut", _("stomach or gut")
    SLEEPINESS = "sleepiness", _("sleepiness")
    HEADACHE = "headache", _("headache")
    SKIN = "skin", _("skin")
    SLEEP = "sleep", _("sleep")
    HEARTBEAT = "heartbeat", _("heartbeat")
    MOOD = "mood", _("mood")
    OTHER = "other", _("other")


class StopReason(TextChoices):
    """Why a member stopped."""

    ENOUGH = "enough", _("it helped enough")
    NO_EFFECT = "no_effect", _("no effect")
    SIDE_EFFECTS = "side_effects", _("side effects")
    COST = "cost", _("cost")
    ADVICE = "advice", _("advice of a doctor")
    OTHER = "other", _("other")
