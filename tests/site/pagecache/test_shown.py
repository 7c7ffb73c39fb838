"""Every table is shown somewhere or nowhere, and every address shows something."""

import pytest
from django.apps import apps

from remedies_site.pagecache.shown import NOT_SHOWN, WATCHED, scopes_of


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
