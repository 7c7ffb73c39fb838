"""The component page: every part has an example, every example draws, and readers find nothing."""

from pathlib import Path

import pytest
from django.test import Client

from tests.factories import make_user
from workbench.gallery.views import all_examples, apart

TEMPLATES = Path(__file__).parents[3] / "templates"
ADDRESS = "/about/components/"

# Parts that draw nothing, and why.
UNSEEN = {
    "layout/_meta.html",  # titles and addresses for machines
    "layout/_scripts.html",
    "layout/_preview_script.html",
    "layout/_suggestion_scripts.html",
    "layout/_live.html",  # what screen readers are told
    "discussions/_swaps.html",  # attributes of the element around it
    "discussions/_comments.html",  # a loop that needs its caller's whole context: see _talk
    "discussions/_comment_alone.html",  # the same comment, as htmx puts it in its place
}


def parts() -> set[str]:
    return {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("_*.html")
        if path.parent.name != "admin"
    }


@pytest.mark.django_db
def test_every_part_has_an_example():
    assert parts() - {one.part for one in all_examples()} - UNSEEN == set()


@pytest.mark.django_db
def test_no_example_is_of_a_part_that_is_gone():
    assert {one.part for one in all_examples()} - parts() == set()


def test_what_is_said_to_draw_nothing_exists():
    assert parts() >= UNSEEN


@pytest.mark.django_db
def test_staff_see_all_of_them_in_both_schemes():
    browser = Client()
    browser.force_login(make_user("editor"))
    answer = browser.get(ADDRESS)
    page = answer.content.decode()
    examples = list(all_examples())
    assert answer.status_code == 200
    assert page.count('data-scheme="light"') == page.count('data-scheme="dark"') == len(examples)
    assert 'content="noindex"' in page


@pytest.mark.django_db
def test_others_find_nothing(client):
    assert client.get(ADDRESS).status_code == 404
    client.force_login(make_user())
    assert client.get(ADDRESS).status_code == 404


@pytest.mark.django_db
def test_in_development_it_is_open(client, settings):
    settings.DEBUG = True
    assert client.get(ADDRESS).status_code == 200


def test_ids_are_set_apart_with_all_that_names_them():
    html = '<a href="#a">x</a> <p id="a" aria-labelledby="b c">y</p> <i for="a" autofocus></i>'
    assert apart(html, "x1-") == (
        '<a href="#x1-a">x</a> <p id="x1-a" aria-labelledby="x1-b x1-c">y</p> <i for="x1-a"></i>'
    )
