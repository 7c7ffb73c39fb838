"""The database notes every change of what a page shows, and no other."""

import pytest
from django.db import connection

from accounts.models import User
from remedies_site.pagecache import triggers
from remedies_site.pagecache.versions import current_version
from tests.factories import (
    make_citation,
    make_comment,
    make_condition,
    make_entry,
    make_remedy,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)

REMEDY = ("content", "remedy:alpha")
OTHER = ("content", "remedy:gamma")
CONDITION = ("content", "condition:beta")


@pytest.fixture
def entry():
    make_entry(make_remedy("Gamma"), make_condition("Delta"))
    return make_entry(make_remedy("Alpha"), make_condition("Beta"))


class Versions:
    """Which of the scopes have moved since the last look."""

    def __init__(self):
        self.moved()

    def moved(self) -> set[str]:
        now = {
            name: current_version(scopes)
            for name, scopes in {
                **{"remedy": REMEDY, "other": OTHER, "condition": CONDITION, "all": ("all",)}
            }.items()
        }
        assert None not in now.values()
        before, self.now = getattr(self, "now", {}), now
        return {name for name in now if now[name] != before.get(name)}


def test_talk_moves_its_remedy_its_condition_and_all(entry):
    versions = Versions()
    comment = make_comment(entry)
    assert versions.moved() == {"remedy", "condition", "all"}
    comment.votes.create(voter=make_user(), value=1)
    assert versions.moved() >= {"remedy", "condition", "all"}
    comment.delete()
    assert versions.moved() == {"remedy", "condition", "all"}
    assert versions.moved() == set()


def test_a_vote_moves_its_remedy_its_condition_and_all(entry):
    user = make_user()
    versions = Versions()
    entry.votes.create(voter=user, value=1)
    assert versions.moved() == {"remedy", "condition", "all"}
    type(entry).objects.filter(pk=entry.pk).update(up_count=1)
    assert versions.moved() == set()


def test_content_moves_every_page(entry):
    work = make_citation("A1")
    everything = {"remedy", "other", "condition", "all"}
    versions = Versions()
    work.title = "Another title"
    work.save()
    assert versions.moved() == everything
    make_remedy("Epsilon")
    assert versions.moved() == everything
    work.delete()
    assert versions.moved() == everything


def test_the_name_of_a_member_is_content_and_a_log_in_is_not(entry):
    user = make_user()
    versions = Versions()
    User.objects.filter(pk=user.pk).update(last_login="2026-01-01T00:00Z", email="a@example.org")
    assert versions.moved() == set()
    User.objects.filter(pk=user.pk).update(name="another")
    assert "other" in versions.moved()


def test_raw_sql_is_noted_too(entry):
    versions = Versions()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE remedies_remedy SET shown_name = 'Else'")
    assert "other" in versions.moved()


def test_what_is_made_is_made_once():
    assert not triggers.refresh()


def test_without_the_table_nobody_knows_a_version():
    triggers.remove()
    try:
        assert current_version(("all",)) is None
    finally:
        assert triggers.refresh()
    assert current_version(("all",))
