"""Passkeys as a second step: what opens, what does not, and what guessing costs.

A key made of the functions of fido2 answers here as a browser would; tests/browser/test_passkeys.py has a
real one.
"""

import json
import logging
import os
from hashlib import sha256

import html5lib
import pytest
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.core import mail
from django.test import Client
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from accounts import second_factor
from accounts.models import User
from accounts.passkeys.forms import MAX_ANSWER_LENGTH, MAX_PASSKEYS
from accounts.privacy.export import export_of
from accounts.rate_limits import CODES
from remedies_site.kept_text import FIELD
from remedies_site.settings.factors import is_name
from tests.codes import give_app, recovery_codes
from tests.factories import PASSWORD, log_in, make_comment, make_entry, make_user
from tests.reading import Page

pytestmark = pytest.mark.django_db
SITE = "https://remedies.example"
CODE_PAGE = "/accounts/2fa/authenticate/"
ADD = "/accounts/2fa/webauthn/add/"
CONFIRM = "/accounts/2fa/webauthn/reauthenticate/"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = SITE


class Key:
    """A key and the browser before it, which names the origin of the page."""

    def __init__(self, origin: str = SITE, host: str = "remedies.example") -> None:
        self.origin, self.host = origin, sha256(host.encode()).digest()
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(32)

    def register(self, page: Page) -> str:
        """The answer to a page that adds a key."""
        public = ES256.from_cryptography_key(self.private.public_key())
        own = AttestedCredentialData.create(b"\x00" * 16, self.id, public)
        flags = PRESENT | VERIFIED | ATTESTED
        data = AuthenticatorData.create(self.host, flags, 0, own)
        attestation = AttestationObject.create("none", data, {})
        client = self._client("webauthn.create", page)
        return self._answer(clientDataJSON=client, attestationObject=bytes(attestation))

    def answer(self, page: Page, flags: int = PRESENT | VERIFIED) -> str:
        """The answer to a page that asks for a key."""
        data = bytes(AuthenticatorData.create(self.host, flags, 1))
        client = self._client("webauthn.get", page)
        signed = self.private.sign(data + sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signed)

    def _client(self, deed: str, page: Page) -> bytes:
        challenge = options(page)["challenge"]
        return json.dumps(
            {"type": deed, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        ).encode()

    def _answer(self, **response: bytes) -> str:
        parts = {name: websafe_encode(part) for name, part in response.items()}
        key = websafe_encode(self.id)
        return json.dumps({"id": key, "rawId": key, "type": "public-key", "response": parts})


def options(page: Page) -> dict:
    """What the page gives to the browser."""
    forms = [form for form in page.all("form") if form.get("data-passkey")]
    return json.loads(forms[0].get("data-options"))


def look(client: Client, path: str) -> Page:
    return Page(client.get(path))


def add(client: Client, key: Key, name: str = "phone"):
    return client.post(ADD, {"name": name, "credential": key.register(look(client, ADD))})


def give_password(client: Client, user: User):
    return client.post("/accounts/login/", {"login": user.name, "password": PASSWORD})


def is_logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def member() -> User:
    return make_user(name="mara")


@pytest.fixture
def key(client, member) -> Key:
    """A key of the member, who is logged in."""
    log_in(client, member)
    key = Key()
    assert add(client, key)["Location"] == reverse("mfa_view_recovery_codes")
    return key


def test_a_key_is_added_with_recovery_codes_and_a_mail(client, member, key):
    assert second_factor.has_factor(member)
    assert len(recovery_codes(member)) == 10
    assert [message.subject for message in mail.outbox] == ["A passkey was added"]
    assert "phone" in look(client, reverse("mfa_list_webauthn")).words


def test_the_browser_learns_the_name_of_the_member_and_no_address(client, member):
    log_in(client, member)
    asked = options(look(client, ADD))
    assert (asked["user"]["name"], asked["user"]["displayName"]) == ("mara", "mara")
    assert asked["rp"]["id"] == "remedies.example"
    assert member.email not in json.dumps(asked)


def test_the_password_and_the_key_log_in(member, key):
    browser = Client()
    assert give_password(browser, member)["Location"] == CODE_PAGE
    assert not is_logged_in(browser)
    answer = key.answer(look(browser, CODE_PAGE))
    assert browser.post(CODE_PAGE, {"credential": answer}).status_code == 302
    assert is_logged_in(browser)


def test_an_answer_opens_once(member, key):
    first, second = Client(), Client()
    for browser in (first, second):
        give_password(browser, member)
    answer = key.answer(look(first, CODE_PAGE))
    look(second, CODE_PAGE)
    assert second.post(CODE_PAGE, {"credential": answer}).status_code == 400
    assert first.post(CODE_PAGE, {"credential": answer}).status_code == 302
    give_password(again := Client(), member)
    look(again, CODE_PAGE)
    assert again.post(CODE_PAGE, {"credential": answer}).status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [
        Key(),
        Key(origin="https://evil.example"),
        Key(origin="https://evil.remedies.example"),
        Key(origin="http://remedies.example"),
        Key(host="evil.example"),
    ],
    ids=["another key", "another site", "a host below", "plain http", "bound to another host"],
)
def test_what_is_not_for_this_site_opens_nothing(member, key, wrong):
    wrong.id = key.id
    if wrong.origin != SITE or wrong.host != key.host:
        wrong.private = key.private
    browser = Client()
    give_password(browser, member)
    answer = wrong.answer(look(browser, CODE_PAGE))
    response = browser.post(CODE_PAGE, {"credential": answer})
    assert response.status_code == 400
    assert "This passkey did not open your account." in Page(response).words
    assert not is_logged_in(browser)


def test_a_key_that_nobody_touched_opens_nothing(member, key):
    browser = Client()
    give_password(browser, member)
    answer = key.answer(look(browser, CODE_PAGE), flags=0)
    assert browser.post(CODE_PAGE, {"credential": answer}).status_code == 400


DEEP = "[" * 5_000
MALFORMED = [
    *("", "x", "{}", "[]", "null", '"x"', "7", DEEP, "x" * (MAX_ANSWER_LENGTH + 1), "\x00", "ſ"),
    *('{"response": []}', '{"id": "", "rawId": "", "type": "public-key", "response": {}}'),
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "e30"}}',
    '{"id": 1, "rawId": NaN, "type": null, "response": {"signature": 1}}',
    '{"id": "\\u0000", "rawId": "AA", "type": "public-key", "response": {}}',
]


@pytest.mark.parametrize("text", MALFORMED, ids=range(len(MALFORMED)))
def test_what_is_no_answer_is_a_bad_request_everywhere(client, member, key, text, settings):
    settings.RATE_LIMITS = False
    browser = Client()
    give_password(browser, member)
    look(browser, CODE_PAGE)
    assert browser.post(CODE_PAGE, {"credential": text}).status_code == 400
    for path in (ADD, CONFIRM):
        look(client, path)
        response = client.post(path, {"name": "x", "credential": text})
        assert response.status_code == 400
        assert "This passkey did not open your account." in Page(response).words


@pytest.mark.parametrize("place", ["authenticatorData", "signature", "clientDataJSON"])
@pytest.mark.parametrize("part", ["", "AA", "!!", "e30", "oQ", "ff" * 200])
def test_a_part_that_is_broken_is_a_bad_request(member, key, place, part):
    browser = Client()
    give_password(browser, member)
    answer = json.loads(key.answer(look(browser, CODE_PAGE)))
    answer["response"][place] = part
    response = browser.post(CODE_PAGE, {"credential": json.dumps(answer)})
    assert response.status_code == 400
    assert not is_logged_in(browser)


@pytest.mark.parametrize("part", ["", "AA", "!!", "e30", "oQ", "ff" * 200])
def test_a_registration_that_is_broken_adds_nothing(client, member, part):
    log_in(client, member)
    answer = json.loads(Key().register(look(client, ADD)))
    answer["response"]["attestationObject"] = part
    response = client.post(ADD, {"name": "x", "credential": json.dumps(answer)})
    assert response.status_code == 400
    assert not second_factor.has_factor(member)


def test_tries_come_to_an_end_as_codes_do(member, key):
    for number in range(CODES.limit + 1):
        guesser = Client(REMOTE_ADDR=f"203.0.{number}.1")
        give_password(guesser, member)
        answer = Key().answer(look(guesser, CODE_PAGE))
        response = guesser.post(CODE_PAGE, {"credential": answer})
    assert (response.status_code, response["Retry-After"]) == (429, "300")
    assert guesser.post(CODE_PAGE, {"code": recovery_codes(member)[0]}).status_code == 429
    right = key.answer(look(guesser, CODE_PAGE))
    assert guesser.post(CODE_PAGE, {"credential": right}).status_code == 429


def test_tries_to_confirm_and_to_add_come_to_an_end_too(client, member, key):
    for path in (CONFIRM, ADD):
        for _number in range(CODES.limit + 1):
            response = client.post(path, {"name": "x", "credential": "{}"})
        assert response.status_code == 429


def test_a_recovery_code_opens_in_place_of_the_key(member, key):
    browser = Client()
    give_password(browser, member)
    code = recovery_codes(member)[0]
    assert browser.post(CODE_PAGE, {"code": code}).status_code == 302
    assert is_logged_in(browser)


def test_a_key_confirms_in_place_of_the_password(member, key):
    browser = Client()
    browser.force_login(member)
    (row,) = Authenticator.objects.filter(type="webauthn")
    remove = reverse("mfa_remove_webauthn", args=[row.pk])
    assert browser.get(remove)["Location"].startswith("/accounts/reauthenticate/")
    there = f"{CONFIRM}?next={remove}"
    answer = key.answer(look(browser, there))
    response = browser.post(there, {"credential": answer, "next": remove})
    assert response["Location"] == remove
    assert browser.get(remove).status_code == 200


def test_adding_renaming_and_removing_want_the_password_again(member, key):
    browser = Client()
    browser.force_login(member)
    (row,) = Authenticator.objects.filter(type="webauthn")
    pages = [reverse(f"mfa_{deed}_webauthn", args=[row.pk]) for deed in ("edit", "remove")]
    for path in (ADD, *pages):
        for response in (browser.get(path), browser.post(path, {"name": "mine"})):
            assert response["Location"].startswith("/accounts/reauthenticate/")
    row.refresh_from_db()
    assert row.wrap().name == "phone"


def test_a_key_is_renamed_and_removed(client, member, key):
    (row,) = Authenticator.objects.filter(type="webauthn")
    edit = reverse("mfa_edit_webauthn", args=[row.pk])
    assert client.post(edit, {"name": " "}).status_code == 400
    assert client.post(edit, {"name": "x" * 51}).status_code == 400
    assert client.post(edit, {"name": "work <b>"}).status_code == 302
    assert "work <b>" in look(client, reverse("mfa_list_webauthn")).words
    mail.outbox.clear()
    assert client.post(reverse("mfa_remove_webauthn", args=[row.pk])).status_code == 302
    assert not Authenticator.objects.exists()
    (message,) = mail.outbox
    assert message.subject == "A passkey was removed"
    assert "the password alone" in message.body


def test_keys_of_others_are_not_there(member, key):
    (row,) = Authenticator.objects.filter(type="webauthn")
    other = Client()
    log_in(other, make_user())
    for deed in ("edit", "remove"):
        for pk in (row.pk, 10**30):
            path = reverse(f"mfa_{deed}_webauthn", args=[row.pk]).replace(f"/{row.pk}/", f"/{pk}/")
            assert other.get(path).status_code == 404
            assert other.post(path, {"name": "mine"}).status_code == 404


def test_the_number_of_keys_is_bounded(client, member, key):
    for _number in range(MAX_PASSKEYS - 1):
        assert add(client, Key()).status_code == 302
    response = add(client, Key())
    assert response.status_code == 400
    assert "You have ten passkeys." in Page(response).words


def test_without_the_app_the_keys_keep_the_account_closed(client, member, key):
    give_app_beside(member)
    mail.outbox.clear()
    off = reverse("mfa_deactivate_totp")
    assert "Your passkeys stay" in look(client, off).words
    page = Page(client.post(off, follow=True))
    assert "The app no longer gives codes." in page.words
    assert [message.subject for message in mail.outbox] == ["Your app no longer gives codes"]
    assert "the password alone" not in mail.outbox[0].body
    assert give_password(Client(), member)["Location"] == CODE_PAGE


def give_app_beside(member: User) -> None:
    """An app beside what the member has."""
    Authenticator.objects.filter(user=member, type="recovery_codes").delete()
    give_app(member)


def test_staff_have_their_rights_with_a_key(settings):
    settings.STAFF_MFA = True
    editor = make_user("editor", name="edda")
    browser = Client()
    log_in(browser, editor)
    assert browser.get("/admin/")["Location"] == reverse("mfa_index")
    key = Key()
    add(browser, key)
    assert browser.get("/admin/").status_code == 200
    later = Client()
    later.force_login(editor)
    response = later.get("/admin/remedies/remedy/?q=x")
    assert response["Location"].startswith(CONFIRM)
    page = look(later, response["Location"])
    assert "Use your password" not in page.words
    sent = {"credential": key.answer(page), "next": "/admin/remedies/remedy/?q=x"}
    assert later.post(CONFIRM, sent)["Location"] == "/admin/remedies/remedy/?q=x"
    assert later.get("/admin/").status_code == 200


def test_the_export_names_the_key_and_holds_nothing_that_opens(member, key):
    text = json.dumps(export_of(member), default=str)
    assert '"webauthn"' in text
    (row,) = Authenticator.objects.filter(type="webauthn")
    assert row.data["credential"]["response"]["attestationObject"] not in text
    assert row.data["credential"]["rawId"] not in text


def test_what_is_kept_of_an_answer_is_what_is_checked(member, key):
    (row,) = Authenticator.objects.filter(type="webauthn")
    assert set(row.data["credential"]["response"]) == {"clientDataJSON", "attestationObject"}


def test_at_an_ip_address_none_is_offered_and_a_recovery_code_opens(client, member, key, settings):
    settings.MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
    assert "Add a passkey" not in look(client, reverse("mfa_index")).words
    assert client.get(ADD).status_code == 404
    assert "Remove “phone”" in look(client, reverse("mfa_list_webauthn")).words
    browser = Client()
    assert give_password(browser, member)["Location"] == CODE_PAGE
    page = look(browser, CODE_PAGE)
    assert "passkeys do not work at this address" in page.words
    code = recovery_codes(member)[0]
    assert browser.post(CODE_PAGE, {"code": code}).status_code == 302


@pytest.mark.parametrize(
    ("host", "expected"),
    [("remedies.example", True), ("localhost", True), ("127.0.0.1", False), ("::1", False)],
)
def test_passkeys_are_for_names_alone(host, expected):
    assert is_name(host) is expected


def test_the_policy_of_the_pages_lets_no_script_stand_in_them(client, member):
    log_in(client, member)
    page = look(client, ADD)
    assert all(script.get("src") for script in page.all("script"))
    assert any("passkeys.js" in script.get("src") for script in page.all("script"))
    assert not any(
        "passkeys.js" in (script.get("src") or "")
        for script in look(client, reverse("mfa_list_webauthn")).all("script")
    )


def test_text_that_waited_for_the_log_in_goes_along(member, key):
    comment = make_comment(make_entry(), by=member)
    path = f"{comment.get_absolute_url()}edit/"
    browser = Client()
    give_password(browser, member)
    sent = {
        "credential": key.answer(look(browser, CODE_PAGE)),
        "next": path,
        FIELD: json.dumps([["body", "Three words more."]]),
    }
    response = browser.post(CODE_PAGE, sent)
    assert is_logged_in(browser)
    assert "Three words more." in response.content.decode()


def test_the_log_names_no_key(client, member, caplog):
    caplog.set_level(logging.INFO, logger="remedies.events")
    log_in(client, member)
    key = Key()
    add(client, key)
    browser = Client()
    give_password(browser, member)
    browser.post(CODE_PAGE, {"credential": Key().answer(look(browser, CODE_PAGE))})
    browser.post(CODE_PAGE, {"credential": key.answer(look(browser, CODE_PAGE))})
    for event in (
        f"second_factor_added actor={member.pk} type=webauthn",
        f"second_factor_failed actor={member.pk}",
        f"second_factor_used actor={member.pk} type=webauthn",
    ):
        assert event in caplog.text
    assert key.id.hex() not in caplog.text
    assert "phone" not in caplog.text


def test_the_pages_are_sound_html(client, key):
    (row,) = Authenticator.objects.filter(type="webauthn")
    pages = [reverse(f"mfa_{deed}_webauthn", args=[row.pk]) for deed in ("edit", "remove")]
    for path in (ADD, CONFIRM, reverse("mfa_index"), reverse("mfa_list_webauthn"), *pages):
        response = client.get(path)
        assert response.status_code == 200
        html5lib.HTMLParser(strict=True).parse(response.content.decode().strip())
