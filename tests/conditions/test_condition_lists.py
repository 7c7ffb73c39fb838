"""How a condition's remedies are grouped, its warnings, and its old versions."""

import pytest

from conditions.services import publish_condition
from remedies.choices import Certainty, Effect
from remedies.models import Precaution, RemedyConditionEntry
from remedies.services import publish_entry
from tests.conditions.test_condition_page import CAUTION, LEGS
from tests.factories import make_condition, make_entry, make_remedy
from tests.reading import Page, find, links, words


def groups_of(page: Page) -> dict[str, list[str]]:
    """The addresses of remedies under each heading of the comparison."""
    groups: dict[str, list[str]] = {}
    for element in page.by_id("remedies").iter():
        if element.get("scope") == "rowgroup":
            groups[words(element).rpartition(" (")[0]] = current = []
        elif element.tag == "th" and element.get("scope") == "row":
            current += links(element)
    return groups


@pytest.mark.django_db
def test_an_unchecked_red_flag_says_so(client, world):
    world.restless_legs.red_flags.create(text="it spreads to the arms", checked=False)
    publish_condition(world.restless_legs, by=None)
    flags = Page(client.get(LEGS)).one("section", class_="red-flags")
    flagged = {words(item).removesuffix(CAUTION).strip() for item in find(flags, "li")}
    assert "it spreads to the arms" in flagged
    assert words(flags).count(CAUTION) == 1


def test_codes_stay_out_until_they_are_checked(db, client):
    condition = make_condition("Insomnia", icd10="G47", mesh="D007319")
    assert "G47" not in Page(client.get(condition.get_absolute_url())).words


GROUPS = {
    "benefit": "May help",
    "corrects": "Corrects a deficiency",
    "none": "Little or no difference",
    "harm": "May harm",
    "causes": "Side effects of the remedy itself",
    "mixed": "Unclear",
    "unknown": "Unclear",
}


@pytest.mark.django_db
def test_remedies_stand_in_groups_by_effect_and_certainty(client):
    condition = make_condition("Anything")
    expected: dict[str, set[str]] = {heading: set() for heading in GROUPS.values()}
    for effect in Effect:
        for certainty in Certainty:
            entry = make_entry(make_remedy(), condition)
            RemedyConditionEntry.objects.filter(pk=entry.pk).update(
                shown_effect=effect.value, shown_certainty=certainty.value
            )
            is_rated = certainty in {"low", "moderate", "high"}
            expected[GROUPS[effect] if is_rated else "Unclear"].add(entry.get_absolute_url())
    groups = groups_of(Page(client.get(condition.get_absolute_url())))
    assert list(groups) == list(dict.fromkeys(GROUPS.values()))
    assert {heading: set(group) for heading, group in groups.items()} == expected


@pytest.mark.django_db
def test_in_a_group_the_surest_stand_first_then_the_names(client):
    condition = make_condition("Anything")
    expected = []
    for certainty in ("high", "moderate", "low"):
        for name in ("Alder", "Birch"):
            remedy = make_remedy(f"{name} {certainty}")
            entry = make_entry(remedy, condition, effect="benefit", certainty="low")
            RemedyConditionEntry.objects.filter(pk=entry.pk).update(
                shown_certainty=certainty, down_count=len(expected) * 9
            )
            expected.append(entry.get_absolute_url())
    assert groups_of(Page(client.get(condition.get_absolute_url())))["May help"] == expected


@pytest.mark.django_db
def test_votes_move_nothing(client):
    condition = make_condition("Anything")
    for name in ("Alder", "Birch"):
        make_entry(make_remedy(name), condition)
    before = groups_of(Page(client.get(condition.get_absolute_url())))
    RemedyConditionEntry.objects.filter(remedy__name="Birch").update(up_count=99)
    assert groups_of(Page(client.get(condition.get_absolute_url()))) == before


@pytest.mark.django_db
def test_loud_warnings_of_the_entry_stand_in_the_comparison(client, world):
    Precaution.objects.create(
        entry=world.legs_entry,
        kind="contraindication",
        severity="stop",
        who="you are on dialysis",
        text="Not without a doctor.",
        checked=False,
    )
    publish_entry(world.legs_entry, by=None)
    assert "you are on dialysis" in words(Page(client.get(LEGS)).by_id("remedies"))


def test_a_condition_without_remedies_says_so(db, client):
    page = Page(client.get(make_condition("Hiccups").get_absolute_url()))
    assert "Our editors have not reviewed any remedy for this condition yet." in page.words


@pytest.mark.django_db
def test_the_discussions_of_its_remedies_are_links(client, world):
    members = Page(client.get(LEGS)).by_id("members")
    url = world.legs_entry.get_absolute_url()
    assert links(members) == [f"{url}#discussion"]
    assert Page(client.get(url)).has("discussion")


@pytest.mark.django_db
def test_an_old_version_is_the_document_of_that_day_under_a_banner(client, world):
    world.restless_legs.overview = "Something else altogether [@Agency2019]."
    world.restless_legs.save()
    publish_condition(world.restless_legs, by=None)
    old = Page(client.get(f"{LEGS}-/r/1/"))
    assert "This is version 1, kept for the record." in old.words
    assert "Something else altogether" not in old.words
    assert old.one("meta", name="robots").get("content") == "noindex"
    assert "Something else altogether" in Page(client.get(LEGS)).words
