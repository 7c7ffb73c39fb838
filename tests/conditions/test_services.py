import pytest

from conditions.models import Condition, ConditionRevision, FirstCare, RedFlag
from conditions.services import publish_condition, rename_condition, withdraw_condition
from remedies_site.exceptions import NotPublishable
from tests.factories import make_citation, make_condition, make_entry, make_remedy

pytestmark = pytest.mark.django_db
SHOWN = ("shown_name", "shown_aliases", "shown_one_line", "shown_category", "shown_citations")


def shown(condition) -> dict:
    return Condition.objects.values(*SHOWN, "sort_key", "shown_text").get(pk=condition.pk)


def test_publishing_copies_what_lists_show():
    make_citation("A1")
    condition = make_condition(
        "Ménière’s disease",
        slug="menieres",
        published=False,
        aliases="MD\nendolymphatic hydrops",
        overview="Words [@A1].",
    )
    publish_condition(condition, by=None)
    assert shown(condition) == {
        "shown_name": "Ménière’s disease",
        "shown_aliases": "MD\nendolymphatic hydrops",
        "shown_one_line": "What Ménière’s disease is.",
        "shown_category": "other",
        "shown_citations": ["A1"],
        "sort_key": "meniere's disease",
        "shown_text": "Words.",
    }
    assert condition.shown_alias_list == ["MD", "endolymphatic hydrops"]


def test_a_draft_leaves_what_is_shown_untouched():
    condition = make_condition("Tinnitus")
    before = shown(condition)
    condition.name, condition.aliases, condition.category = "Secret", "secret", "ear"
    condition.save()
    assert shown(condition) == before
    publish_condition(condition, by=None)
    assert shown(condition)["shown_name"] == "Secret"


def test_an_unknown_citation_is_refused_with_its_place():
    make_citation("A1")
    condition = make_condition(overview="Words [@A1; @Lost].", published=False)
    with pytest.raises(NotPublishable) as error:
        publish_condition(condition, by=None)
    assert error.value.errors == [("overview", "no citation has the key 'Lost'")]
    assert not ConditionRevision.objects.exists()


def test_rows_are_published_with_their_citations():
    work = make_citation("A1")
    condition = make_condition(published=False)
    for model, text in ((RedFlag, "it is sudden"), (FirstCare, "Look first.")):
        model.objects.create(condition=condition, text=text).citations.add(work)
    document = publish_condition(condition, by=None).document
    assert document["red_flags"] == [{"citations": ["A1"], "text": "it is sudden"}]
    assert document["first_care"] == [{"text": "Look first.", "citations": ["A1"]}]


def test_withdrawing_takes_its_entries_along(client):
    entry = make_entry()
    withdraw_condition(entry.condition, by=None, reason="Two things under one name.")
    assert not type(entry).objects.published().exists()
    for url in (entry.condition.get_absolute_url(), entry.get_absolute_url()):
        response = client.get(url)
        assert response.status_code == 410
        assert "Two things under one name." in response.content.decode()


def test_a_renamed_condition_and_its_entries_forward(client):
    remedy, condition = make_remedy("Magnesium"), make_condition("RLS")
    make_entry(remedy, condition)
    rename_condition(condition, slug="restless-legs")
    for old, new in (
        ("/conditions/rls/", "/conditions/restless-legs/"),
        ("/conditions/rls/-/r/1/", "/conditions/restless-legs/-/r/1/"),
        ("/remedies/magnesium/rls/", "/remedies/magnesium/restless-legs/"),
        ("/remedies/magnesium/rls/r/1/", "/remedies/magnesium/restless-legs/r/1/"),
    ):
        response = client.get(f"{old}?a=b")
        assert (response.status_code, response["Location"]) == (301, f"{new}?a=b")
        assert client.get(new).status_code == 200


def test_every_old_name_leads_to_the_newest(client):
    make_entry(make_remedy("Magnesium"), condition := make_condition("A"))
    for slug in ("b", "a", "c"):
        rename_condition(condition, slug=slug)
    for old in ("a", "b"):
        assert client.get(f"/conditions/{old}/")["Location"] == "/conditions/c/"
        assert client.get(f"/remedies/magnesium/{old}/")["Location"] == "/remedies/magnesium/c/"
    rename_condition(condition, slug="a")
    assert client.get("/conditions/a/").status_code == 200
    assert client.get("/remedies/magnesium/a/").status_code == 200
    assert client.get("/conditions/c/")["Location"] == "/conditions/a/"


def test_a_name_that_stays_moves_nothing(client):
    condition = make_condition("Tinnitus")
    rename_condition(condition, slug="tinnitus")
    assert client.get("/conditions/tinnitus/").status_code == 200


def test_a_draft_s_old_name_tells_nobody_of_it(client):
    condition = make_condition("Secret", published=False)
    rename_condition(condition, slug="hidden")
    assert client.get("/conditions/hidden/").status_code == 404
