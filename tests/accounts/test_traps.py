"""A field that people do not see: a program that fills it is answered as anybody, and nothing is stored."""

import logging

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from discussions.models import Report
from tests.factories import PASSWORD, make_comment, make_user
from tests.reading import Page

pytestmark = pytest.mark.django_db
PERSON = {
    "username": "Ana",
    "email": "ana@example.org",
    "password1": PASSWORD,
    "password2": PASSWORD,
}
FILLED = {"website": "https://secretmarker.example"}


def answer(client: Client, url: str, sent: dict[str, str]) -> tuple[int, str, str]:
    response = client.post(url, sent, follow=True)
    return response.status_code, str(response.redirect_chain), Page(response).words


def test_a_sign_up_with_the_trap_filled_looks_like_one_and_stores_nothing(caplog):
    with caplog.at_level(logging.INFO, "remedies.events"):
        filled = answer(Client(), "/accounts/signup/", PERSON | FILLED)
    assert (User.objects.count(), len(mail.outbox)) == (0, 0)
    assert "trap_filled actor=- form=signup" in caplog.text
    assert "secretmarker" not in caplog.text
    assert "ana" not in caplog.text.lower()
    assert answer(Client(), "/accounts/signup/", PERSON | {"website": ""}) == filled
    assert (User.objects.count(), len(mail.outbox)) == (1, 1)


def test_a_report_with_the_trap_filled_looks_like_one_and_stores_nothing(caplog):
    url = reverse("comment_report", args=[make_comment().pk])
    with caplog.at_level(logging.INFO, "remedies.events"):
        filled = answer(Client(), url, {"reason": "spam"} | FILLED)
    assert Report.objects.count() == 0
    assert "trap_filled actor=- form=report" in caplog.text
    assert "secretmarker" not in caplog.text
    assert answer(Client(), url, {"reason": "spam"}) == filled
    assert Report.objects.count() == 1


@pytest.mark.parametrize("place", ["sign-up", "report"])
def test_nobody_sees_the_trap_or_comes_to_it_by_keyboard(client, place):
    report = reverse("comment_report", args=[make_comment().pk])
    page = Page(client.get("/accounts/signup/" if place == "sign-up" else report))
    field = page.one("input", name="website")
    assert (field.get("tabindex"), field.get("autocomplete")) == ("-1", "off")
    assert field.get("style") is None
    wrapper = page.one("div", class_="visually-hidden", **{"aria-hidden": "true"})
    assert field in list(wrapper)


def test_a_member_who_reports_meets_no_trap(client):
    client.force_login(make_user())
    url = reverse("comment_report", args=[make_comment().pk])
    assert Page(client.get(url)).all("input", name="website") == []
    client.post(url, {"reason": "spam"} | FILLED)
    assert Report.objects.count() == 1
