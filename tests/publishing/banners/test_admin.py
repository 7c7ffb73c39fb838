"""Setting, confirming and lifting in the admin."""

import pytest
from django.test import Client
from django.urls import reverse

from publishing.models import SafetyBanner
from tests.admin_forms import admin_url
from tests.factories import make_citation, make_remedy, make_user
from tests.reading import Page

pytestmark = pytest.mark.django_db
LIST = reverse("admin:publishing_safetybanner_changelist")


def browser_of(role: str) -> Client:
    browser = Client()
    browser.force_login(make_user(role))
    return browser


@pytest.fixture
def remedy():
    return make_remedy("Magnesium")


@pytest.fixture
def publisher():
    return browser_of("publisher")


def set_url(remedy) -> str:
    return reverse("admin:publishing_safetybanner_set", args=["remedies.remedy", remedy.pk])


def own_url(name: str) -> str:
    banner = SafetyBanner.objects.latest("pk")
    return reverse(f"admin:publishing_safetybanner_{name}", args=[banner.pk])


def test_the_form_of_a_subject_leads_to_it_for_publishers_alone(publisher, remedy):
    page = publisher.get(admin_url(remedy)).content.decode()
    assert set_url(remedy) in page
    assert set_url(remedy) not in browser_of("editor").get(admin_url(remedy)).content.decode()


def test_a_publisher_sets_it_and_the_list_asks_for_a_second_person(publisher, remedy, client):
    make_citation("Agency2019")
    sent = {"text": "Do not use it.", "work": "Agency2019"}
    response = publisher.post(set_url(remedy), sent, follow=True)
    page = Page(response)
    assert "Readers see it now" in page.words.replace("readers", "Readers")
    assert "not yet looked at by a second person" in page.words
    assert "Do not use it." in Page(client.get(remedy.get_absolute_url())).words
    unconfirmed = Page(publisher.get(f"{LIST}?state=unconfirmed")).words
    assert "Do not use it." in unconfirmed
    assert publisher.post(own_url("confirm")).status_code == 403
    editor = browser_of("editor")
    shown = editor.get(own_url("change")).content.decode()
    assert "I looked at it" in shown
    assert "Do not use it." in shown
    assert "Noted" in Page(editor.post(own_url("confirm"), follow=True)).words
    assert SafetyBanner.objects.get().confirmed_by is not None
    assert "Do not use it." not in Page(publisher.get(f"{LIST}?state=unconfirmed")).words


def test_a_wrong_form_keeps_what_was_written(publisher, remedy):
    response = publisher.post(set_url(remedy), {"text": "Do not use it.", "work": "none"})
    assert response.status_code == 400
    page = Page(response)
    assert "no work with this key" in page.words
    assert "Do not use it." in page.words
    assert not SafetyBanner.objects.exists()


def test_a_second_one_asks_why_the_first_is_lifted(publisher, remedy):
    publisher.post(set_url(remedy), {"text": "Do not use it."})
    assert "It stands now: Do not use it." in Page(publisher.get(set_url(remedy))).words
    assert publisher.post(set_url(remedy), {"text": "Batch 7 alone."}).status_code == 400
    publisher.post(set_url(remedy), {"text": "Batch 7 alone.", "replaced_reason": "One batch."})
    assert SafetyBanner.objects.filter(lifted_at__isnull=True).get().text == "Batch 7 alone."


def test_lifting_asks_for_a_reason(publisher, remedy, client):
    publisher.post(set_url(remedy), {"text": "Do not use it."})
    assert own_url("lift") in publisher.get(own_url("change")).content.decode()
    assert publisher.post(own_url("lift"), {"reason": ""}).status_code == 400
    publisher.post(own_url("lift"), {"reason": "The recall is over."})
    assert "Do not use it." not in Page(client.get(remedy.get_absolute_url())).words
    assert "Do not use it." in Page(publisher.get(f"{LIST}?state=lifted")).words


def test_one_on_the_whole_site(publisher, client):
    url = reverse("admin:publishing_safetybanner_set_on_site")
    assert url in publisher.get(LIST).content.decode()
    publisher.post(url, {"text": "Call your doctor."})
    assert "Call your doctor." in Page(client.get("/about/")).words


@pytest.mark.parametrize("role", ["editor", "moderator", "reviewer", "member"])
def test_nobody_else_gets_at_the_forms(publisher, remedy, role):
    publisher.post(set_url(remedy), {"text": "Do not use it."})
    browser = browser_of(role)
    refused = {302, 307} if role == "member" else {403}
    for url in (
        set_url(remedy),
        reverse("admin:publishing_safetybanner_set_on_site"),
        own_url("lift"),
    ):
        assert browser.get(url).status_code in refused
        assert browser.post(url, {"text": "x", "reason": "x"}).status_code in refused
    assert SafetyBanner.objects.get().is_active


def test_no_page_for_what_is_not_there(publisher):
    for label, pk in (("remedies.remedy", 999), ("accounts.user", 1), ("nothing", 1)):
        url = reverse("admin:publishing_safetybanner_set", args=[label, pk])
        assert publisher.get(url).status_code == 404
    assert publisher.get(reverse("admin:publishing_safetybanner_lift", args=[9])).status_code == 404


def test_confirming_is_posted(publisher, remedy):
    publisher.post(set_url(remedy), {"text": "Do not use it."})
    assert browser_of("editor").get(own_url("confirm")).status_code == 405
