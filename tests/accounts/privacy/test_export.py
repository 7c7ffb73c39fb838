"""The export holds every row about a member, no secret, and nothing of others."""

import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.privacy.export import SECRETS, export_of, exported_relations
from discussions.models import Announcement
from remedies.services import publish_entry, vote_on_entry
from tests.accounts.privacy.life import EMAIL, NAME, OLD_NAME, WORDS, Life
from tests.factories import make_comment, make_entry, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_holds_every_row_that_refers_to_the_member():
    life = Life()
    exported = export_of(life.member)
    expected = {
        model._meta.label_lower: model._default_manager.filter(**{field: life.member}).count()
        for model, field in exported_relations()
    }
    expected = {name: number for name, number in expected.items() if number}
    expected["remedies.reportedsideeffect"] = 1
    announced = Announcement.objects.filter(comment__author=life.member)
    expected["discussions.announcement"] = announced.count()
    assert {name: len(rows) for name, rows in exported["rows"].items()} == expected
    assert {"discussions.comment", "discussions.commentvote", "discussions.report"} < set(expected)
    assert {"remedies.entryvote", "remedies.experiencereport", "accounts.session"} < set(expected)
    assert {"discussions.challenge", "discussions.follow", "accounts.notification"} < set(expected)
    assert "accounts.notificationsetting" in expected
    account = exported["account"]
    assert (account["name"], account["email"]) == (NAME, EMAIL)
    text = json.dumps(exported, cls=DjangoJSONEncoder)
    assert OLD_NAME in text
    assert (
        text.count(WORDS) == 10
    )  # five comments as text, four of them as HTML too, the challenge … and the report


def test_it_says_where_each_row_belongs():
    life = Life()
    rows = export_of(life.member)["rows"]
    assert rows["remedies.entryvote"][0]["entry_url"].endswith(life.entry.get_absolute_url())
    assert rows["discussions.comment"][0]["url"].endswith(life.root.get_absolute_url())


def test_it_opens_nothing_and_holds_nothing_of_others():
    life = Life()
    text = json.dumps(export_of(life.member), cls=DjangoJSONEncoder)
    session = life.member.sessions.get()
    assert session.session_key not in text
    assert session.session_data not in text
    assert life.member.password not in text
    for theirs in (life.other.name, life.other.email, "What a pity.", "Says"):
        assert theirs not in text
    for model, columns in SECRETS.items():
        assert columns <= {field.name for field in model._meta.concrete_fields}


def test_it_takes_as_many_queries_for_many_rows_as_for_few():
    life, numbers = Life(), []
    for _more in range(3):
        with CaptureQueriesContext(connection) as queries:
            export_of(life.member)
        numbers.append(len(queries))
        for _number in range(10):
            entry = make_entry()
            vote_on_entry(entry, by=life.member, value=1)
            make_comment(entry, by=life.member)
    assert len(set(numbers)) == 1, numbers
    assert numbers[0] < 90


def test_the_file_is_for_the_member_who_confirmed_the_password_just_now():
    life = Life()
    client = Client()
    assert client.get("/accounts/data/export/").status_code == 302
    client.force_login(life.member)
    response = client.get("/accounts/data/export/")
    assert response.status_code == 302
    assert "reauthenticate" in response["Location"]


def test_an_editor_who_published_gets_the_own_versions_and_no_page_of_others():
    editor = make_user("editor")
    entry = make_entry(published=False)
    entry.edited_by = editor
    entry.save()
    publish_entry(entry, by=editor)
    rows = export_of(editor)["rows"]
    assert [row["number"] for row in rows["remedies.entryrevision"]] == [1]
    assert "remedies.remedyconditionentry" not in rows
