"""The second step at log-in: whom it stops, who needs it, and what guessing its codes costs."""

import json
import logging
from dataclasses import replace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts import second_factor
from accounts.models import User
from accounts.rate_limits import CODES, CODES_A_DAY
from tests.codes import SECRET, App, give_app, recovery_codes
from tests.factories import PASSWORD, log_in, make_entry, make_user
from tests.reading import Page

pytestmark = pytest.mark.django_db
DOORS = (("/accounts/login/", "login"), ("/admin/login/", "username"))
COMMITTED = pytest.mark.django_db(transaction=True)
"""What happens when a factor is set up happens when its transaction commits."""
CODE_PAGE = "/accounts/2fa/authenticate/"


@pytest.fixture
def app(monkeypatch) -> App:
    return App(monkeypatch)


@pytest.fixture
def editor() -> User:
    return make_user("editor", name="edda", email="edda@example.org")


@pytest.fixture
def staff_mfa(settings):
    settings.STAFF_MFA = True


def give_password(client: Client, user: User, door: str = "/accounts/login/", field: str = "login"):
    return client.post(door, {field: user.name, "password": PASSWORD})


def is_logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(("door", "field"), DOORS)
def test_the_password_alone_opens_nothing(client, editor, app, door, field):
    give_app(editor)
    response = give_password(client, editor, door, field)
    assert response["Location"] == CODE_PAGE
    assert not is_logged_in(client)
    assert client.get("/accounts/").status_code == 302
    assert client.get("/admin/")["Location"].startswith("/admin/login/")


@pytest.mark.parametrize(("door", "field"), DOORS)
def test_the_code_of_the_app_logs_in_and_leads_on(client, editor, app, door, field):
    give_app(editor)
    client.post(f"{door}?next=/about/", {field: "edda", "password": PASSWORD, "next": "/about/"})
    response = client.post(CODE_PAGE, {"code": app.code(SECRET)})
    assert (response.status_code, response["Location"]) == (302, "/about/")
    assert is_logged_in(client)


@pytest.mark.parametrize("code", ["", "000000", "12345", "x" * 21, "ſ", "\x00", "１２３４５６"])
def test_a_wrong_code_is_a_bad_request(client, editor, app, code):
    give_app(editor)
    give_password(client, editor)
    response = client.post(CODE_PAGE, {"code": code})
    assert response.status_code == 400
    assert Page(response).one("input", name="code").get("aria-invalid") == "true"
    assert not is_logged_in(client)


@pytest.mark.parametrize("data", [{}, {"credential": "{}"}, {"credential": "x"}])
def test_a_form_without_a_code_is_a_bad_request(client, editor, app, data):
    give_app(editor)
    give_password(client, editor)
    assert client.post(CODE_PAGE, data).status_code == 400


def test_nobody_comes_to_the_code_without_the_password(client):
    assert client.get(CODE_PAGE)["Location"] == "/accounts/login/"
    assert client.post(CODE_PAGE, {"code": "123456"})["Location"] == "/accounts/login/"


def test_a_code_is_used_once(editor, app):
    give_app(editor)
    first, second = Client(), Client()
    for browser in (first, second):
        give_password(browser, editor)
    assert first.post(CODE_PAGE, {"code": app.code(SECRET)}).status_code == 302
    again = f"{app.code(SECRET)[:3]} {app.code(SECRET)[3:]}"
    assert second.post(CODE_PAGE, {"code": again}).status_code == 400
    app.wait()
    assert second.post(CODE_PAGE, {"code": app.code(SECRET)}).status_code == 302


def test_a_code_is_used_once_where_rate_limits_are_off(editor, app, settings):
    settings.RATE_LIMITS = False
    test_a_code_is_used_once(editor, app)


def test_a_recovery_code_lets_in_once(editor, app):
    codes = give_app(editor)
    for status in (302, 400):
        browser = Client()
        give_password(browser, editor)
        assert browser.post(CODE_PAGE, {"code": codes[0]}).status_code == status
    assert recovery_codes(editor) == codes[1:]


def test_guessing_codes_comes_to_an_end_for_every_network(editor, app):
    give_app(editor)
    for number in range(CODES.limit + 1):
        guesser = Client(REMOTE_ADDR=f"203.0.{number}.1")
        give_password(guesser, editor)
        response = guesser.post(CODE_PAGE, {"code": f"{number:06}"})
    assert (response.status_code, response["Retry-After"]) == (429, "300")
    assert guesser.post(CODE_PAGE, {"code": app.code(SECRET)}).status_code == 429


def test_patient_guessers_come_to_an_end_for_the_day(editor, app, monkeypatch):
    give_app(editor)
    monkeypatch.setattr(second_factor, "CODES", replace(CODES, limit=1_000))
    monkeypatch.setattr(second_factor, "CODES_A_DAY", replace(CODES_A_DAY, limit=3))
    guesser = Client()
    give_password(guesser, editor)
    for number in range(4):
        response = guesser.post(CODE_PAGE, {"code": f"{number:06}"})
    assert (response.status_code, response["Retry-After"]) == (429, "3600")
    assert "Try again tomorrow" in Page(response).words


def test_the_owner_gets_in_from_a_known_device_while_a_thief_guesses(editor, app):
    give_app(editor)
    home = Client()
    give_password(home, editor)
    home.post(CODE_PAGE, {"code": app.code(SECRET)})
    home.post("/accounts/logout/")
    thief = Client()
    give_password(thief, editor)
    for number in range(CODES.limit + 1):
        thief.post(CODE_PAGE, {"code": f"{number:06}"})
    app.wait()
    give_password(home, editor)
    assert home.post(CODE_PAGE, {"code": app.code(SECRET)}).status_code == 302


def test_a_right_code_forgets_the_wrong_ones(editor, app):
    give_app(editor)
    for _round in range(2):
        browser = Client()
        give_password(browser, editor)
        for number in range(CODES.limit - 1):
            browser.post(CODE_PAGE, {"code": f"{number:06}"})
        app.wait()
        assert browser.post(CODE_PAGE, {"code": app.code(SECRET)}).status_code == 302


def test_the_mailed_link_of_a_forgotten_password_asks_for_the_code_too(client, editor, app):
    give_app(editor)
    client.post("/accounts/password/reset/", {"email": editor.email})
    link = next(word for word in mail.outbox[-1].body.split() if "/password/reset/key/" in word)
    form = client.get(link.removeprefix("http://127.0.0.1:8000"), follow=True).redirect_chain[-1][0]
    new = {"password1": "another long password", "password2": "another long password"}
    assert client.post(form, new)["Location"] == CODE_PAGE
    assert not is_logged_in(client)


def test_secrets_are_not_readable_in_the_database(editor):
    codes = give_app(editor)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in stored
    assert not any(code in stored for code in codes)


def test_with_another_secret_key_the_page_says_whom_to_ask(client, editor, app, settings):
    give_app(editor)
    settings.SECRET_KEY = "another key, with more than thirty-two characters"
    give_password(client, editor)
    response = client.post(CODE_PAGE, {"code": app.code(SECRET)})
    assert response.status_code == 400
    assert "Write to those who run this site." in Page(response).words


def test_a_new_secret_key_takes_the_secrets_over_and_the_old_one_can_go(
    client, editor, app, settings, capsys
):
    give_app(editor)
    old, settings.SECRET_KEY = (
        settings.SECRET_KEY,
        "another key, with more than thirty-two characters",
    )
    settings.SECRET_KEY_FALLBACKS = [old]
    call_command("reencrypt_second_factors")
    assert (
        "2 secrets are encrypted" in capsys.readouterr().out
    )  # the app's, and the recovery codes'
    settings.SECRET_KEY_FALLBACKS = []
    give_password(client, editor)
    assert client.post(CODE_PAGE, {"code": app.code(SECRET)}).status_code == 302
    assert is_logged_in(client)
    assert len(recovery_codes(editor)) == 10


def test_no_recovery_code_can_be_read_from_the_database(editor):
    give_app(editor)
    rows = Authenticator.objects.filter(type=Authenticator.Type.RECOVERY_CODES)
    stored = rows.get(user=editor).data
    assert not [code for code in recovery_codes(editor) if code in json.dumps(stored)]
    seed = decrypt(stored["seed"])
    assert seed not in json.dumps(stored)
    assert len(bytes.fromhex(seed)) * 8 == 320


def test_secrets_that_no_key_reads_are_named_by_the_number_of_their_member(editor, settings):
    give_app(editor)
    before = list(Authenticator.objects.order_by("pk").values_list("data", flat=True))
    settings.SECRET_KEY = "another key, with more than thirty-two characters"
    with pytest.raises(CommandError, match=f"No key reads the secrets of #{editor.pk}\\."):
        call_command("reencrypt_second_factors")
    assert list(Authenticator.objects.order_by("pk").values_list("data", flat=True)) == before


# ---- setting it up -------------------------------------------------------------------------------


def set_up(client: Client, app: App) -> str:
    """Through the form; the secret."""
    page = Page(client.get(reverse("mfa_activate_totp")))
    secret = page.one("code", **{"class": "secret"}).text
    response = client.post(reverse("mfa_activate_totp"), {"code": app.code(secret)})
    assert response["Location"] == reverse("mfa_view_recovery_codes")
    return secret


@COMMITTED
def test_a_member_sets_it_up_and_gets_recovery_codes(client, app):
    member = make_user(name="mara")
    log_in(client, member)
    set_up(client, app)
    page = Page(client.get(reverse("mfa_view_recovery_codes")))
    assert all(code in page.words for code in recovery_codes(member))
    assert second_factor.has_factor(member)
    assert [message.subject for message in mail.outbox] == ["The second step is on"]


def test_the_picture_is_drawn_in_the_page_without_a_style(client, app, settings):
    settings.SITE_NAME = "Plain Remedies"
    log_in(client, make_user(name="mara"))
    response = client.get(reverse("mfa_activate_totp"))
    text = response.content.decode()
    assert '<svg class="qr" role="img"' in text
    assert "style=" not in text
    assert "data:image" not in text
    assert "otpauth://totp/mara?secret=" in text
    assert "issuer=Plain%20Remedies" in text
    assert "mara@example.org" not in text


def test_setting_up_wants_the_password_again(client):
    client.force_login(make_user())
    for name in ("mfa_activate_totp", "mfa_generate_recovery_codes"):
        assert client.get(reverse(name))["Location"].startswith("/accounts/reauthenticate/")


def test_showing_and_turning_off_want_the_password_again(client):
    member = make_user()
    give_app(member)
    client.force_login(member)
    for name in ("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes"):
        assert client.get(reverse(name))["Location"].startswith("/accounts/reauthenticate/")


def test_turning_it_off_erases_the_codes_and_sends_a_mail(client, app):
    member = make_user()
    log_in(client, member)
    set_up(client, app)
    mail.outbox.clear()
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert not Authenticator.objects.filter(user=member).exists()
    assert [message.subject for message in mail.outbox] == ["The second step is off"]


def test_a_wrong_first_code_sets_nothing_up(client, app):
    member = make_user()
    log_in(client, member)
    client.get(reverse("mfa_activate_totp"))
    assert client.post(reverse("mfa_activate_totp"), {"code": "000000"}).status_code == 400
    assert not second_factor.has_factor(member)


def test_new_recovery_codes_replace_the_old_ones(client, app):
    member = make_user()
    log_in(client, member)
    set_up(client, app)
    old = recovery_codes(member)
    client.post(reverse("mfa_generate_recovery_codes"))
    assert not set(old) & set(recovery_codes(member))
    file = client.get(reverse("mfa_download_recovery_codes"))
    assert file["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert file.content.decode().split()[-10:] == recovery_codes(member)
    assert "no-store" in file["Cache-Control"]


def test_with_a_second_step_the_address_can_still_be_changed(client, app):
    member = make_user()
    log_in(client, member)
    set_up(client, app)
    response = client.post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    assert response.status_code == 302
    assert mail.outbox[-1].to == ["new@example.org"]


@COMMITTED
def test_a_change_of_the_second_step_logs_other_devices_out(client, app):
    member = make_user()
    other = Client()
    log_in(other, member)
    log_in(client, member)
    set_up(client, app)
    assert not is_logged_in(other)
    assert is_logged_in(client)


# ---- STAFF_MFA -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("door", "field"), DOORS)
def test_staff_without_one_are_led_to_set_one_up(client, editor, staff_mfa, app, door, field):
    give_password(client, editor, door, field)
    assert is_logged_in(client)
    for path in ("/admin/", "/admin/remedies/remedy/", "/admin/jsi18n/"):
        assert client.get(path)["Location"] == reverse("mfa_index")
    assert client.post("/admin/remedies/remedy/add/")["Location"] == reverse("mfa_index")
    page = Page(client.get(reverse("mfa_index")))
    assert "Your account has staff rights." in page.words


def test_the_members_door_leads_them_there_at_once(client, editor, staff_mfa):
    response = client.post("/accounts/login/?next=/about/", {"login": "edda", "password": PASSWORD})
    assert response["Location"] == reverse("mfa_index")


@pytest.mark.parametrize("role", ["editor", "publisher", "moderator"])
def test_no_right_of_staff_is_open_before(client, staff_mfa, role):
    draft = make_entry(published=False)
    person = make_user(role)
    give_password(client, person)
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.get("/about/components/").status_code == 404
    assert client.get(reverse("account")).status_code == 200


def test_a_superuser_has_no_right_before(client, staff_mfa):
    draft = make_entry(published=False)
    User.objects.create_superuser("Root", "root@example.org", PASSWORD)
    client.post("/accounts/login/", {"login": "Root", "password": PASSWORD})
    assert client.get("/admin/accounts/user/")["Location"] == reverse("mfa_index")
    assert client.get(draft.get_absolute_url()).status_code == 404


@COMMITTED
def test_once_it_is_set_up_everything_opens(client, editor, staff_mfa, app):
    log_in(client, editor)
    set_up(client, app)
    assert client.get("/admin/").status_code == 200
    assert client.get(make_entry(published=False).get_absolute_url()).status_code == 200
    assert "To the editors' desk" in Page(client.get(reverse("mfa_index"))).words


def test_a_session_from_before_asks_for_a_code(client, editor, staff_mfa, app):
    give_app(editor)
    client.force_login(editor)
    response = client.get("/admin/remedies/remedy/?q=x")
    assert response["Location"].startswith(reverse("mfa_reauthenticate"))
    page = Page(client.get(response["Location"]))
    assert "Use your password" not in page.words
    response = client.post(response["Location"], {"code": app.code(SECRET)})
    assert response["Location"] == "/admin/remedies/remedy/?q=x"
    assert client.get("/admin/").status_code == 200


@COMMITTED
def test_turning_it_off_closes_the_rights_at_once(client, editor, staff_mfa, app):
    log_in(client, editor)
    set_up(client, app)
    client.post(reverse("mfa_deactivate_totp"))
    assert client.get("/admin/")["Location"] == reverse("mfa_index")


def test_suspended_rights_are_never_stored(client, editor, staff_mfa):
    log_in(client, editor)
    values = {
        "oldpassword": PASSWORD,
        "password1": "another long one",
        "password2": "another long one",
    }
    client.post(reverse("account_change_password"), values)
    editor.refresh_from_db()
    assert editor.is_staff
    assert editor.check_password("another long one")


def test_members_need_none(client, staff_mfa):
    member = make_user()
    response = give_password(client, member)
    assert response["Location"] == "/"
    assert client.get("/admin/")["Location"].startswith("/admin/login/")


def test_with_the_setting_off_staff_need_none(client, editor):
    give_password(client, editor)
    assert client.get("/admin/").status_code == 200


# ---- what the operator does ----------------------------------------------------------------------


def test_the_operator_resets_it_and_the_person_is_told(client, editor, app, capsys):
    log_in(client, editor)
    set_up(client, app)
    mail.outbox.clear()
    call_command("reset_second_factor", "EDDA@example.org")
    assert "edda <edda@example.org> logs in by password alone now" in capsys.readouterr().out
    assert not is_logged_in(client)
    assert [message.to for message in mail.outbox] == [["edda@example.org"]]
    assert "http://127.0.0.1:8000" in mail.outbox[0].body
    assert give_password(Client(), editor)["Location"] == "/"


@pytest.mark.parametrize(
    ("login", "sentence"), [("nobody", "There is no account"), ("edda", "has no second factor")]
)
def test_there_is_nothing_to_reset(editor, login, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("reset_second_factor", login)


@COMMITTED
def test_what_happens_is_logged_without_codes(client, editor, app, caplog):
    caplog.set_level(logging.INFO, logger="remedies.events")
    log_in(client, editor)
    secret = set_up(client, app)
    codes = recovery_codes(editor)
    away = Client()
    give_password(away, editor)
    away.post(CODE_PAGE, {"code": "000000"})
    away.post(CODE_PAGE, {"code": codes[0]})
    client.post(reverse("mfa_deactivate_totp"))
    for event in (
        f"second_factor_added actor={editor.pk} type=totp",
        f"second_factor_failed actor={editor.pk}",
        f"second_factor_used actor={editor.pk} type=recovery_codes",
        f"second_factor_removed actor={editor.pk} type=totp",
    ):
        assert event in caplog.text
    assert secret not in caplog.text
    assert codes[0] not in caplog.text
