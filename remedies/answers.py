"""The closed lists that members answer an experience report from. Pure values."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
