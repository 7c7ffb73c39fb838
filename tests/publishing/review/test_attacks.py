"""What one person must not do alone where REVIEW=two: each road was open once."""

import pytest

from conditions.models import Condition
from remedies.models import Precaution
from tests.admin_forms import add, admin_url, change, messages_of
from tests.factories import make_user
from tests.reading import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_people")]
LEGS = "/remedies/magnesium/restless-legs-syndrome/"


# ---- circumstances -----------------------------------------------------------------------------


@pytest.mark.parametrize("members", ["", "minocycline"])
def test_nobody_empties_a_circumstance_alone(people, antibiotics, members):
    assert people.warnings_for("doxycycline") == 1
    for browser in (people.edda_s, people.paula_s):
        form = change(browser, antibiotics)
        form.fill(members=members, change_note="It was wrong.").press()
        assert people.warnings_for("doxycycline") == 1
    antibiotics.refresh_from_db()
    assert antibiotics.member_list == ["doxycycline", "minocycline"]


def test_nobody_adds_a_circumstance_alone(people):
    form = add(people.edda_s, "remedies_circumstance")
    form.fill(name="ill", slug="ill", kind="condition", change_note="New.").press()
    assert 'value="ill"' not in people.world.vera.get("/check/").content.decode()


def test_nobody_deletes_a_circumstance(people, antibiotics, admin_user):
    for browser in (people.edda_s, people.paula_s, people.world.browser_of(admin_user)):
        url = admin_url(antibiotics, "delete")
        assert browser.post(url, {"post": "yes"}).status_code == 403
        sent = {"action": "delete_selected", "_selected_action": [antibiotics.pk], "post": "yes"}
        browser.post(url.partition(f"{antibiotics.pk}/")[0], sent, follow=True)
        assert people.warnings_for("doxycycline") == 1


# ---- works of the library ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "values",
    [
        {"study_type": "case_report"},
        {"retracted_on": "2026-01-01"},
        {"sample_size": "2"},
        {"year": "1999"},
        {"title": "Another work"},
        {"url": "https://elsewhere.example/"},
    ],
    ids=str,
)
def test_nobody_changes_a_cited_work_alone(people, values):
    before = people.page(LEGS), people.page(f"{LEGS}grade/")
    for browser in (people.edda_s, people.paula_s):
        change(browser, people.world.trial).fill(**values, change_note="It was wrong.").press()
        assert (people.page(LEGS), people.page(f"{LEGS}grade/")) == before
    assert people.world.legs_entry.revisions.count() == 1


def test_a_work_that_somebody_else_approves_grades_what_cites_it_again(people):
    entry = people.world.legs_entry
    change(people.edda_s, people.world.trial).fill(
        study_type="case_report", change_note="It reports one case."
    ).press()
    assert entry.revisions.count() == 1
    revision = people.world.trial.revisions.get()
    sent = {"decision": "approve"}
    assert people.edda_s.post(admin_url(revision, "decide"), sent).status_code == 403
    people.paula_s.post(admin_url(revision, "decide"), sent)
    newest = entry.revisions.first()
    assert (newest.number, newest.kind) == (2, "system")
    assert newest.note == "Changed in the library: Ahlberg2020."


# ---- whose words -------------------------------------------------------------------------------


def test_a_publisher_s_words_are_not_published_by_themselves_after_another_s_save(people):
    entry = people.world.legs_entry
    change(people.paula_s, entry).fill(clinical="Words of Paula alone.").press()
    change(people.edda_s, entry).fill(dosing="A word of Edda.").press()
    messages = messages_of(change(people.paula_s, entry).press("_publish"))
    assert "some of the words that wait are yours" in messages
    assert "Words of Paula" not in people.page(LEGS)
    change(people.pim_s, entry).press("_publish")
    assert "Words of Paula" in people.page(LEGS)
    revision = entry.revisions.first()
    assert (revision.author_name, revision.approver) == ("paula, edda", people.pim)


def test_who_types_a_publisher_s_words_again_does_not_make_them_theirs(people):
    entry = people.world.legs_entry
    change(people.paula_s, entry).row(
        "precautions",
        kind="caution",
        severity="caution",
        text="Paula says to wait some hours.",
        checked=None,
    ).press()
    change(people.edda_s, entry).fill(**{"precautions-1-DELETE": "on"}).press()
    change(people.edda_s, entry).row(
        "precautions",
        kind="caution",
        severity="caution",
        text="Now Paula says to wait some hours.",
        checked=None,
    ).press()
    assert Precaution.objects.filter(entry=entry).count() == 2
    change(people.paula_s, entry).press("_publish")
    assert "to wait some hours" not in people.page(LEGS)


def test_an_untouched_save_makes_nobody_an_author(people):
    """Browsers send texts of several lines with other line ends than the database holds."""
    entry = people.world.legs_entry
    type(entry).objects.filter(pk=entry.pk).update(clinical="One line.\n\nAnother line.")
    change(people.edda_s, entry).fill(dosing="A word of Edda.").press()
    form = change(people.paula_s, entry)
    form.fields = {
        name: value.replace("\n", "\r\n") if isinstance(value, str) else value
        for name, value in form.fields.items()
    }
    form.press("_publish")
    revision = entry.revisions.first()
    assert (revision.number, revision.author, revision.approver) == (
        2, people.world.edda, people.paula,
    )  # fmt: skip


def test_nobody_approves_what_was_saved_after_they_opened_the_form(people):
    entry = people.world.legs_entry
    form = change(people.paula_s, entry)
    change(people.edda_s, entry).row(
        "precautions", kind="caution", severity="caution", text="Wait some hours.", checked=None
    ).press()
    response = form.press("_publish")
    assert response.status_code == 409
    assert "somebody else saved this" in messages_of(response)
    assert "Wait some hours." not in people.page(LEGS)


def test_a_form_that_comes_back_with_an_error_has_seen_no_more_than_before(people):
    entry = people.world.legs_entry
    form = change(people.paula_s, entry)
    change(people.edda_s, entry).fill(dosing="A word of Edda.").press()
    response = form.fill(verdict="It may help [@NoSuchWork2020].").press("_publish")
    assert f'name="_seen" value="{form.fields["_seen"]}"' in response.content.decode()
    assert "“Publish” shows readers what somebody else wrote." in Page(response).words


def test_a_form_that_does_not_say_what_was_seen_approves_nothing(people):
    entry = people.world.legs_entry
    change(people.edda_s, entry).fill(dosing="A word of Edda.").press()
    change(people.paula_s, entry).fill(_seen=None).press("_publish")
    assert "A word of Edda." not in people.page(LEGS)


@pytest.mark.parametrize("part", ["magnesium", "restless_legs", "legs_entry"])
def test_nobody_publishes_their_own_change_of_any_subject(people, part):
    subject = getattr(people.world, part)
    field = {"magnesium": "considerations", "restless_legs": "overview"}.get(part, "clinical")
    for name, browser in (("Edda", people.edda_s), ("Paula", people.paula_s)):
        for button in ("_save", "_publish", "_submit_review", "_continue", "_addanother"):
            text = f"Newly said by {name}, {button}."
            change(browser, subject).fill(**{field: text}).press(button)
    assert "Newly said" not in people.page(subject.get_absolute_url())


def test_who_restores_what_somebody_else_gave_up_is_an_author_of_it(people):
    entry = people.world.legs_entry
    for text in ("Take far too much of it.", "Take little of it."):
        change(people.edda_s, entry).fill(clinical=text).press()
    change(people.paula_s, entry).fill(clinical="Take far too much of it.").press("_publish")
    change(people.paula_s, entry).press("_publish")
    assert "far too much" not in people.page(LEGS)


def test_a_warning_is_not_taken_out_alone(people):
    entry = people.world.magnesium
    text = "The body may not get rid of it."
    change(people.paula_s, entry).fill(**{"precautions-0-DELETE": "on"}).press("_publish")
    change(people.paula_s, entry).press("_publish")
    assert text in people.page(entry.get_absolute_url())
    change(people.pim_s, entry).press("_publish")
    assert text not in people.page(entry.get_absolute_url())


def test_an_editor_does_not_move_a_public_page_alone(people):
    legs = people.world.restless_legs
    people.edda_s.post(admin_url(legs), {**change(people.edda_s, legs).fields, "slug": "moved"})
    assert Condition.objects.get(pk=legs.pk).slug == "restless-legs-syndrome"
    change(people.paula_s, legs).fill(slug="moved").press()
    assert Condition.objects.get(pk=legs.pk).slug == "moved"


def test_what_was_withdrawn_is_brought_back_by_a_publisher_under_its_author_s_name(people):
    entry = people.world.legs_entry
    change(people.edda_s, entry).fill(dosing="A word of Edda.").press()
    change(people.paula_s, entry).press("_publish")
    people.edda_s.post(admin_url(entry, "withdraw"), {"reason": "In doubt."})
    change(people.edda_s, entry).press("_publish")
    assert people.world.vera.get(LEGS).status_code == 410
    change(people.pim_s, entry).press("_publish")
    assert people.world.vera.get(LEGS).status_code == 200
    revision = entry.revisions.first()
    assert (revision.author_name, revision.approver) == ("edda", people.pim)


def test_the_form_says_what_waits_by_whom_and_for_whom(people):
    entry = people.world.legs_entry
    change(people.edda_s, entry).fill(dosing="A word of Edda.").press()
    mine, hers = (Page(b.get(admin_url(entry))).words for b in (people.edda_s, people.paula_s))
    for page in (mine, hers):
        assert "1 change that readers do not see yet, by edda" in page
        assert "A word of Edda." in page
    assert "You cannot publish this: a second person has to" in mine
    assert "You may publish this" in hers
    other = people.world.browser_of(make_user("editor"))
    assert (
        "a publisher has to approve what somebody else wrote (edda)"
        in Page(other.get(admin_url(entry))).words
    )
