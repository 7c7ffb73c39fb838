"""The first page of the admin: what waits, for whoever may do it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import OutgoingMail
from citations.models import LinkCheck
from discussions.moderation.services import report_comment
from remedies.lint import content_report as report
from remedies.lint.content_report import content_report, refresh_when_changed
from remedies.models import LintReport, RemedyConditionEntry
from remedies_site.last_backup import note_backup
from tests.admin_forms import Form
from tests.factories import make_citation, make_comment, make_entry, make_user
from tests.reading import Page, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_look_is_quick(monkeypatch):
    """Also on a busy machine."""
    monkeypatch.setattr(report, "QUICK_SECONDS", 300)


def front_page(role: str = "editor") -> Page:
    browser = Client()
    person = make_user("editor" if role == "operator" else role)
    person.is_superuser = role == "operator"
    person.save()
    browser.force_login(person)
    return Page(browser.get("/admin/"))


def panel(page: Page, key: str) -> str:
    """The words of one panel; empty where the page has none."""
    return words(page.by_id(f"panel-{key}")) if page.has(f"panel-{key}") else ""


def test_an_editor_sees_what_pages_need():
    entry = make_entry(published=False, evidence="It helped 75 people.")
    page = front_page()
    assert "needs a source" in panel(page, "errors")
    assert str(entry) in panel(page, "errors")
    assert "No page cites a retracted work." in panel(page, "retracted")
    for key in ("mails", "backup", "moderation"):
        assert panel(page, key) == ""


def test_what_is_due_or_owed_is_counted_and_leads_to_the_whole_list():
    make_entry(review_due=timezone.localdate() + timedelta(days=5))
    page = front_page()
    assert panel(page, "due").startswith("Reviews due 1 ")
    assert "no search on record" in panel(page, "debts")
    links = [link.get("href") for link in page.by_id("panel-debts").iter("a")]
    assert links[-1] == "/admin/remedies/remedyconditionentry/to-do/#debts"


@pytest.mark.django_db(transaction=True)  # a change counts once in a transaction
def test_a_change_is_seen_by_the_next_request():
    entry = make_entry(published=False, evidence="It helped 75 people.")
    assert "needs a source" in panel(front_page(), "errors")
    RemedyConditionEntry.objects.filter(pk=entry.pk).update(evidence="")
    assert panel(front_page(), "errors") == "Errors No page has an error."


@pytest.mark.django_db(transaction=True)  # a change counts once in a transaction
def test_where_the_look_takes_long_the_last_one_is_shown_with_its_time(monkeypatch):
    entry = make_entry(published=False, evidence="It helped 75 people.")
    today = timezone.localdate()
    content_report(today)
    LintReport.objects.update(seconds=301)
    RemedyConditionEntry.objects.filter(pk=entry.pk).update(evidence="")
    kept = content_report(today)
    assert kept.sections["errors"].count == 1
    assert not kept.is_current
    assert "pages have changed since" in panel(front_page(), "errors")
    assert not refresh_when_changed(today)  # the worker waits ten times as long as the look took
    LintReport.objects.update(computed_at=timezone.now() - timedelta(hours=1))
    assert refresh_when_changed(today)
    assert content_report(today).sections["errors"].count == 0
    assert not refresh_when_changed(today)


def test_a_large_site_without_a_look_leaves_it_to_the_worker(monkeypatch):
    make_entry()
    monkeypatch.setattr(report, "QUICK_SUBJECTS", 2)
    assert content_report(timezone.localdate()).computed_at is None
    assert "Nobody has looked yet" in panel(front_page(), "errors")


def test_the_lists_are_cut_and_say_so(monkeypatch, admin_client):
    monkeypatch.setattr(report, "MOST_LINES", 2)
    for number in range(3):
        make_citation(f"Lonely{number}")
    page = admin_client.get("/admin/remedies/remedyconditionentry/to-do/").content.decode()
    assert "Works that nothing published cites (3)" in page
    assert "These are the first 2." in page


def test_an_editor_finds_the_drafts_that_they_saved(client):
    entry = make_entry()
    edda = make_user("editor")
    client.force_login(edda)
    url = f"/admin/remedies/remedyconditionentry/{entry.pk}/change/"
    Form.open(client, url).fill(warnings="Ask a pharmacist.").press("_save")
    mine, other = Page(client.get("/admin/")), front_page()
    assert str(entry) in panel(mine, "drafts")
    assert "All that you saved is published." in panel(other, "drafts")


def test_operators_see_mails_that_fail_and_the_last_backup(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    OutgoingMail.objects.create(
        message_id="<a@x>", sender="a@x", recipients=["secret@x.org"], content=b"x", attempts=3
    )
    page = front_page("operator")
    assert "3 attempts failed" in panel(page, "mails")
    assert "secret" not in panel(page, "mails")
    assert "No backup is known" in panel(page, "backup")
    copy = tmp_path / "copy.sqlite3"
    copy.write_bytes(b"x" * 10)
    note_backup(copy)
    assert "copy.sqlite3" in panel(front_page("operator"), "backup")
    assert "There is a backup of the last two days." in panel(front_page("operator"), "backup")


def test_moderators_see_how_many_comments_wait_and_no_word_of_them():
    comment = make_comment(make_entry(), body="A private word of mine.")
    report_comment(comment, by=None, reason="other", detail="Look.")
    shown = panel(front_page("moderator"), "moderation")
    assert "1 comment waits" in shown
    assert "private" not in shown
    assert panel(front_page("moderator"), "errors") == ""


def test_broken_links_stand_with_their_reason():
    work = make_citation("Lost2019", doi="", url="https://example.org/x")
    LinkCheck.objects.create(
        citation=work, url=work.link, checked_at=timezone.now(), status=410,
        message="The host answers with 410.", broken_since=timezone.now(),
    )  # fmt: skip
    assert "Lost2019 The host answers with 410." in panel(front_page(), "links")
    browser = Client()
    browser.force_login(make_user("editor"))
    rows = browser.get("/admin/citations/citation/?link_check__broken_since__isempty=0")
    assert "Lost2019" in rows.content.decode()


@pytest.mark.parametrize(
    ("role", "sees"),
    [("editor", True), ("publisher", True), ("moderator", False), ("member", False)],
)
def test_who_may_change_a_page_finds_the_way_there(role, sees):
    entry = make_entry()
    browser = Client()
    browser.force_login(make_user(role))
    for subject in (entry, entry.remedy, entry.condition):
        page = browser.get(subject.get_absolute_url()).content.decode()
        meta = subject._meta
        url = f"/admin/{meta.app_label}/{meta.model_name}/{subject.pk}/change/"
        assert (f'href="{url}"' in page) is sees, (role, subject)
    assert "Edit this page" not in Client().get(entry.get_absolute_url()).content.decode()


def test_the_first_page_takes_the_same_queries_at_every_size(django_assert_max_num_queries, client):
    client.force_login(make_user("editor"))
    counts = []
    for more in (1, 3, 9):
        for _number in range(more):
            make_entry(published=False, evidence="It helped 75 people.")
            work = make_citation(doi="", url="https://example.org/x")
            LinkCheck.objects.create(
                citation=work, url=work.link, checked_at=timezone.now(), message="Gone.",
                broken_since=timezone.now(),
            )  # fmt: skip
        client.get("/admin/")  # looks over the pages
        with django_assert_max_num_queries(40) as queries:
            client.get("/admin/")
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


def test_the_command_that_backs_up_notes_it(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    from remedies_site.last_backup import last_backup

    assert last_backup() is None
    (tmp_path / "last-backup.json").write_text("{broken", encoding="utf-8")
    assert last_backup() is None
