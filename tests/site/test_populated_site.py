"""Every type of page answers as the list says, before browsers and checkers look at it."""

import pytest
from django.test import Client

from tests.conftest import CONTENT, for_a_module
from tests.populated_site import PAGE_TYPES, PopulatedSite, populate


@pytest.fixture(scope="module")
def _populated(prepared, django_db_blocker):
    with for_a_module(
        prepared, django_db_blocker, "populated_site", populate, on=CONTENT
    ) as populated:
        yield populated


@pytest.fixture
def site(_populated, db) -> PopulatedSite:
    return _populated


def test_every_type_of_page_answers_as_the_list_says(site):
    wrong = {}
    for page in PAGE_TYPES:
        browser = Client()
        if person := page.person(site):
            browser.force_login(person)
        response = browser.get(page.address(site))
        if response.status_code != page.status:
            wrong[page.name] = (page.address(site), response.status_code)
    assert wrong == {}
