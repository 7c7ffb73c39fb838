"""Every mail has a plain part and a simple HTML part that say the same and ask nobody for anything."""

import re
from collections.abc import Callable

import html5lib
import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from tests.codes import give_app
from tests.factories import PASSWORD, log_in, make_user

pytestmark = pytest.mark.django_db
OTHER = "another long password"
NEW = {"username": "Ana", "email": "ana@example.org", "password1": PASSWORD, "password2": PASSWORD}


def sign_up(client: Client) -> None:
    client.post("/accounts/signup/", NEW)


def sign_up_with_a_known_address(client: Client) -> None:
    client.post("/accounts/signup/", {**NEW, "email": make_user().email})


def forget_the_password(client: Client) -> None:
    client.post("/accounts/password/reset/", {"email": make_user().email})


def forget_at_an_unknown_address(client: Client) -> None:
    client.post("/accounts/password/reset/", {"email": "nobody@example.org"})


def change_the_password(client: Client) -> None:
    client.force_login(make_user())
    values = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    client.post("/accounts/password/change/", values)


def reset_the_password(client: Client) -> None:
    forget_the_password(client)
    address = re.search(r"/accounts/password/reset/key/\S+", mail.outbox.pop().body)[0]
    form = client.get(address, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": OTHER, "password2": OTHER})


def move_to_another_address(client: Client) -> None:
    log_in(client, make_user())
    client.post("/accounts/email/", {"email": "moved@example.org", "action_add": ""})


def confirm_another_address(client: Client) -> None:
    move_to_another_address(client)
    client.post(re.search(r"/accounts/confirm-email/\S+", mail.outbox[-1].body)[0])


def lose_the_phone(client: Client) -> None:
    person = make_user()
    give_app(person)
    call_command("reset_second_factor", person.name)


def turn_the_second_step_off(client: Client) -> None:
    person = make_user()
    log_in(client, person)
    give_app(person)
    client.post("/accounts/2fa/totp/deactivate/")


def remove_a_passkey(client: Client) -> None:
    person = make_user()
    log_in(client, person)
    key = Authenticator.objects.create(
        user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "phone", "credential": {}}
    )
    client.post(f"/accounts/2fa/webauthn/keys/{key.pk}/remove/")


OCCASIONS = [
    sign_up,
    sign_up_with_a_known_address,
    forget_the_password,
    forget_at_an_unknown_address,
    change_the_password,
    reset_the_password,
    move_to_another_address,
    confirm_another_address,
    lose_the_phone,
    turn_the_second_step_off,
    remove_a_passkey,
]


@pytest.fixture(params=OCCASIONS, ids=lambda occasion: occasion.__name__)
def sent(request, client) -> list[tuple[str, str]]:
    """The text and the HTML of every mail of an occasion."""
    occasion: Callable[[Client], None] = request.param
    occasion(client)
    assert mail.outbox
    return [(message.body, message.alternatives[0].content) for message in mail.outbox]


def test_the_html_is_sound_and_has_no_empty_paragraph(sent):
    for _text, html in sent:
        tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html.strip())
        paragraphs = list(tree.iter("p"))
        assert len(paragraphs) >= 3
        assert all("".join(paragraph.itertext()).strip() for paragraph in paragraphs)
        assert tree.get("lang") == "en"


def test_both_parts_have_the_same_links_and_all_lead_to_this_site(sent, settings):
    for text, html in sent:
        written = re.findall(r"https?://\S+", text)
        assert re.findall(r'<a href="(http[^"]+)"', html) == written
        assert written
        assert all(link.startswith(settings.SITE_URL) for link in written)


def test_it_fetches_nothing_and_fixes_no_colour(sent):
    for _text, html in sent:
        assert not re.search(r"<(img|link|script|iframe)|url\(|@import", html)
        assert 'name="color-scheme" content="light dark"' in html
        assert not re.search(r"(?<!-)\bcolor:|background|#[0-9a-f]{3,6};", html)


def test_it_says_why_it_came(sent, settings):
    for text, _html in sent:
        assert f"your address was entered at {settings.SITE_NAME}" in text


def test_who_signed_up_to_answer_comes_back_to_the_page_after_confirming(client):
    client.post("/accounts/signup/", {**NEW, "next": "/remedies/?sort=name"})
    link = re.search(r"/accounts/confirm-email/\S+", mail.outbox[-1].body)[0]
    page = client.get(link).content.decode()
    assert 'name="then" value="/remedies/?sort=name"' in page
    response = client.post(link.partition("?")[0], {"then": "/remedies/?sort=name"})
    assert response["Location"] == "/accounts/login/?next=%2Fremedies%2F%3Fsort%3Dname"
    assert User.objects.get(name="Ana").emailaddress_set.filter(verified=True).exists()


@pytest.mark.parametrize("evil", ["https://elsewhere.example/", "//elsewhere.example", "http://["])
def test_nobody_is_sent_elsewhere_after_confirming(client, evil):
    client.post("/accounts/signup/", {**NEW, "next": evil})
    link = re.search(r"/accounts/confirm-email/\S+", mail.outbox[-1].body)[0]
    assert "?" not in link
    assert client.post(link, {"then": evil})["Location"] == "/accounts/login/"


def test_after_a_change_of_password_the_account_page_says_so_once(client):
    client.force_login(make_user())
    values = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    response = client.post("/accounts/password/change/", values, follow=True)
    assert response.redirect_chain == [("/accounts/", 302)]
    assert response.content.decode().count("Your password was changed.") == 1
    assert "Your password was changed." not in client.get("/accounts/").content.decode()


def test_the_page_to_change_a_password_names_its_fields_plainly(client):
    client.force_login(make_user())
    page = client.get("/accounts/password/change/").content.decode()
    assert page.count("Forgot your password?") == 1
    for label in ("Your password now", "New password", "New password again"):
        assert f">{label}</label>" in page
