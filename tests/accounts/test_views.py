"""Account pages over HTTP: sign up, verify, log in, rename, and the limits on them."""

import re
from urllib.parse import quote

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories import PASSWORD, log_in, make_comment, make_entry, make_user
from tests.reading import Page
from tests.surfaces import SURFACES, addresses_of
from tests.threads import all_at_once

pytestmark = pytest.mark.django_db
NEW = {
    "username": "Ana",
    "email": "ana@example.org",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


def confirm(client: Client) -> None:
    path = re.search(r"/accounts/confirm-email/\S+", mail.outbox[-1].body)[0]
    assert client.get(path).status_code == 200
    assert not User.objects.get(name="Ana").emailaddress_set.filter(verified=True).exists()
    client.post(path)


def test_signing_up_sends_a_link_and_the_link_opens_the_account(client) -> None:
    assert client.post("/accounts/signup/", {**NEW, "consent": "1"}).status_code == 302
    ana = User.objects.get(name="Ana")
    assert ana.consented_at is not None
    assert [message.to for message in mail.outbox] == [["ana@example.org"]]
    confirm(client)
    fresh = Client()
    response = fresh.post("/accounts/login/", {"login": "ana@example.org", "password": PASSWORD})
    assert response.status_code == 302
    assert fresh.get("/accounts/").status_code == 200


def test_consent_is_asked_once_and_unticked(client) -> None:
    box = Page(client.get("/accounts/signup/")).one("input", name="consent")
    assert (box.get("value"), box.get("checked")) == ("1", None)
    client.post("/accounts/signup/", NEW)
    assert User.objects.get(name="Ana").consented_at is None


def test_nobody_logs_in_before_the_address_is_confirmed(client) -> None:
    client.post("/accounts/signup/", NEW)
    fresh = Client()
    fresh.post("/accounts/login/", {"login": "Ana", "password": PASSWORD})
    assert fresh.get("/accounts/").status_code == 302


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", ""),
        ("username", "a@b"),
        ("username", "x" * 31),
        ("username", "BEN"),
        ("email", "no address"),
        ("password1", "short"),
        ("password2", "another password"),
    ],
)
def test_a_wrong_field_comes_back_with_what_was_right(client, field, value) -> None:
    make_user(name="Ben")
    response = client.post("/accounts/signup/", {**NEW, field: value})
    assert response.status_code == 400
    page = Page(response)
    kept = "email" if field != "email" else "username"
    assert page.one("input", name=kept).get("value") == NEW[kept]
    assert page.one("input", name=field).get("aria-invalid") == "true"
    assert not User.objects.filter(email=NEW["email"]).exists()


def test_a_taken_address_is_not_told_to_strangers(client) -> None:
    make_user(name="Ben", email="ana@example.org")
    assert client.post("/accounts/signup/", NEW).status_code == 302
    assert User.objects.count() == 1


@pytest.mark.parametrize("login", ["Ana", "ANA", "ana@example.org"])
def test_an_account_of_the_command_logs_in_at_once(client, login) -> None:
    make_user(name="Ana", email="ana@example.org")
    response = client.post("/accounts/login/?next=/about/", {"login": login, "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/about/")


def test_a_superuser_of_django_s_command_logs_in_at_once(client) -> None:
    User.objects.create_superuser("Root", "root@example.org", PASSWORD)
    client.post("/accounts/login/", {"login": "Root", "password": PASSWORD})
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("login", ["a" * 100_000, "a" * 100_000 + "@example.org", "An\x00a"])
def test_a_login_of_any_length_is_a_bad_request(client, login) -> None:
    response = client.post("/accounts/login/", {"login": login, "password": "x"})
    assert response.status_code == 400


def test_a_wrong_password_is_a_bad_request(client) -> None:
    make_user(name="Ana")
    response = client.post("/accounts/login/", {"login": "Ana", "password": "wrong"})
    assert response.status_code == 400


def test_too_many_sign_ups_wait_and_are_told_how_long(client) -> None:
    for number in range(25):
        data = {**NEW, "username": f"Ana{number}", "email": f"ana{number}@example.org"}
        response = client.post("/accounts/signup/", data)
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0


def test_a_closed_site_lets_nobody_sign_up(client, settings) -> None:
    settings.SIGNUP = "closed"
    client.post("/accounts/signup/", NEW)
    assert not User.objects.exists()


def test_a_forgotten_password_is_set_anew_by_the_mailed_link(client) -> None:
    make_user(name="Ana", email="ana@example.org")
    client.post("/accounts/password/reset/", {"email": "ana@example.org"})
    path = re.search(r"/accounts/password/reset/key/\S+", mail.outbox[-1].body)[0]
    form = client.get(path)["Location"]
    new = "another long password"
    assert client.post(form, {"password1": new, "password2": new}).status_code == 302
    fresh = Client()
    fresh.post("/accounts/login/", {"login": "Ana", "password": new})
    assert fresh.get("/accounts/").status_code == 200


def test_a_new_name_shows_beside_what_was_written(client) -> None:
    ana = make_user(name="Ana")
    comment = make_comment(make_entry(), by=ana)
    client.force_login(ana)
    assert client.post("/accounts/name/", {"name": "Anouk"}).status_code in {302, 303}
    assert "Anouk" in Page(Client().get(comment.thread.page_url)).words


@pytest.mark.parametrize("name", ["", "Ben", "ben", "a@b", "x" * 31])
def test_a_name_that_will_not_do_changes_nothing(client, name) -> None:
    make_user(name="Ben")
    ana = make_user(name="Ana")
    client.force_login(ana)
    assert client.post("/accounts/name/", {"name": name}).status_code == 400
    ana.refresh_from_db()
    assert ana.name == "Ana"


def test_another_address_counts_once_it_is_confirmed(client) -> None:
    ana = make_user(name="Ana", email="ana@example.org")
    log_in(client, ana)
    client.post("/accounts/email/", {"email": "new@example.org", "action_add": ""})
    ana.refresh_from_db()
    assert ana.email == "ana@example.org"
    path = re.search(r"/accounts/confirm-email/\S+", mail.outbox[-1].body)[0]
    client.post(path)
    ana.refresh_from_db()
    assert ana.email == "new@example.org"


def test_signed_out_pages_carry_no_form_that_changes_anything(client) -> None:
    entry = make_entry()
    comment = make_comment(entry)
    make_comment(entry.remedy)
    make_comment(parent=comment)
    for name, address in addresses_of(entry):
        if name in SURFACES and name not in {
            *("challenge_entry", "challenge_remedy", "challenge_condition", "ask"),  # forms
            "sitemap",
            "sitemap_pages",
            "sitemap_part",
            "robots",
            "healthz",
            "readyz",
        }:
            response = client.get(address)
            page = Page(response)
            assert page.changing_forms == []
            assert "csrfmiddlewaretoken" not in response.content.decode()
            assert not response.cookies
            scripts = [
                script.get("src") or ""
                for script in page.all("script")
                if script.get("type") != "application/ld+json"  # data, which nothing runs
            ]
            known = ("js/previews.js", "suggestions.js", "htmx-2.min.js")
            assert [src for src in scripts if not any(name in src for name in known)] == []


def test_signed_in_pages_are_private(client) -> None:
    client.force_login(make_user())
    assert "private" in client.get(make_entry().get_absolute_url())["Cache-Control"]


@pytest.mark.parametrize("place", ["http://[", "//[", "https://evil.example/", "javascript:x"])
@pytest.mark.parametrize("page", ["login", "signup", "password/reset"])
def test_a_place_to_go_next_that_is_not_ours_is_left_out(client, page, place) -> None:
    make_user(name="Ana")
    assert client.get(f"/accounts/{page}/", {"next": place}).status_code == 200
    response = client.post(
        f"/accounts/login/?next={quote(place)}", {"login": "Ana", "password": PASSWORD}
    )
    assert (response.status_code, response["Location"]) == (302, "/")


@pytest.mark.parametrize("name", ["admin", "Moderator", "STAFF", "support"])
def test_nobody_takes_a_name_of_somebody_in_charge(client, name) -> None:
    assert client.post("/accounts/signup/", {**NEW, "username": name}).status_code == 400
    client.force_login(make_user(name="Ana"))
    assert client.post("/accounts/name/", {"name": name}).status_code == 400


@pytest.mark.parametrize(
    ("address", "field"), [("/accounts/login/", "login"), ("/admin/login/", "username")]
)
def test_guessing_a_password_comes_to_an_end(client, address, field) -> None:
    make_user("editor", name="Ana")
    for _ in range(12):
        response = client.post(address, {field: "Ana", "password": "wrong"})
    if field == "login":
        assert (response.status_code, response["Retry-After"]) == (429, "300")
    client.post(address, {field: "Ana", "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_mails_name_the_site_as_the_operator_does(client, settings) -> None:
    settings.SITE_URL = "https://remedies.example.org"
    client.post("/accounts/signup/", NEW, headers={"host": "127.0.0.1:6666"})
    assert "https://remedies.example.org/accounts/confirm-email/" in mail.outbox[-1].body
    assert "6666" not in mail.outbox[-1].body


@pytest.mark.django_db(transaction=True)
def test_a_second_click_on_sign_up_is_answered_like_the_first() -> None:
    responses = all_at_once([lambda: Client().post("/accounts/signup/", NEW) for _ in range(4)])
    assert {response.status_code for response in responses} <= {302, 400}
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_a_member_may_fix_light_or_dark_and_follow_the_device_again(client):
    member = make_user()
    client.force_login(member)
    for scheme, attribute in (("dark", ' data-scheme="dark"'), ("light", ' data-scheme="light"')):
        response = client.post(reverse("account_colours"), {"scheme": scheme}, follow=True)
        assert attribute in response.content.decode().partition("<head>")[0]
        assert f'<meta name="color-scheme" content="{scheme}">' in response.content.decode()
    response = client.post(reverse("account_colours"), {"scheme": ""}, follow=True)
    assert "data-scheme" not in response.content.decode()


@pytest.mark.django_db
def test_there_are_no_other_colours(client):
    client.force_login(make_user())
    response = client.post(reverse("account_colours"), {"scheme": "pink"})
    assert response.status_code == 400
    assert "error-summary" in response.content.decode()


@pytest.mark.django_db
def test_readers_are_asked_nothing_about_colours(client):
    response = client.get("/")
    assert "data-scheme" not in response.content.decode()
    assert not response.cookies
    assert client.get(reverse("account_colours")).status_code == 302


@pytest.mark.parametrize("email", ["a@ex\u202eample.org", "ſ@example.org", "a@exаmple.org"])
def test_an_address_of_look_alike_letters_is_refused(client, email) -> None:
    response = client.post("/accounts/signup/", NEW | {"email": email})
    assert response.status_code == 400
    assert not User.objects.exists()


def test_the_account_page_tells_no_draft_name(client) -> None:
    entry = make_entry()
    comment = make_comment(entry)
    published = entry.remedy.shown_name
    entry.remedy.name = "A secret new name"
    entry.remedy.save(update_fields=["name"])
    client.force_login(comment.author)
    page = client.get("/accounts/").content.decode()
    assert published in page
    assert "A secret new name" not in page
