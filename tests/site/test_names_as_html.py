"""HTML in the words of editors and moderators is words on every surface, for readers and in the admin."""

import pytest
from django.test import Client
from django.urls import reverse

from conditions.services import publish_condition
from discussions.moderation.services import remove_comment, report_comment
from remedies.services import publish_entry, publish_remedy, withdraw_entry
from tests.factories import make_comment, make_user
from tests.surfaces import addresses_of

pytestmark = pytest.mark.every_page

BAD = "<img src=x onerror=alert(x)>\"'><script>alert(x)</script>"
RAW = ("<img src=x", "<script>alert")


@pytest.fixture
def entry(world):
    """A published entry whose every name and line is HTML."""
    entry = world.legs_entry
    remedy, condition = entry.remedy, entry.condition
    for subject in (remedy, condition):
        subject.name = f"Zz {BAD}"[:80]
        subject.aliases = f"Other {BAD}"
        subject.one_line = f"One {BAD}"
        subject.save()
    for row in [*remedy.interactions.all(), *remedy.precautions.all(), *entry.precautions.all()]:
        for field in ("substance", "effect", "advice", "who", "text"):
            if hasattr(row, field):
                setattr(row, field, f"Row {BAD}")
        row.save()
    for item in entry.evidence_items.all():
        item.outcome = f"Outcome {BAD}"
        item.save()
    for work in (world.trial, world.review):
        work.title, work.authors = f"Title {BAD}", f"Author {BAD}"
        work.save()
    publish_remedy(remedy, by=None)
    publish_condition(condition, by=None)
    publish_entry(entry, by=None)
    entry.refresh_from_db()
    return entry


def test_readers_get_words(entry, client):
    shown = 0
    for _name, address in addresses_of(entry):
        response = client.get(address)
        html = response.content.decode()
        if response.get("Content-Type", "").startswith("text/html"):
            assert not [raw for raw in RAW if raw in html], address
            shown += "&lt;img src=x" in html
    assert shown > 10


def test_a_reason_of_a_moderator_or_editor_is_words(entry, client):
    moderator = make_user("moderator")
    comment = make_comment(entry)
    remove_comment(comment, by=moderator, reason=BAD)
    page = client.get(entry.get_absolute_url()).content.decode()
    assert "&lt;img src=x" in page
    assert not [raw for raw in RAW if raw in page]
    withdraw_entry(entry, by=moderator, reason=BAD)
    gone = client.get(entry.get_absolute_url())
    assert gone.status_code == 410
    assert "&lt;img src=x" in gone.content.decode()
    assert not [raw for raw in RAW if raw in gone.content.decode()]


@pytest.mark.parametrize("role", ["editor", "moderator"])
def test_the_admin_shows_words(entry, role):
    comment = make_comment(entry, body=BAD)
    report_comment(comment, by=None, reason="other", detail=BAD)
    browser = Client()
    browser.force_login(make_user(role))
    names = [
        "conditions_condition", "remedies_remedy", "remedies_remedyconditionentry",
        "citations_citation", "discussions_comment", "discussions_report", "remedies_remedyrevision",
    ]  # fmt: skip
    addresses = [reverse(f"admin:{name}_changelist") for name in names]
    for subject, name in ((entry, "remedyconditionentry"), (entry.remedy, "remedy")):
        for page in ("change", "history"):
            addresses.append(reverse(f"admin:remedies_{name}_{page}", args=[subject.pk]))
    addresses.append(reverse("admin:remedies_todo"))
    opened = 0
    for address in addresses:
        response = browser.get(address)
        html = response.content.decode()
        opened += response.status_code == 200
        assert not [raw for raw in RAW if raw in html], address
    assert opened >= 5
