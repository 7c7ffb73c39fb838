import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.roles import ROLES
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def add_member(capsys):
    def run(*arguments: str) -> tuple[str, str]:
        call_command("add_member", *arguments)
        return capsys.readouterr()

    return run


def test_a_member_can_log_in_at_once_with_consent_recorded(add_member):
    out, err = add_member("ana@example.org", "--password", PASSWORD)
    ana = User.objects.get()
    assert (ana.name, ana.email, ana.is_staff, ana.is_superuser) == (
        "ana",
        "ana@example.org",
        False,
        False,
    )
    assert ana.consented_at is not None
    assert authenticate(username="ana@example.org", password=PASSWORD) == ana
    assert out == "ana <ana@example.org> can log in now, as member.\n"
    assert err == ""


@pytest.mark.parametrize("role", ROLES)
def test_a_role_comes_with_its_group_and_the_admin(add_member, role):
    add_member("ana@example.org", "--password", PASSWORD, "--role", role)
    ana = User.objects.get()
    assert [group.name for group in ana.groups.all()] == [role]
    assert ana.is_staff
    assert not ana.is_superuser


def test_an_editor_enters_the_admin(add_member, client):
    add_member("ana@example.org", "--password", PASSWORD, "--role", "editor", "--name", "Ana")
    response = client.post("/admin/login/?next=/admin/", {"username": "Ana", "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/admin/")


def test_the_password_is_stored_as_a_hash_only(add_member):
    add_member("ana@example.org", "--password", PASSWORD)
    assert PASSWORD not in User.objects.get().password


def test_a_taken_name_is_made_free_by_a_number(add_member):
    make_user(name="Ana")
    for _ in range(2):
        add_member(f"ana@example{_}.org", "--password", PASSWORD)
    assert set(User.objects.values_list("name", flat=True)) == {"Ana", "ana2", "ana3"}


@pytest.mark.parametrize(
    ("email", "name"),
    [
        ("ana.maria+x@example.org", "anamariax"),
        ("___@example.org", "member"),
        ("a" * 40 + "@example.org", "a" * 24),
    ],
)
def test_a_name_is_made_from_any_address(add_member, email, name):
    add_member(email, "--password", PASSWORD)
    assert User.objects.get().name == name


def test_a_weak_password_is_the_operator_s_choice_and_told(add_member):
    _out, err = add_member("ana@example.org", "--password", "12345")
    assert err.count("A weak password:") == 1
    assert authenticate(username="ana", password="12345")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["ANA@example.org", "--name", "other"], "An account with this address exists."),
        (["new@example.org", "--name", "ANA"], "This name is taken."),
        (["new@example.org", "--name", "ana"], "This name is taken."),
        (["no-address"], "valid email"),
        (["new@example.org", "--name", "a b"], "Use letters, digits"),
        (["new@example.org", "--name", "a@b"], "Use letters, digits"),
        (["new@example.org", "--name", "x" * 31], "at most 30"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(add_member, arguments, sentence):
    make_user(name="ana", email="ana@example.org")
    with pytest.raises(CommandError, match=sentence):
        add_member(*arguments, "--password", PASSWORD)
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["ana@example.org"],
        ["ana@example.org", "--password", PASSWORD, "--role", "king"],
        ["--password", PASSWORD],
        ["ana@example.org", "--password", ""],
    ],
)
def test_a_password_and_a_known_role_are_needed(add_member, arguments):
    with pytest.raises(CommandError):
        add_member(*arguments)
    assert not User.objects.exists()


def test_createsuperuser_works_as_django_documents_it(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command(
        "createsuperuser", name="root", email="root@example.org", interactive=False, verbosity=0
    )
    root = authenticate(username="root@example.org", password=PASSWORD)
    assert root.is_superuser
    assert root.is_staff
