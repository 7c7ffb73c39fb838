"""The component page: every part has examples that render, and readers get 404."""

from pathlib import Path

import pytest
from django.test import Client

from tests.factories import make_user
from workbench.gallery.examples import all_examples
from workbench.gallery.views import prefix_ids

pytestmark = pytest.mark.every_page

TEMPLATES = Path(__file__).parents[3] / "templates"
URL = "/about/components/"

# Parts without visible output, and why they have no example.
INVISIBLE = {
    "layout/_meta.html",  # titles and URLs for machines
    "layout/_scripts.html",
    "layout/_preview_script.html",
    "layout/_suggestion_scripts.html",
    "layout/_structured_data.html",  # for machines
    "layout/_live.html",  # a live region for screen readers
    "layout/_site_feed.html",  # for feed readers
    "discussions/following/_follow_condition.html",  # _follow.html in the place of a page
    "discussions/following/_follow_remedy.html",
    "publishing/_edit_link.html",  # a plain link, for those who may follow it
    "discussions/_htmx_attributes.html",  # attributes of the element around it
    "discussions/_comments.html",  # the list around _thread_item: see _threads
    "discussions/_single_comment.html",  # the same comment, as htmx puts it in its place
}


def parts() -> set[str]:
    return {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("_*.html")
        if path.parent.name != "admin"
    }


@pytest.mark.django_db
def test_every_part_has_an_example():
    assert parts() - {each.part for each in all_examples()} - INVISIBLE == set()


@pytest.mark.django_db
def test_every_example_is_of_a_part_that_exists():
    assert {each.part for each in all_examples()} - parts() == set()


def test_the_parts_without_example_exist():
    assert parts() >= INVISIBLE


@pytest.mark.django_db
def test_staff_see_all_of_them_in_both_schemes():
    client = Client()
    client.force_login(make_user("editor"))
    response = client.get(URL)
    page = response.content.decode()
    examples = list(all_examples())
    assert response.status_code == 200
    assert page.count('data-scheme="light"') == page.count('data-scheme="dark"') == len(examples)
    assert 'content="noindex"' in page


@pytest.mark.django_db
def test_others_get_404(client):
    assert client.get(URL).status_code == 404
    client.force_login(make_user())
    assert client.get(URL).status_code == 404


@pytest.mark.django_db
def test_in_development_it_is_open(client, settings):
    settings.DEBUG = True
    assert client.get(URL).status_code == 200


def test_ids_get_a_prefix_with_all_references_to_them():
    html = '<a href="#a">x</a> <p id="a" aria-labelledby="b c">y</p> <i for="a" autofocus></i>'
    assert prefix_ids(html, "x1-") == (
        '<a href="#x1-a">x</a> <p id="x1-a" aria-labelledby="x1-b x1-c">y</p> <i for="x1-a"></i>'
    )
