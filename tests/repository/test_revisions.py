"""Every table of revisions is final in the database itself, whatever migrations come."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from publishing.models import Revision
from tests.factories import make_entry

TABLES = [model for model in apps.get_models() if issubclass(model, Revision)]


@pytest.fixture
def revisions(db):
    """One published revision of each kind."""
    make_entry()


def test_there_is_a_table_for_conditions_remedies_and_entries() -> None:
    assert len(TABLES) == 3


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
@pytest.mark.parametrize(
    ("column", "value"), [("document", {"changed": True}), ("number", 99), ("note", "another")]
)
def test_the_database_refuses_to_change_a_revision(revisions, table, column, value) -> None:
    with pytest.raises(IntegrityError, match="final"), transaction.atomic():
        table.objects.update(**{column: value})


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_redrawn_html_may_be_stored(revisions, table) -> None:
    table.objects.update(html={"verdict": "drawn anew"}, renderer_version=99)
    assert table.objects.get().renderer_version == 99
