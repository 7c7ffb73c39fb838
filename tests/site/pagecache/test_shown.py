"""Every table is shown somewhere or nowhere, and every address shows something."""

import pytest
from django.apps import apps

from remedies.models import ExperienceReport
from remedies.services import vote_on_entry
from remedies_site.pagecache.shown import (
    NOT_SHOWN,
    WATCHED,
    entry_discussion,
    entry_parts,
    experiences,
    remedy_comments,
    remedy_discussion,
    remedy_parts,
    remedy_votes,
    scopes_of,
)
from remedies_site.pagecache.versions import current_version
from tests.factories import make_comment, make_entry, make_user


def test_every_table_is_watched_or_known_to_be_shown_nowhere():
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert tables == WATCHED.keys() | NOT_SHOWN
    assert not WATCHED.keys() & NOT_SHOWN


def test_hidden_columns_exist():
    columns = {
        model._meta.db_table: {field.column for field in model._meta.local_concrete_fields}
        for model in apps.get_models()
    }
    for table, watched in WATCHED.items():
        if watched.hidden:
            assert watched.hidden <= columns[table]


@pytest.mark.parametrize(
    ("path", "scopes"),
    [
        ("/", ("all",)),
        ("/remedies/", ("all",)),
        ("/remedies/magnesium/", ("content", "remedy:magnesium")),
        ("/remedies/magnesium/insomnia/grade/", ("content", "remedy:magnesium")),
        ("/conditions/insomnia/", ("content", "condition:insomnia")),
        ("/conditions/insomnia/compare/", ("all",)),
        ("/search/", ("all",)),
        ("/remedies/Magnesium/", ("all",)),
    ],
)
def test_an_address_shows_content_and_the_talk_about_its_subject_or_all(path, scopes):
    assert scopes_of(path) == scopes


@pytest.mark.django_db(transaction=True)
def test_the_parts_of_a_page_are_scopes_that_triggers_move():
    """A part whose scope no trigger writes would never be made again."""
    entry, member = make_entry(), make_user()
    answers = {"form": "tablet", "duration": "weeks", "outcome": "better", "onset": "week"}
    changes = {
        entry_discussion(entry.pk): lambda: make_comment(entry),
        remedy_discussion(entry.remedy_id): lambda: make_comment(entry.remedy),
        remedy_comments(entry.remedy_id): lambda: make_comment(entry),
        remedy_votes(entry.remedy_id): lambda: vote_on_entry(entry, by=member, value=1),
        experiences(entry.pk): lambda: ExperienceReport.objects.create(
            entry=entry, member=member, stopped=False, **answers
        ),
    }
    assert set(changes) == set(entry_parts(entry.pk, entry.remedy_id))
    assert set(remedy_parts(entry.remedy_id)) < set(changes)
    for scope, change in changes.items():
        before = current_version([scope])
        change()
        assert current_version([scope]) != before, scope


@pytest.mark.django_db(transaction=True)
def test_what_one_part_shows_leaves_the_others_as_they_are():
    entry = make_entry()
    other = make_entry(entry.remedy)
    make_comment(entry)
    parts = (entry_discussion(other.pk), remedy_discussion(entry.remedy_id), experiences(entry.pk))
    before = current_version(parts)
    make_comment(entry)
    vote_on_entry(entry, by=make_user(), value=1)
    assert current_version(parts) == before
