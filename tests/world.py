"""A small named cast, for journeys and for demos.

Vera visits, Mara is a member, Edda edits, Morten moderates. Magnesium is published with two
conditions, each entry with a study, a dose and a warning, and every claim has its citation.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.test import Client

from accounts.models import User
from citations.models import Citation
from conditions.models import Condition, FirstCare, RedFlag
from conditions.services import publish_condition
from remedies.models import (
    DoseRegimen,
    EvidenceItem,
    IntakeLimit,
    Interaction,
    Precaution,
    Remedy,
    RemedyConditionEntry,
)
from remedies.services import publish_entry, publish_remedy
from tests.factories import make_citation, make_condition, make_entry, make_remedy, make_user

WRITTEN = date(2026, 1, 1)


@dataclass(frozen=True)
class World:
    """Everybody and everything by name."""

    mara: User
    edda: User
    morten: User
    trial: Citation
    review: Citation
    agency: Citation
    magnesium: Remedy
    restless_legs: Condition
    insomnia: Condition
    legs_entry: RemedyConditionEntry
    sleep_entry: RemedyConditionEntry

    @property
    def vera(self) -> Client:
        """A visitor's browser: no account, no cookie."""
        return Client()

    def browser_of(self, person: User) -> Client:
        """The browser of somebody who has logged in."""
        browser = Client()
        browser.force_login(person)
        return browser


def build_world() -> World:
    """Make the cast; for a database that holds none of them yet."""
    trial = make_citation("Ahlberg2020", title="A trial of magnesium", authors="Ahlberg B\nOhm C")
    review = make_citation("Moss2021", title="A review", study_type="systematic_review")
    agency = make_citation("Agency2019", title="An agency's limit", study_type="guideline")
    magnesium = _magnesium(agency)
    legs = _condition("Restless legs syndrome", agency, aliases="RLS\nWillis-Ekbom")
    insomnia = _condition("Insomnia", agency, aliases="sleeplessness")
    _entry(magnesium, legs, trial, effect="benefit", certainty="low")
    _entry(magnesium, insomnia, review, effect="unknown", certainty="very_low")
    make_user(name="mara")
    make_user("editor", name="edda")
    make_user("moderator", name="morten")
    return meet_world()


def meet_world() -> World:
    """The cast as the database holds it now."""
    people = User.objects.in_bulk(["mara", "edda", "morten"], field_name="name")
    works = Citation.objects.in_bulk(["Ahlberg2020", "Moss2021", "Agency2019"], field_name="key")
    entries = {
        entry.condition.slug: entry
        for entry in RemedyConditionEntry.objects.select_related(
            "current_revision", "remedy__current_revision", "condition__current_revision"
        )
    }
    legs, sleep = entries["restless-legs-syndrome"], entries["insomnia"]
    sleep.remedy = legs.remedy
    return World(
        mara=people["mara"],
        edda=people["edda"],
        morten=people["morten"],
        trial=works["Ahlberg2020"],
        review=works["Moss2021"],
        agency=works["Agency2019"],
        magnesium=legs.remedy,
        restless_legs=legs.condition,
        insomnia=sleep.condition,
        legs_entry=legs,
        sleep_entry=sleep,
    )


def _magnesium(agency: Citation) -> Remedy:
    remedy = make_remedy(
        "Magnesium",
        published=False,
        kind="mineral",
        aliases="milk of magnesia",
        one_line="A mineral that nerves and muscles need.",
        what_it_is="Magnesium is a mineral [@Agency2019].",
        written_on=WRITTEN,
    )
    limit = IntakeLimit.objects.create(
        remedy=remedy,
        kind="upper",
        authority="An agency",
        population="adults",
        amount=Decimal(350),
        unit="mg",
        basis="elemental",
        counts="supplements, not food",
    )
    limit.citations.add(agency)
    Interaction.objects.create(
        remedy=remedy,
        substance="some antibiotics",
        effect="The medicine may act less.",
        severity="major",
        action="apart",
        advice="Ask how many hours to leave between them.",
        checked=False,
    )
    stop = Precaution.objects.create(
        remedy=remedy,
        kind="contraindication",
        severity="stop",
        who="you have severe kidney disease",
        text="The body may not get rid of it.",
    )
    stop.citations.add(agency)
    publish_remedy(remedy, by=None)
    return remedy


def _condition(name: str, agency: Citation, **values: str) -> Condition:
    condition = make_condition(
        name, published=False, overview=f"{name} is common [@Agency2019].", **values
    )
    flag = RedFlag.objects.create(condition=condition, text="it begins all at once")
    flag.citations.add(agency)
    care = FirstCare.objects.create(condition=condition, text="Doctors look for a cause first.")
    care.citations.add(agency)
    publish_condition(condition, by=None)
    return condition


def _entry(
    remedy: Remedy, condition: Condition, work: Citation, **values: str
) -> RemedyConditionEntry:
    entry = make_entry(
        remedy,
        condition,
        published=False,
        verdict=f"It may help a little [@{work.key}].",
        mechanism=f"Nerves need it [@{work.key}].",
        written_on=WRITTEN,
        **values,
    )
    EvidenceItem.objects.create(
        entry=entry,
        citation=work,
        outcome="how bad it was",
        n_analysed=120,
        direction="benefit",
        result="A little better after two months.",
    )
    DoseRegimen.objects.create(
        entry=entry,
        form="magnesium oxide",
        amount=Decimal(250),
        unit="mg",
        per="day",
        basis="salt",
        elemental_mg=Decimal(151),
        citation=work,
    )
    publish_entry(entry, by=None)
    return entry
