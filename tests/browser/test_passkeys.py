"""A passkey from its first to its last day, with Chromium's own virtual authenticator."""

import re

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from tests.factories import PASSWORD, make_user

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def address(live_server, transactional_db, settings) -> str:
    """A name: browsers bind no key to an IP address."""
    settings.SITE_URL = live_server.url.replace("127.0.0.1", "localhost")
    return settings.SITE_URL


@pytest.fixture
def member(address):
    return make_user(name="mara")


def give_password(page: Page, address: str) -> None:
    page.goto(f"{address}/accounts/login/?next=/accounts/2fa/")
    page.locator("[name=login]").fill("mara")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Log in").click()


def plug_in(page: Page):
    """An authenticator in the device; the session and its id, to pull it out."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return session, added["authenticatorId"]


def add_key(page: Page) -> None:
    page.get_by_role("link", name="Add a passkey").click()
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name of the passkey").fill("phone")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def log_out(page: Page, address: str) -> None:
    page.goto(f"{address}/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Log out").click()


def test_a_key_is_added_logs_in_and_is_removed(page, address, member, axe):
    give_password(page, address)
    plug_in(page)
    add_key(page)
    assert Authenticator.objects.filter(user=member, type="webauthn").count() == 1
    log_out(page, address)
    give_password(page, address)
    expect(page.get_by_role("heading", name="Second step", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Use your passkey")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_text("You have 1 passkey.")).to_be_visible()
    page.get_by_role("link", name="See, rename or remove them").click()
    expect(page.get_by_role("heading", name="Your passkeys")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Remove “phone”").click()
    page.get_by_role("link", name="Use your passkey").click()
    page.get_by_role("button", name="Use your passkey").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("You have no passkey.")).to_be_visible()
    assert not Authenticator.objects.filter(user=member).exists()


def test_another_key_opens_nothing_and_the_page_says_so(page, address, member):
    give_password(page, address)
    session, authenticator = plug_in(page)
    add_key(page)
    log_out(page, address)
    session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": authenticator})
    plug_in(page)
    give_password(page, address)
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_role("alert").get_by_text("The passkey was not used")).to_be_visible()
    expect(page).to_have_url(re.compile("/accounts/2fa/authenticate/"))


def test_without_scripts_the_page_says_so_and_offers_the_app(open_page, address, member):
    page = open_page(scripts=False)
    give_password(page, address)
    page.get_by_role("link", name="Add a passkey").click()
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("A passkey needs scripts")).to_be_visible()
    expect(page.get_by_role("button", name="Add the passkey")).to_be_hidden()
    page.get_by_role("link", name="Set up an app").click()
    expect(page.get_by_role("heading", name="Set up an app")).to_be_visible()
