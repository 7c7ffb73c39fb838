"""Every type of page answers as the list says, before browsers and checkers look at it."""

import pytest
from django.test import Client

from tests.populated_site import PAGE_TYPES, populate


@pytest.mark.django_db
def test_every_type_of_page_answers_as_the_list_says():
    site = populate()
    wrong = {}
    for page in PAGE_TYPES:
        browser = Client()
        if person := page.person(site):
            browser.force_login(person)
        response = browser.get(page.address(site))
        if response.status_code != page.status:
            wrong[page.name] = (page.address(site), response.status_code)
    assert wrong == {}
