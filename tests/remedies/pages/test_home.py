"""The first page."""

from conditions.models import Condition
from tests.reading import Page, find, links, words


def test_every_condition_and_remedy_is_one_click_away(content, client):
    page = Page(client.get("/"))
    urls = links(page.by_id("main"))
    assert "/remedies/magnesium/" in urls
    for condition in Condition.objects.published():
        assert condition.get_absolute_url() in urls


def test_the_search_needs_no_script(content, client):
    page = Page(client.get("/"))
    form = next(find(page.by_id("main"), "form"))
    assert (form.get("action"), form.get("method")) == ("/search/", "get")
    field = next(find(form, "input"))
    assert field.get("name") == "q"
    assert page.all("label", for_=field.get("id"))


def test_dates_are_whole(content, client):
    for moment in Page(client.get("/")).all("time"):
        assert moment.get("datetime") is not None
        assert moment.get("datetime")[:4] in words(moment)
