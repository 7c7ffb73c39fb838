"""Whoever uses the data elsewhere is warned as readers are, and of nothing that readers cannot see."""

import pytest

from publishing.banners.services import lift_banner, set_banner
from tests.factories import make_entry, make_remedy, make_user

ROOT = "/api/v1"
LEGS = "entries/magnesium/restless-legs-syndrome"
RECORDS = ("remedies/magnesium", "conditions/insomnia", "conditions/restless-legs-syndrome", LEGS)


@pytest.fixture
def publisher(standing_world):
    return make_user("publisher")


def texts(client, path: str) -> list[str]:
    response = client.get(f"{ROOT}/{path}")
    assert response.status_code == 200, path
    return [notice["text"] for notice in response.json()["notices"]]


def shown_on(client, text: str) -> list[str]:
    return [path for path in RECORDS if text in texts(client, path)]


def test_a_notice_stands_in_the_records_of_all_that_it_is_about(standing_world, publisher, client):
    assert [texts(client, path) for path in RECORDS] == [[]] * len(RECORDS)
    remedy = make_entry(make_remedy("Iron"), standing_world.insomnia).remedy
    set_banner(standing_world.magnesium, by=publisher, text="A batch was recalled.")
    set_banner(standing_world.insomnia, by=publisher, text="Of sleep.")
    set_banner(remedy, by=publisher, text="Of iron.")
    assert shown_on(client, "A batch was recalled.") == ["remedies/magnesium", LEGS]
    assert shown_on(client, "Of sleep.") == ["conditions/insomnia"]
    assert shown_on(client, "Of iron.") == []
    assert texts(client, "entries/iron/insomnia") == ["Of iron.", "Of sleep."]


def test_a_notice_of_the_whole_site_stands_first_in_every_record_until_it_is_lifted(
    standing_world, publisher, client
):
    banner = set_banner(None, by=publisher, text="Look again.")
    set_banner(standing_world.magnesium, by=publisher, text="A batch was recalled.")
    assert shown_on(client, "Look again.") == list(RECORDS)
    (first, second) = client.get(f"{ROOT}/remedies/magnesium").json()["notices"]
    assert first.keys() == {"text", "set_at"}
    assert (first["text"], second["text"]) == ("Look again.", "A batch was recalled.")
    lift_banner(banner, by=publisher, reason="It is over.")
    assert shown_on(client, "Look again.") == []


def test_a_notice_stands_at_each_item_of_a_list_that_it_is_about(
    standing_world, publisher, client, django_assert_max_num_queries
):
    set_banner(standing_world.magnesium, by=publisher, text="A batch was recalled.")
    found = {}
    for kind in ("remedies", "conditions", "entries"):
        with django_assert_max_num_queries(6):
            items = client.get(f"{ROOT}/{kind}").json()["items"]
        found[kind] = {
            item["api_url"].rpartition("/v1/")[2]: [notice["text"] for notice in item["notices"]]
            for item in items
        }
        assert items
    assert found["remedies"]["remedies/magnesium"] == ["A batch was recalled."]
    assert found["entries"][LEGS] == ["A batch was recalled."]
    assert set(map(tuple, found["conditions"].values())) == {()}


def test_the_notice_of_a_draft_is_nowhere(standing_world, publisher, client):
    draft = make_entry(
        make_remedy("Iron", published=False), standing_world.insomnia, published=False
    )
    for subject in (draft, draft.remedy):
        set_banner(subject, by=publisher, text="Of a draft.")
    assert shown_on(client, "Of a draft.") == []
    for path in ("remedies/iron", "entries/iron/insomnia", "remedies", "entries"):
        assert b"Of a draft." not in client.get(f"{ROOT}/{path}").content


@pytest.mark.django_db(transaction=True)
def test_a_notice_is_seen_by_the_next_request(client):
    path = f"{ROOT}/remedies/{make_remedy('Alpha').slug}"
    tag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    set_banner(None, by=make_user("publisher"), text="Look again.")
    changed = client.get(path, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.json()["notices"][0]["text"] == "Look again."
