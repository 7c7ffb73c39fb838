"""How a remedy's entries are grouped, its old revisions, and the list of remedies."""

import pytest

from remedies.choices import Certainty, Effect
from remedies.models import RemedyConditionEntry
from remedies.services import publish_remedy
from tests.factories import make_condition, make_entry, make_remedy
from tests.reading import Page, links, words
from tests.remedies.pages.test_remedy_page import MAGNESIUM, scoreboard

pytestmark = pytest.mark.every_page

GRADES = [(effect, certainty) for effect in Effect for certainty in Certainty]


@pytest.mark.django_db
def test_no_line_says_that_it_helps_but_a_benefit_that_is_known(client):
    """Every pair of effect and certainty, though no editor could publish some of them."""
    remedy = make_remedy("Anything")
    expected = set()
    for effect, certainty in GRADES:
        entry = make_entry(remedy, make_condition())
        RemedyConditionEntry.objects.filter(pk=entry.pk).update(
            shown_effect=effect.value, shown_certainty=certainty.value
        )
        if effect == Effect.BENEFIT and certainty in {"low", "moderate", "high"}:
            expected.add(entry.get_absolute_url())
    lines = scoreboard(Page(client.get(remedy.get_absolute_url())))
    helps = {url for url, (effect, *_rest) in lines.items() if "help" in effect.lower()}
    assert helps == expected
    assert len(lines) == len(GRADES)


@pytest.mark.django_db
def test_votes_move_nothing(client, world):
    before = list(scoreboard(Page(client.get(MAGNESIUM))).items())
    RemedyConditionEntry.objects.filter(pk=world.sleep_entry.pk).update(up_count=1_000)
    assert list(scoreboard(Page(client.get(MAGNESIUM))).items()) == before


@pytest.mark.django_db
def test_a_remedy_without_entries_says_so(client):
    page = Page(client.get(make_remedy("Newcomer").get_absolute_url()))
    assert "Our editors have not reviewed any use of it yet." in page.words
    assert page.statistics["conditions"] == page.statistics["works"] == "0"


@pytest.mark.django_db
def test_an_old_revision_is_the_document_of_that_day_under_a_banner(client, world):
    world.magnesium.what_it_is = "Something else altogether [@Agency2019]."
    world.magnesium.save()
    publish_remedy(world.magnesium, by=None)
    old = Page(client.get(f"{MAGNESIUM}-/r/1/"))
    assert "This is version 1, kept for the record." in old.words
    assert "Magnesium is a mineral" in old.words
    assert "Something else altogether" not in old.words
    assert old.one("meta", name="robots").get("content") == "noindex"
    assert MAGNESIUM in links(old.one("aside", class_="callout--caution"))
    today = Page(client.get(MAGNESIUM))
    assert "Something else altogether" in today.words
    assert not today.all("meta", name="robots")
    assert "kept for the record" not in today.words


def test_the_list_goes_from_a_to_z_whatever_the_accents(db, client):
    for name in ("zinc", "Éphédra", "Ashwagandha", "fenugreek"):
        make_remedy(name, slug=f"slug-{len(name)}")
    page = Page(client.get("/remedies/"))
    names = [words(name) for name in page.all("a", class_="az-list__name")]
    assert names == ["Ashwagandha", "Éphédra", "fenugreek", "zinc"]


@pytest.mark.parametrize("url", ["/remedies/", "/conditions/", "/"])
def test_an_empty_site_says_that_nothing_is_published(db, client, url):
    response = client.get(url)
    assert response.status_code == 200
    assert "Nothing has been published here yet." in Page(response).words
