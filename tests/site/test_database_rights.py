"""The site serves with a role of PostgreSQL that may change rows and nothing else, as docs/operating.md says."""

import re
from pathlib import Path

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from accounts.models import User
from accounts.privacy.services import erase_member
from discussions.models import Comment
from remedies.models import RemedyConditionEntry
from remedies.services import vote_on_entry
from tests.factories import make_user
from tests.journeys import test_curation as curation
from tests.reading import Page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "operating.md"
SQL = re.compile(r"^## A role that owns nothing$.*?^```sql$(.*?)^```$", re.M | re.S)
SCHEMA_CHANGES = (
    "CREATE TABLE notes (words text)",
    "ALTER TABLE accounts_user ADD COLUMN extra text",
    "DROP TABLE discussions_comment",
    "TRUNCATE accounts_user CASCADE",
    "DROP TRIGGER remedies_entryrevision_final ON remedies_entryrevision",
    "ALTER TABLE remedies_entryrevision DISABLE TRIGGER USER",
    "CREATE OR REPLACE FUNCTION page_moved(moved text) RETURNS void LANGUAGE sql AS ''",
)


@pytest.fixture
def limited_role(db) -> None:
    """The rest of the test runs as the role of the page; it goes with the transaction of the test."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no roles")
    [statements] = SQL.findall(PAGE.read_text(encoding="utf-8"))
    with connection.cursor() as cursor:
        cursor.execute(statements.replace("FOR ROLE remedies ", "FOR ROLE CURRENT_USER "))
        cursor.execute("SET LOCAL ROLE remedies_web")


def test_pages_are_made_read_discussed_and_members_erased(limited_role) -> None:
    member = make_user(name="mara")
    curation.test_from_nothing_to_a_page_that_a_visitor_reads(None)
    entry = RemedyConditionEntry.objects.get()
    browser = Client()
    browser.force_login(member)
    vote_on_entry(entry, by=member, value=1, consent=True)
    page = entry.get_absolute_url()
    assert browser.get(page).status_code == 200
    assert "Zinc" in Page(Client().get("/search/?q=zinc")).words
    posted = browser.post(f"{page}comments/", {"body": "It did nothing for me."})
    assert posted.status_code == 303
    assert Comment.objects.get().author == member
    erase_member(member, words=True)
    assert not User.objects.filter(name="mara").exists()


@pytest.mark.parametrize("statement", SCHEMA_CHANGES)
def test_the_structure_of_the_database_is_out_of_its_reach(limited_role, statement) -> None:
    refused = pytest.raises(ProgrammingError, match=r"permission denied|must be owner")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
