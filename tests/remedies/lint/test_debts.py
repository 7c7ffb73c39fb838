import pytest
from django.urls import reverse

from remedies.lint.debts import DebtKind, debts
from remedies.models import Precaution, RemedyConditionEntry
from remedies.services import publish_entry
from tests.factories import make_entry

pytestmark = pytest.mark.django_db


def test_a_page_owes_checked_warnings_a_search_and_what_was_not_read():
    entry = make_entry()
    kinds = [debt.kind for debt in debts() if debt.subject == entry]
    assert DebtKind.NO_SEARCH in kinds
    assert DebtKind.UNREAD not in kinds
    RemedyConditionEntry.objects.update(
        searched_on="2026-01-01", searched_where="a library", unread_works="A trial of 1990"
    )
    Precaution.objects.filter(entry=entry).delete()
    Precaution.objects.create(
        entry=entry, kind="caution", severity="ask", who="you are old", text="T.", checked=False
    )
    publish_entry(RemedyConditionEntry.objects.get(), by=None)
    owed = {debt.kind: debt.message for debt in debts() if debt.subject == entry}
    assert owed[DebtKind.UNCHECKED] == "1 of 1 warnings not yet checked against a source"
    assert owed[DebtKind.UNREAD] == "known and not read: A trial of 1990"
    assert DebtKind.NO_SEARCH not in owed


def test_drafts_owe_nothing():
    make_entry(published=False)
    assert not [debt for debt in debts() if isinstance(debt.subject, RemedyConditionEntry)]


def test_editors_read_their_debts(admin_client):
    make_entry()
    page = admin_client.get(reverse("admin:remedies_todo")).content.decode()
    assert "Debts to readers" in page
    assert "no search on record" in page
