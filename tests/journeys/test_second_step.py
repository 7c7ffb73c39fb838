"""An editor of a public site logs in, is led to set up a second step, and uses a recovery code later."""

from ipaddress import ip_network
from urllib.parse import urljoin

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.codes import App
from tests.factories import PASSWORD, make_user
from tests.reading import Page, find, links, words


@pytest.fixture
def https(settings):
    """The settings that follow from an address with https."""
    settings.SITE_URL = "https://testserver"
    settings.CSRF_TRUSTED_ORIGINS = ["https://testserver"]
    settings.IS_HTTPS = settings.STAFF_MFA = settings.SECURE_SSL_REDIRECT = True
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1")]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SESSION_COOKIE_NAME = "__Host-sessionid"
    settings.CSRF_COOKIE_NAME = "__Host-csrftoken"


class Browser:
    """Opens pages and fills their forms in, tokens checked, as a person does."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True, headers={"X-Forwarded-Proto": "https"})
        self.url = "/"
        self.page = Page("")

    def open(self, url: str) -> Page:
        return self._show(self.client.get(url, secure=True, follow=True), url)

    def follow(self, text: str) -> Page:
        """The link with these words."""
        link = next(a for a in self.page.all("a") if text in words(a))
        return self.open(urljoin(self.url, link.get("href", "")))

    def submit(self, button: str, **values: str) -> Page:
        """The form whose button has these words."""
        form = next(
            form
            for form in self.page.all("form")
            if any(
                button in (words(each) or each.get("value", ""))
                for tag in ("button", "input")
                for each in find(form, tag)
            )
        )
        hidden = {
            field.get("name"): field.get("value", "")
            for field in find(form, "input", type="hidden")
        }
        action = urljoin(self.url, form.get("action") or self.url)
        return self._show(
            self.client.post(
                action,
                hidden | values,
                secure=True,
                follow=True,
                headers={"Referer": f"https://testserver{self.url}"},
            ),
            action,
        )

    def _show(self, response: HttpResponse, url: str) -> Page:
        assert response.status_code == 200, response
        self.url = response.redirect_chain[-1][0] if response.redirect_chain else url
        self.page = Page(response)
        return self.page


@pytest.mark.django_db(transaction=True)
def test_an_editor_of_a_public_site_sets_up_a_second_step_and_later_uses_a_recovery_code(
    https, monkeypatch
):
    app = App(monkeypatch)
    make_user("editor", name="edda")
    browser = Browser()

    browser.open("/admin/")
    assert browser.url.startswith("/admin/login/")
    page = browser.submit("Log in", username="edda", password=PASSWORD)
    assert browser.url == reverse("mfa_index")
    assert "You can use them once you have set up a second step" in page.words

    page = browser.follow("Set up an app")
    assert page.h1 == "Confirm that it is you"
    page = browser.submit("Confirm", password=PASSWORD)
    assert page.h1 == "Set up an app"
    secret = words(page.one("code", class_="secret"))
    page = browser.submit("Turn the second step on", code=app.code(secret))
    assert page.h1 == "Recovery codes"
    codes = [words(item) for item in page.all("code")]
    assert len(codes) == 10
    browser.follow("To the editors' desk")
    assert browser.url == "/admin/"

    browser.open(reverse("account_logout"))
    browser.submit("Log out")
    browser.open("/admin/remedies/remedy/")
    page = browser.submit("Log in", username="edda", password=PASSWORD)
    assert page.h1 == "Second step"
    page = browser.submit("Log in", code=codes[3])
    assert browser.url == "/admin/remedies/remedy/"
    page = browser.open(reverse("mfa_index"))
    assert "9 codes are left." in page.words
    assert reverse("admin:index") in links(page.root)
