import pytest

from conditions.services import rename_condition
from publishing.models import Kind
from remedies.grading.record import GradeRecord
from remedies.models import EntryRevision, Precaution, Remedy, RemedyConditionEntry
from remedies.services import (
    publish_entry,
    publish_remedy,
    rename_remedy,
    withdraw_entry,
    withdraw_remedy,
)
from remedies_site.exceptions import NotPublishable
from tests.factories import make_citation, make_condition, make_entry, make_remedy, make_user

pytestmark = pytest.mark.django_db


def shown(subject) -> dict:
    """The row's own copies of what is published, as they are stored."""
    values = type(subject).objects.values().get(pk=subject.pk)
    return {
        name: value
        for name, value in values.items()
        if name.startswith("shown_") or name == "sort_key"
    }


def test_publishing_a_remedy_copies_what_lists_show():
    make_citation("A1")
    remedy = make_remedy(
        "Sélénium", slug="selenium", kind="mineral", aliases="Se", what_it_is="It is [@A1]."
    )
    assert shown(remedy) == {
        "shown_name": "Sélénium",
        "shown_aliases": "Se",
        "shown_one_line": "What Sélénium is.",
        "shown_stops": [],
        "shown_kind": "mineral",
        "shown_citations": ["A1"],
        "sort_key": "selenium",
        "shown_text": "It is.",
    }


def test_publishing_an_entry_copies_what_lists_show():
    for key in ("A1", "B2"):
        make_citation(key)
    entry = make_entry(
        verdict="It **may** help [@B2].", mechanism="M [@A1].", effect="benefit", certainty="low"
    )
    assert shown(entry) == {
        "shown_effect": "benefit",
        "shown_certainty": "low",
        "shown_rank": 22,
        "shown_written_on": entry.written_on,
        "shown_teaser": "It may help.",
        "shown_cautions": [],
        "shown_people": None,
        "shown_doses": [],
        "shown_citations": ["A1", "B2", entry.evidence_items.get().citation.key],
        "shown_text": "It may help. M. Ask a pharmacist about your other medicines.",
    }


def test_only_loud_warnings_that_name_whom_reach_the_lists():
    entry = make_entry(published=False)
    for severity, who in (
        *(("stop", "you are ill"), ("ask", "you are old"), ("ask", "")),
        *(("caution", "you are young"), ("note", "you are well")),
    ):
        Precaution.objects.create(
            entry=entry, kind="caution", severity=severity, who=who, text="T.", checked=False
        )
    publish_entry(entry, by=None)
    assert shown(entry)["shown_cautions"] == [
        ["stop", "you are ill", []],
        ["ask", "you are old", []],
    ]


def test_signs_that_want_help_are_listed_apart_from_the_stops_the_loudest_first():
    entry = make_entry(published=False)
    for kind, severity, who in (
        ("get_help", "ask", "you sleep badly for weeks"),
        ("get_help", "stop", "you faint"),
        ("get_help", "caution", "you cough"),
        ("contraindication", "stop", "you faint"),
    ):
        Precaution.objects.create(
            entry=entry, kind=kind, severity=severity, who=who, text="T.", checked=False
        )
    publish_entry(entry, by=None)
    entry.refresh_from_db()
    assert {level.value: words for level, words in entry.listed_warnings().items()} == {
        "stop": ["you faint"],
        "help": ["you faint", "you sleep badly for weeks"],
        "ask": [],
        "major": [],
    }


def test_the_people_counted_and_the_doses_of_a_day_reach_the_lists():
    entry = make_entry(published=False)
    study = entry.evidence_items.get()
    study.n_analysed = 75
    study.save()
    entry.regimens.create(
        form="tablet",
        amount="12.5",
        unit="mg",
        per="dose",
        doses_per_day=2,
        basis="elemental",
        citation=study.citation,
    )
    publish_entry(entry, by=None)
    grade = GradeRecord.model_validate(entry.current_revision.grade)
    values = shown(entry)
    assert (values["shown_people"], grade.people) == (75, 75)
    assert values["shown_doses"] == [["25", "25", "mg", "elemental"]]


def test_drafts_leave_what_is_shown_untouched():
    entry = make_entry()
    before = shown(entry), shown(entry.remedy)
    entry.verdict, entry.effect, entry.certainty = "Secret.", "harm", "high"
    entry.save()
    entry.remedy.name = "Secret"
    entry.remedy.save()
    assert (shown(entry), shown(entry.remedy)) == before


def test_publishing_an_entry_leaves_the_drafts_of_its_remedy_and_condition():
    entry = make_entry()
    entry.remedy.name = entry.condition.name = "Secret"
    entry.remedy.save()
    entry.condition.save()
    entry.verdict = "We do not know, in new words."
    entry.save()
    publish_entry(entry, by=None)
    assert shown(entry)["shown_teaser"] == "We do not know, in new words."
    assert shown(entry.remedy)["shown_name"] != "Secret"
    assert shown(entry.condition)["shown_name"] != "Secret"


def test_who_published_and_why_is_kept():
    ana = make_user("editor", name="ana")
    entry = make_entry(published=False)
    revision = publish_entry(entry, by=ana, note="written", correction=True)
    assert (revision.author, revision.note, revision.kind) == (ana, "written", Kind.FIRST)
    assert set(revision.html) == {"verdict"}


@pytest.mark.parametrize("text", ["verdict", "mechanism", "dosing", "evidence", "warnings"])
def test_an_entry_that_cites_an_unknown_work_is_not_published(text):
    entry = make_entry(published=False, **{text: "Words [@Lost]."})
    with pytest.raises(NotPublishable, match="no citation has the key 'Lost'"):
        publish_entry(entry, by=None)
    assert not EntryRevision.objects.exists()
    assert shown(entry)["shown_effect"] == ""


def test_a_remedy_that_cites_an_unknown_work_is_not_published():
    remedy = make_remedy(published=False, considerations="Words [@Lost].")
    with pytest.raises(NotPublishable) as error:
        publish_remedy(remedy, by=None)
    assert error.value.errors == [("considerations", "no citation has the key 'Lost'")]


def test_an_unready_update_leaves_readers_the_last_good_one():
    entry = make_entry(verdict="We do not know, in good words.")
    entry.verdict, entry.written_on = "Bad words.", None
    entry.save()
    with pytest.raises(NotPublishable):
        publish_entry(entry, by=None)
    assert shown(entry)["shown_teaser"] == "We do not know, in good words."


def test_a_withdrawn_entry_answers_410_with_its_reason(client):
    entry = make_entry()
    withdraw_entry(entry, by=None, reason="The trial was retracted.")
    response = client.get(entry.get_absolute_url())
    assert response.status_code == 410
    assert "The trial was retracted." in response.content.decode()
    assert client.get(entry.remedy.get_absolute_url()).status_code == 200


def test_a_withdrawn_remedy_takes_its_entries_along_and_brings_them_back(client):
    entry = make_entry()
    withdraw_remedy(entry.remedy, by=None, reason="Two things under one name.")
    assert not RemedyConditionEntry.objects.published().exists()
    assert client.get(entry.get_absolute_url()).status_code == 410
    publish_remedy(entry.remedy, by=None)
    assert RemedyConditionEntry.objects.published().get() == entry
    assert client.get(entry.get_absolute_url()).status_code == 200


def test_withdrawing_keeps_what_was_shown():
    entry = make_entry()
    before = shown(entry)
    withdraw_entry(entry, by=None, reason="Why.")
    assert shown(entry) == before


def test_a_renamed_remedy_and_all_below_it_forward(client):
    make_entry(remedy := make_remedy("Mg"), make_condition("Insomnia"))
    rename_remedy(remedy, slug="magnesium")
    for below in ("", "-/r/1/", "insomnia/", "insomnia/r/1/"):
        response = client.get(f"/remedies/mg/{below}")
        assert (response.status_code, response["Location"]) == (301, f"/remedies/magnesium/{below}")
        assert client.get(f"/remedies/magnesium/{below}").status_code == 200


def test_a_remedy_that_got_its_old_name_back_is_at_home(client):
    make_entry(remedy := make_remedy("A"), make_condition("Insomnia"))
    for slug in ("b", "a"):
        rename_remedy(remedy, slug=slug)
    assert client.get("/remedies/a/").status_code == 200
    assert client.get("/remedies/a/insomnia/").status_code == 200
    assert client.get("/remedies/b/insomnia/")["Location"] == "/remedies/a/insomnia/"


def test_remedy_and_condition_may_both_be_renamed(client):
    entry = make_entry(make_remedy("Mg"), make_condition("RLS"))
    rename_condition(entry.condition, slug="legs")
    rename_remedy(entry.remedy, slug="magnesium")
    response = client.get("/remedies/mg/rls/")
    assert (response.status_code, response["Location"]) == (301, "/remedies/magnesium/legs/")


def test_a_new_page_at_an_old_path_is_shown_itself(client):
    rename_remedy(make_remedy("Mg"), slug="magnesium")
    make_remedy("Mg")
    assert client.get("/remedies/mg/").status_code == 200


def test_a_name_that_stays_moves_nothing():
    remedy = make_remedy("Magnesium")
    rename_remedy(remedy, slug="magnesium")
    assert Remedy.objects.get().slug == "magnesium"
