from dataclasses import dataclass

import pytest
from django.test import Client

from accounts.models import User
from remedies.models import Circumstance, Interaction
from remedies.services import publish_remedy
from tests.factories import make_user
from tests.reading import Page
from tests.world import World


@dataclass(frozen=True)
class People:
    """The cast with two publishers, each with a browser; Edda edits."""

    world: World
    paula: User
    pim: User
    edda_s: Client
    paula_s: Client
    pim_s: Client

    def page(self, url: str) -> str:
        """What a visitor reads at a URL."""
        return Page(self.world.vera.get(url)).words

    def warnings_for(self, medicine: str) -> int:
        """How many warnings the private check finds for magnesium with a medicine."""
        sent = {"r": "magnesium", "medicines": medicine}
        return self.world.vera.post("/check/", sent).content.decode().count("Shown because of:")


@pytest.fixture
def people(standing_world) -> People:
    world, paula, pim = (
        standing_world,
        make_user("publisher", name="paula"),
        make_user("publisher", name="pim"),
    )
    browsers = [world.browser_of(person) for person in (world.edda, paula, pim)]
    return People(world, paula, pim, *browsers)


@pytest.fixture
def antibiotics(people) -> Circumstance:
    """A class of medicines that a published warning of magnesium names."""
    term = Circumstance.objects.create(
        slug="antibiotics", kind="medicine", name="antibiotics", members="doxycycline\nminocycline"
    )
    Interaction.objects.get(remedy=people.world.magnesium).applies_to.add(term)
    publish_remedy(people.world.magnesium, by=None)
    return term


@pytest.fixture
def two_people(settings) -> None:
    settings.REVIEW = "two"
