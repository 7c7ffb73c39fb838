"""Moderation and changes of permissions are lines of the log, with who made them and no personal word."""

import logging

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from accounts.models import User
from discussions.moderation.services import remove_comment, report_comment, restore_comment
from tests.admin_forms import Form
from tests.factories import make_comment, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(client) -> User:
    """A superuser, logged in."""
    chief = User.objects.create_superuser("chief", "chief@example.org", "a long password")
    client.force_login(chief)
    return chief


@pytest.fixture
def events(caplog):
    """The lines so far, without what other fixtures caused."""
    caplog.set_level(logging.INFO, logger="remedies.events")

    def lines() -> list[str]:
        return [
            record.getMessage()
            for record in caplog.get_records("call")
            if record.name == "remedies.events"
        ]

    return lines


def test_rights_that_a_superuser_gives_and_takes(chief, client, events):
    ana = make_user(name="ana")
    editors = Group.objects.get(name="editor")
    url = f"/admin/accounts/user/{ana.pk}/change/"
    caused = len(events())
    Form.open(client, url).fill(is_staff="on", groups=[editors.pk]).press()
    Form.open(client, url).fill(is_staff=None, groups=[]).press()
    Form.open(client, url).fill(email="ana.new@example.org").press()
    start = f"permissions_changed actor={chief.pk} active=1 fields=groups,is_staff"
    assert events()[caused:] == [
        f"{start} groups={editors.pk} person={ana.pk} staff=1 superuser=0",
        f"{start} groups=- person={ana.pk} staff=0 superuser=0",
    ]


def test_a_password_that_a_superuser_sets(chief, client, events):
    ana = make_user(name="ana")
    form = Form.open(client, f"/admin/accounts/user/{ana.pk}/password/")
    form.fill(password1="short", password2="other").press()
    assert events() == []
    form = Form.open(client, f"/admin/accounts/user/{ana.pk}/password/")
    form.fill(password1="a very unusual word", password2="a very unusual word").press()
    assert f"password_set actor={chief.pk} person={ana.pk}" in events()
    assert not any("unusual" in line for line in events())


def test_permissions_of_a_role(chief, client, events):
    editors = Group.objects.get(name="editor")
    url = f"/admin/auth/group/{editors.pk}/"
    Form.open(client, f"{url}change/").fill(permissions=[]).press()
    Form.open(client, f"{url}change/").fill(name="scribes").press()
    client.post(f"{url}delete/", {"post": "yes"})
    start = f"permissions_changed actor={chief.pk}"
    assert events() == [
        f"{start} group={editors.pk} permissions=0",
        f"{start} deleted=1 group={editors.pk} permissions=0",
    ]


def test_several_roles_that_are_deleted_at_once(chief, client, events):
    groups = list(Group.objects.order_by("pk"))
    data = {"action": "delete_selected", "_selected_action": [group.pk for group in groups]}
    client.post("/admin/auth/group/", data | {"post": "yes"})
    assert not Group.objects.exists()
    assert len(events()) == len(groups)
    assert all("deleted=1" in line for line in events())


def test_people_whom_a_command_gives_rights(events):
    call_command("add_member", "e@example.org", "--password", "long enough 12", "--role", "editor")
    call_command("add_member", "m@example.org", "--password", "long enough 12", "--role", "member")
    User.objects.create_superuser("root2", "root2@example.org", "long enough 12")
    starts = [line.partition(" groups=")[0] for line in events()]
    assert starts == ["permissions_changed actor=- active=1 fields=new"] * 2
    assert "superuser=1" in events()[1]
    assert "example.org" not in "".join(events())


def test_moderation(events):
    mara, morten = make_user(name="mara"), make_user("moderator", name="morten")
    comment = make_comment(by=make_user(name="ben"), body="Some words.")
    caused = len(events())
    report_comment(comment, by=mara, reason="other", detail="It names me.")
    report_comment(comment, by=None, reason="other", detail="It names me.")
    remove_comment(comment, by=morten, reason="It names a person.")
    restore_comment(comment, by=morten)
    assert events()[caused:] == [
        f"comment_reported actor={mara.pk} comment={comment.pk} reason=other",
        f"comment_reported actor=- comment={comment.pk} reason=other",
        f"moderated actor={morten.pk} action=remove comment={comment.pk}",
        f"moderated actor={morten.pk} action=restore comment={comment.pk}",
    ]
