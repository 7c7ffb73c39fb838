"""Two works or two conditions become one: shown first, by two people where the site wants it."""

import re

import pytest
from django.test import Client

from citations.models import Citation, FormerKey
from citations.references import PageReferences
from conditions.models import Condition
from publishing.merging.services import (
    approve_merge,
    plan_merge,
    plan_waiting,
    reject_merge,
    submit_merge,
)
from publishing.models import DraftEdit, Kind, Merge, ReviewState
from publishing.review.drafts import draft_authors, lock_draft, record_edit
from publishing.review.works import CITATIONS
from publishing.services import subject_type
from remedies.models import EvidenceItem, Precaution, Remedy, RemedyConditionEntry
from remedies.schema import EntryDocument
from remedies.services import publish_entry, publish_remedy, vote_on_entry
from remedies_site.exceptions import InvalidInput, NotPermitted
from tests.factories import (
    make_citation,
    make_comment,
    make_condition,
    make_entry,
    make_remedy,
    make_user,
)
from tests.remedies.conftest import everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    return make_user("publisher", name="ana")


def seen_of(merge):
    return plan_waiting(merge).digest


@pytest.fixture
def works():
    """An old work that an entry cites in every way, and the one that stays."""
    old = make_citation("Old2020", doi="10.1000/old")
    new = make_citation("New2020", pmid="77")
    entry = make_entry(verdict="We do not know whether it helps [@Old2020; @New2020, p. 3].")
    item = entry.evidence_items.get()
    item.citation = old
    item.save()
    caution = entry.precautions.get()
    caution.checked = True
    caution.save()
    caution.citations.set([old, new])
    publish_entry(entry, by=None)
    return old, new, entry


def test_what_cites_the_one_cites_the_other(works, ana, client):
    old, new, entry = works
    before = entry.current_revision
    merge = submit_merge(old, new, by=ana, note="The same trial.")
    assert merge.state == ReviewState.PUBLISHED
    entry = RemedyConditionEntry.objects.get(pk=entry.pk)
    assert entry.verdict == "We do not know whether it helps [@New2020; @New2020, p. 3]."
    assert entry.evidence_items.get().citation == new
    assert list(entry.precautions.get().citations.all()) == [new]
    assert entry.shown_citations == ["New2020"]
    revision = entry.current_revision
    assert (revision.kind, revision.author, revision.number) == (
        Kind.SYSTEM,
        None,
        before.number + 1,
    )
    assert "Old2020" not in str(revision.document) + str(revision.html)
    assert revision.document == subject_type(RemedyConditionEntry).to_document(entry).canonical()
    new.refresh_from_db()
    assert (new.doi, new.pmid) == ("10.1000/old", "77")
    assert not Citation.objects.filter(key="Old2020").exists()
    response = client.get("/references/Old2020/")
    assert (response.status_code, response["Location"]) == (301, "/references/New2020/")
    assert client.get(entry.get_absolute_url()).status_code == 200


def test_old_revisions_still_find_the_work_and_number_it_once(
    works, ana, django_assert_num_queries
):
    old, new, entry = works
    before = entry.current_revision.document
    submit_merge(old, new, by=ana, note="The same trial.")
    with django_assert_num_queries(2):
        references = PageReferences(["Old2020", "New2020"])
    references.marks(["Old2020", "New2020"])
    (listed,) = references.listed()
    assert listed.work == new
    assert EntryDocument.model_validate(before).evidence_items[0].citation == "Old2020"


def test_a_merged_key_is_never_given_again(works, ana, client):
    old, new, _entry = works
    submit_merge(old, new, by=ana, note="The same trial.")
    client.force_login(ana)
    data = {
        "key": "Old2020",
        "title": "Another",
        "url": "https://example.org/x",
        "study_type": "guideline",
    }
    page = client.post("/admin/citations/citation/add/", data).content.decode()
    assert "merged into New2020" in page
    third = make_citation("Third")
    submit_merge(Citation.objects.get(key="New2020"), third, by=ana, note="All one.")
    assert dict(FormerKey.objects.values_list("key", "work__key")) == {
        "Old2020": "Third",
        "New2020": "Third",
    }
    assert client.get("/references/Old2020/")["Location"] == "/references/Third/"


def test_drafts_keep_their_authors_through_a_merge(works, ana, settings):
    settings.REVIEW = "two"
    old, new, entry = works
    edda, kind = make_user("editor", name="edda"), subject_type(RemedyConditionEntry)
    before = lock_draft(entry, kind.schema)
    entry.dosing = "Doses [@Old2020]."
    entry.save()
    entry.evidence_items.get()
    record_edit(entry, kind.schema, before, edda)
    merge = submit_merge(old, new, by=edda, note="The same trial.")
    approve_merge(merge, by=ana, seen=seen_of(merge))
    entry = RemedyConditionEntry.objects.get(pk=entry.pk)
    assert entry.dosing == "Doses [@New2020]."
    assert "Old2020" not in str(list(DraftEdit.objects.values_list("changes", flat=True)))
    assert [author.name for author in draft_authors(entry, kind.schema)] == ["edda"]


CONFLICTS = {
    "two DOIs": ({"doi": "10.1000/other"}, "different DOI"),
    "a retraction": ({"retracted_on": "2026-01-01"}, "agree on a retraction"),
    "another kind of study": ({"study_type": "guideline"}, "kind of study"),
}


@pytest.mark.parametrize("conflict", CONFLICTS)
def test_works_that_may_be_two_are_not_merged(works, ana, conflict):
    old, new, _entry = works
    values, sentence = CONFLICTS[conflict]
    Citation.objects.filter(pk=new.pk).update(**values)
    new.refresh_from_db()
    before = everything()
    with pytest.raises(InvalidInput, match=sentence):
        submit_merge(old, new, by=ana, note="The same.")
    assert everything() == before


def test_a_change_that_waits_comes_first(works, ana, settings):
    settings.REVIEW = "two"
    old, new, _entry = works
    document = CITATIONS.to_document(old).model_copy(update={"title": "Another"})
    CITATIONS.submit(document, by=make_user("editor", name="edda"), note="Looked it up.")
    with pytest.raises(InvalidInput, match="by edda waits"):
        submit_merge(old, new, by=ana, note="The same.")


def test_with_review_two_a_second_person_decides(works, ana, settings):
    settings.REVIEW = "two"
    old, new, _entry = works
    before = everything()
    merge = submit_merge(old, new, by=ana, note="The same trial.")
    after = everything()
    assert {name for name in after if after[name] != before[name]} == {"publishing_merge"}
    with pytest.raises(NotPermitted):
        approve_merge(merge, by=ana, seen=seen_of(merge))
    with pytest.raises(NotPermitted):
        approve_merge(merge, by=make_user("editor"), seen=seen_of(merge))
    with pytest.raises(InvalidInput, match="waits already"):
        submit_merge(old, new, by=make_user("editor"), note="Again.")
    ben = make_user("publisher", name="ben")
    merge = approve_merge(merge, by=ben, seen=seen_of(merge))
    assert (merge.author, merge.approver, merge.state) == (ana, ben, ReviewState.PUBLISHED)
    assert not Citation.objects.filter(key="Old2020").exists()
    with pytest.raises(InvalidInput, match="decided already"):
        approve_merge(merge, by=ben, seen=seen_of(merge))


def test_a_merge_is_rejected_with_a_reason_or_taken_back(works, ana, settings):
    settings.REVIEW = "two"
    old, new, _entry = works
    merge = submit_merge(old, new, by=ana, note="The same trial.")
    ben = make_user("publisher")
    with pytest.raises(InvalidInput, match="Say why"):
        reject_merge(merge, by=ben, reason=" ")
    assert reject_merge(merge, by=ben, reason="Two trials.").state == ReviewState.REJECTED
    merge = submit_merge(old, new, by=ana, note="Once more.")
    assert reject_merge(merge, by=ana, reason="").state == ReviewState.TAKEN_BACK


def test_with_review_one_publishers_merge(works):
    old, new, _entry = works
    with pytest.raises(NotPermitted):
        submit_merge(old, new, by=make_user("editor"), note="The same.")
    with pytest.raises(InvalidInput, match="Say why"):
        submit_merge(old, new, by=make_user("publisher"), note=" ")


# ---- conditions --------------------------------------------------------------------------------


@pytest.fixture
def conditions():
    """Sleeplessness with an entry and a warning that names it, to become part of insomnia."""
    sleepless = make_condition("Sleeplessness", aliases="cannot sleep")
    insomnia = make_condition("Insomnia")
    entry = make_entry(make_remedy("Magnesium"), sleepless)
    warning = Precaution.objects.create(
        remedy=entry.remedy,
        kind="caution",
        severity="stop",
        who="you have bad kidneys",
        text="Ask a doctor first.",
        checked=False,
    )
    warning.matters_for.set([sleepless])
    publish_remedy(entry.remedy, by=None)
    return sleepless, insomnia, entry


def test_what_belongs_to_the_one_moves_to_the_other(conditions, ana, client):
    sleepless, insomnia, entry = conditions
    member = make_user()
    vote_on_entry(entry, by=member, value=1, consent=True)
    comment = make_comment(entry)
    submit_merge(sleepless, insomnia, by=ana, note="One condition.")
    entry = RemedyConditionEntry.objects.get(pk=entry.pk)
    assert entry.condition == insomnia
    assert entry.current_revision.document["condition"] == "insomnia"
    assert entry.up_count == 1
    page = client.get("/remedies/magnesium/insomnia/").content.decode()
    assert comment.body in page
    for old, new in (
        ("/conditions/sleeplessness/", "/conditions/insomnia/"),
        ("/remedies/magnesium/sleeplessness/", "/remedies/magnesium/insomnia/"),
    ):
        response = client.get(old)
        assert (response.status_code, response["Location"]) == (301, new)
    insomnia = Condition.objects.get(pk=insomnia.pk)
    assert insomnia.shown_alias_list == ["Sleeplessness", "cannot sleep"]
    assert insomnia.aliases == "Sleeplessness\ncannot sleep"
    assert "Insomnia" in client.get("/search/?q=sleeplessness").content.decode()
    remedy = Remedy.objects.get(pk=entry.remedy_id)
    assert remedy.current_revision.document["precautions"][0]["matters_for"] == ["insomnia"]
    assert [stop[2] for stop in remedy.shown_stops] == [["insomnia"]]
    assert Condition.objects.get(pk=sleepless.pk).withdrawn_reason == "Merged into “Insomnia”."
    assert client.get("/conditions/insomnia/").status_code == 200


def test_two_entries_for_one_remedy_are_settled_by_an_editor(conditions, ana):
    sleepless, insomnia, entry = conditions
    make_entry(entry.remedy, insomnia)
    before = everything()
    with pytest.raises(InvalidInput) as error:
        submit_merge(sleepless, insomnia, by=ana, note="One condition.")
    assert "/remedies/magnesium/sleeplessness/ and /remedies/magnesium/insomnia/" in str(
        error.value
    )
    assert everything() == before


def test_a_condition_that_readers_do_not_see_is_no_part_of_a_merge(conditions, ana):
    _sleepless, insomnia, _entry = conditions
    with pytest.raises(InvalidInput, match="is not published"):
        submit_merge(make_condition("Draft", published=False), insomnia, by=ana, note="One.")


def test_the_preview_names_each_page_that_changes(conditions):
    sleepless, insomnia, _entry = conditions
    plan = plan_merge(sleepless, insomnia)
    text = "\n".join(plan.changes)
    assert "/remedies/magnesium/sleeplessness/ moves to /remedies/magnesium/insomnia/" in text
    assert "found as Sleeplessness, cannot sleep too" in text
    assert "/remedies/magnesium/: a revision of the system" in text
    assert plan.conflicts == []


def test_the_pages_show_first_and_then_merge(conditions, ana):
    sleepless, _insomnia, _entry = conditions
    browser = Client()
    browser.force_login(ana)
    url = f"/admin/conditions/condition/{sleepless.pk}/merge/"
    assert browser.get(url).status_code == 200
    before = everything()
    page = browser.get(f"{url}?into=insomnia").content.decode()
    assert "moves to /remedies/magnesium/insomnia/" in page
    assert browser.get(f"{url}?into=nothing").status_code == 400
    assert everything()["conditions_condition"] == before["conditions_condition"]
    assert browser.post(url, {"into": "insomnia", "note": ""}).status_code == 400
    response = browser.post(url, {"into": "insomnia", "note": "One condition."})
    assert response.status_code == 302
    assert browser.get(response["Location"]).status_code == 200
    assert Merge.objects.get().state == ReviewState.PUBLISHED


def test_a_crafted_post_of_the_author_approves_nothing(works, ana, settings):
    settings.REVIEW = "two"
    old, new, _entry = works
    merge = submit_merge(old, new, by=ana, note="The same trial.")
    browser = Client()
    browser.force_login(ana)
    url = f"/admin/publishing/merge/{merge.pk}/decide/"
    assert browser.get(url).status_code == 405
    assert browser.post(url, {"decision": "approve"}).status_code == 403
    ben = make_user("publisher")
    browser.force_login(ben)
    page = browser.get(f"/admin/publishing/merge/{merge.pk}/change/").content.decode()
    assert "Approve: merge them" in page
    browser.post(url, {"decision": "approve"})  # as if no page had been looked at
    assert Merge.objects.get().state == ReviewState.WAITING
    data = {"decision": "approve", "seen": re.search(r'name="seen" value="(\w+)"', page)[1]}
    assert browser.post(url, data).status_code == 302
    assert EvidenceItem.objects.filter(citation=new).exists()


def test_a_merge_that_changes_more_than_its_approver_saw_is_not_made(conditions, ana, settings):
    settings.REVIEW = "two"
    sleepless, insomnia, _entry = conditions
    merge = submit_merge(sleepless, insomnia, by=ana, note="One condition.")
    ben = make_user("publisher")
    seen = seen_of(merge)
    make_entry(make_remedy("Zinc"), sleepless)
    with pytest.raises(InvalidInput, match="not what you saw"):
        approve_merge(merge, by=ben, seen=seen)
    browser = Client()
    browser.force_login(ben)
    page = browser.get(f"/admin/publishing/merge/{merge.pk}/change/").content.decode()
    assert "/remedies/zinc/sleeplessness/ moves to /remedies/zinc/insomnia/" in page
    assert seen_of(merge) in page
    approve_merge(merge, by=ben, seen=seen_of(merge))
    assert Merge.objects.get().state == ReviewState.PUBLISHED


def test_renaming_shows_the_redirects_first(conditions, ana, client, settings):
    _sleepless, _insomnia, entry = conditions
    client.force_login(ana)
    url = f"/admin/conditions/condition/{entry.condition_id}/rename/"
    page = client.get(f"{url}?slug=no-sleep").content.decode()
    assert "/conditions/sleeplessness/ → /conditions/no-sleep/" in page
    assert "/remedies/magnesium/sleeplessness/ → /remedies/magnesium/no-sleep/" in page
    assert Condition.objects.filter(slug="sleeplessness").exists()
    assert client.get(f"{url}?slug=insomnia").status_code == 400
    assert client.post(url, {"slug": "Bad Slug"}).status_code == 400
    assert client.post(url, {"slug": "no-sleep"}).status_code == 302
    client.logout()
    assert client.get("/remedies/magnesium/sleeplessness/").status_code == 301
    settings.REVIEW = "two"
    client.force_login(make_user("editor"))
    assert client.get(url).status_code == 403
