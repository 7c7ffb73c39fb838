"""Acceptance 4 of the first half: what is right is loaded once, what is wrong changes nothing."""

import time
from datetime import date, timedelta
from io import StringIO
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from citations.models import Citation
from conditions.models import Condition, ConditionRevision
from conditions.services import publish_condition, rename_condition, withdraw_condition
from publishing.models import CONTENT_PACK, Kind
from publishing.services import SubjectType
from remedies.content.files import read_pack
from remedies.content.loading import database_is_empty, load_pack
from remedies.models import (
    DoseRegimen,
    EntryRevision,
    EvidenceItem,
    Remedy,
    RemedyConditionEntry,
    RemedyRevision,
)
from remedies.services import publish_entry, rename_remedy, withdraw_entry
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
PAGE = "remedies/magnesium.yaml"
SEARCH = """\
    search:
      searched_on: 2026-01-01
      searched_where: a registry
      searched_null: true
      found_none: true
"""


def entry_for(condition: str) -> RemedyConditionEntry:
    return RemedyConditionEntry.objects.get(condition__slug=condition)


def load_error(pack, *arguments: str) -> str:
    """The message of a failed load, after making sure that it changed nothing."""
    before = everything()
    with pytest.raises(CommandError) as error:
        pack.load(*arguments)
    assert everything() == before
    return str(error.value)


def test_a_pack_is_loaded_and_published(pack, client):
    pack.load()
    assert Citation.objects.count() == 2
    assert Condition.objects.published().count() == 2
    assert Remedy.objects.published().count() == 1
    assert RemedyConditionEntry.objects.published().count() == 2
    assert client.get("/remedies/magnesium/insomnia/").status_code == 200


def test_the_author_is_the_content_pack(pack):
    pack.load()
    for table in (ConditionRevision, RemedyRevision, EntryRevision):
        for revision in table.objects.all():
            assert (revision.author_name, revision.kind) == (CONTENT_PACK, Kind.FIRST)
            assert revision.author is None


def test_loading_twice_leaves_the_database_as_it_was(pack):
    pack.load()
    before = everything()
    pack.load()
    assert everything() == before


def test_progress_and_outcome_are_told(pack, capsys):
    call_command("load_content", pack.folder)
    lines = capsys.readouterr().out.splitlines()
    assert "conditions: 1 of 2: insomnia" in lines
    assert "magnesium: 2 of 2: migraine" in lines
    assert "9 written, 5 published, 0 unchanged, 0 left withdrawn." in lines[-2]
    assert lines[-1].startswith("1 entries have no search on record")
    call_command("load_content", pack.folder)
    last = capsys.readouterr().out.splitlines()[-2]
    assert last.endswith("0 written, 0 published, 5 unchanged, 0 left withdrawn.")


def test_only_what_changed_is_published_again(pack):
    pack.load()
    before = everything()
    pack.edit(PAGE, "There are no studies in people.", "No studies in people.")
    pack.load()
    after = everything()
    changed = {table for table, rows in after.items() if rows != before[table]}
    assert changed == {
        "remedies_remedyconditionentry",
        "remedies_entryrevision",
        "remedies_searchitem",
        "publishing_draftstate",  # when it was looked at
    }
    newest = entry_for("migraine").current_revision
    assert (newest.number, newest.kind, newest.author_name) == (2, Kind.UPDATE, CONTENT_PACK)
    assert entry_for("migraine").shown_teaser == "No studies in people."


def test_rows_that_an_editor_changed_are_overwritten_and_published(pack):
    pack.load()
    ana, entry = make_user("editor", name="ana"), entry_for("insomnia")
    entry.verdict, entry.edited_by = "In Ana's words, it may help [@B2].", ana
    entry.save()
    entry.regimens.all().delete()
    publish_entry(entry, by=ana)
    pack.load()
    entry = entry_for("insomnia")
    assert entry.verdict == "It may help a little [@B2]."
    assert entry.shown_teaser == "It may help a little."
    assert DoseRegimen.objects.get().amount_max == 250
    assert [revision.author_name for revision in entry.revisions.all()] == [
        CONTENT_PACK,
        "ana",
        CONTENT_PACK,
    ]


def test_an_editor_s_draft_is_overwritten_without_a_revision(pack):
    pack.load()
    Condition.objects.filter(slug="insomnia").update(one_line="Draft.")
    pack.load()
    insomnia = Condition.objects.get(slug="insomnia")
    assert insomnia.one_line == insomnia.shown_one_line == "Too little sleep."
    assert insomnia.revisions.count() == 1


@pytest.mark.parametrize("becomes", ["left withdrawn", "draft", "published"])
def test_nothing_that_was_approved_before_is_published_of_a_draft_that_a_pack_overwrites(
    pack, becomes
):
    pack.load()
    entry, editor = entry_for("insomnia"), make_user("editor")
    if becomes == "left withdrawn":
        withdraw_entry(entry, by=None, reason="In doubt.")
    entry.schedules.create(
        author=editor, author_name=editor.name, publish_at=timezone.now() + timedelta(days=1)
    )
    entry.submissions.create(author=editor, author_name=editor.name, reason="It was old.")
    # A verdict that says more than its grade keeps the page from readers.
    text = "We are sure that it helps a lot" if becomes == "draft" else "It may help"
    pack.edit(PAGE, "It may help a little", text)
    plan = load_pack(read_pack(pack.folder), lambda _line: None)
    assert [one.result for one in plan.documents if one.is_written] == [becomes]
    schedule, submission = entry.schedules.get(), entry.submissions.get()
    assert (schedule.state, schedule.outcome) == ("cancelled", "Overwritten by a content pack.")
    assert (submission.state, submission.decided_by_name) == ("taken_back", "system")
    assert submission.decision_note == "Overwritten by a content pack."


def test_a_load_that_leaves_a_draft_as_it_is_leaves_the_time_that_is_set_for_it(pack):
    pack.load()
    entry, editor = entry_for("insomnia"), make_user("editor")
    entry.schedules.create(
        author=editor, author_name=editor.name, publish_at=timezone.now() + timedelta(days=1)
    )
    pack.edit("conditions.yaml", "A headache that comes back.", "It comes back.")
    pack.load()
    assert entry.schedules.get().state == "waiting"


def test_a_draft_that_makes_no_page_is_overwritten_too(pack):
    pack.load()
    Condition.objects.filter(slug="insomnia").update(one_line="See [@A1].")
    Remedy.objects.update(one_line="See [@A1].")
    EvidenceItem.objects.update(result="See [@A1].")
    Citation.objects.filter(key="A1").update(title="Two\nlines")
    pack.load()
    assert not Condition.objects.filter(one_line__contains="[@").exists()
    assert EvidenceItem.objects.get().result == "A little better."
    assert Citation.objects.get(key="A1").title == "A first work"


def test_work_that_the_pack_does_not_name_stays(pack):
    make_citation("Own1")
    make_condition("Own condition")
    make_remedy("Own remedy", published=False)
    pack.load()
    assert Citation.objects.filter(key="Own1").exists()
    assert Condition.objects.filter(slug="own-condition").exists()
    assert not Remedy.objects.get(slug="own-remedy").was_published


def test_a_changed_citation_is_one_work_still(pack):
    pack.load()
    before = Citation.objects.get(key="B2").pk
    pack.edit("citations.yaml", "A second work", "Its real title")
    pack.load()
    assert Citation.objects.get(pk=before).title == "Its real title"


def test_identifiers_may_change_places(pack):
    pack.edit("citations.yaml", "    doi: 10.1186/b2\n", "    pmid: '2'\n")
    pack.load()
    pack.edit("citations.yaml", "pmid: '1'", "pmid: '3'")
    pack.edit("citations.yaml", "pmid: '2'", "pmid: '1'")
    pack.edit("citations.yaml", "pmid: '3'", "pmid: '2'")
    pack.load()
    assert dict(Citation.objects.values_list("key", "pmid")) == {"A1": "2", "B2": "1"}


def test_a_withdrawn_entry_stays_withdrawn(pack, client):
    pack.load()
    withdraw_entry(entry_for("insomnia"), by=None, reason="Retracted.")
    pack.edit(PAGE, "It may help a little", "It may help")
    pack.load()
    entry = entry_for("insomnia")
    assert entry.withdrawn_reason == "Retracted."
    assert entry.verdict == "It may help [@B2]."
    assert entry.current_revision.kind == Kind.WITHDRAWAL
    assert client.get(entry.get_absolute_url()).status_code == 410


def test_a_withdrawn_condition_stays_withdrawn(pack, client):
    pack.load()
    withdraw_condition(Condition.objects.get(slug="migraine"), by=None, reason="Split in two.")
    pack.load()
    assert client.get("/conditions/migraine/").status_code == 410


def test_where_two_people_review_the_operator_s_pack_is_outside_the_rule(pack, settings):
    settings.REVIEW = "two"
    pack.load()
    assert RemedyConditionEntry.objects.published().count() == 2


def test_a_renamed_page_is_found_by_its_redirect_and_keeps_its_new_slug(pack, client):
    pack.load()
    rename_condition(Condition.objects.get(slug="migraine"), slug="migraines")
    rename_condition(Condition.objects.get(slug="migraines"), slug="bad-headaches")
    rename_remedy(Remedy.objects.get(), slug="mg")
    pack.load()
    before = everything()
    pack.edit("conditions.yaml", "A headache that comes back.", "It comes back.")
    pack.edit(PAGE, "There are no studies in people.", "No studies in people.")
    pack.load()
    assert sorted(Condition.objects.values_list("slug", flat=True)) == ["bad-headaches", "insomnia"]
    assert Condition.objects.get(slug="bad-headaches").shown_one_line == "It comes back."
    assert Remedy.objects.get().slug == "mg"
    assert entry_for("bad-headaches").shown_teaser == "No studies in people."
    assert everything()["conditions_oldaddress"] == before["conditions_oldaddress"]
    assert client.get("/remedies/magnesium/migraine/").status_code == 301
    after = everything()
    pack.load()
    assert everything() == after


def test_a_pack_that_has_both_slugs_means_two_pages(pack):
    pack.load()
    rename_condition(Condition.objects.get(slug="migraine"), slug="headache")
    pack.edit(
        "conditions.yaml",
        "  - slug: migraine",
        "  - slug: headache\n    name: Headache\n    category: neurological\n"
        "    one_line: Any headache.\n  - slug: migraine",
    )
    pack.load()
    names = dict(Condition.objects.values_list("slug", "shown_name"))
    assert (names["headache"], names["migraine"]) == ("Headache", "Migraine")


def test_a_pack_from_before_the_second_edition_loads_and_says_what_editors_have_to_add(pack):
    """Its entry for migraine says that there are no studies, and has no search on record."""
    pack.edit(PAGE, SEARCH, "")
    told = StringIO()
    call_command("load_content", pack.folder, stdout=told)
    output = told.getvalue()
    entry = entry_for("migraine")
    assert entry.verdict == "There are no studies in people."
    assert entry.current_revision is None
    assert "1 kept as drafts until an editor mends them:" in output
    assert "magnesium/migraine: verdict: must say “not searched”" in output
    assert "have no search on record" in output
    entry.searched_on, entry.searched_where, entry.searched_null = "2026-01-01", "a library", True
    entry.save()
    publish_entry(entry, by=None)
    assert entry_for("migraine").is_published


def test_an_empty_database_is_filled(pack):
    assert database_is_empty()
    pack.load("--if-empty")
    assert not database_is_empty()


@pytest.mark.parametrize("make", [make_citation, make_condition, make_remedy])
def test_a_database_with_a_work_a_condition_or_a_remedy_is_not_empty(pack, make):
    make()
    before = everything()
    pack.load("--if-empty")
    assert everything() == before


def test_people_alone_do_not_fill_a_database(pack):
    make_user()
    pack.load("--if-empty")
    assert Remedy.objects.exists()


BROKEN = {
    # what is wrong: file, text there, text instead, words of the refusal
    "a missing field": (
        PAGE,
        "    verdict: There are no studies in people.\n",
        "",
        "remedies/magnesium.yaml: migraine: verdict: is missing",
    ),
    "a missing field of a row": (
        PAGE,
        "      basis: elemental\n",
        "",
        "remedies/magnesium.yaml: remedy: limits[1].basis: is missing",
    ),
    "a missing key of a work": (
        "citations.yaml",
        "  - key: A1\n    title",
        "  - title",
        "citations.yaml: citations[1]: key: is missing",
    ),
    "a bad slug of a condition": (
        "conditions.yaml",
        "slug: migraine",
        "slug: Migraine_1",
        "conditions.yaml: Migraine_1: slug: must be lower-case",
    ),
    "a bad slug of a remedy": (
        PAGE,
        "  slug: magnesium",
        "  slug: Magnesium",
        "remedies/magnesium.yaml: remedy: slug: must be lower-case",
    ),
    "a remedy that is not called as its file": (
        PAGE,
        "  slug: magnesium",
        "  slug: zinc",
        "remedies/magnesium.yaml: remedy: slug: must be the name of its file",
    ),
    "an unknown citation in a mark": (
        PAGE,
        "a little [@B2]",
        "a little [@Lost1]",
        "remedies/magnesium.yaml: insomnia: verdict: citations.yaml has no 'Lost1'",
    ),
    "an unknown citation in a row of an entry": (
        PAGE,
        "citation: A1",
        "citation: Lost1",
        "remedies/magnesium.yaml: insomnia: regimens[1].citation: citations.yaml has no 'Lost1'",
    ),
    "an unknown citation in a row of a remedy": (
        PAGE,
        "        - A1",
        "        - Lost1",
        "remedies/magnesium.yaml: remedy: limits[1].citations: citations.yaml has no 'Lost1'",
    ),
    "an unknown citation of a condition": (
        "conditions.yaml",
        "[@A1]",
        "[@A1; @Lost1]",
        "conditions.yaml: insomnia: overview: citations.yaml has no 'Lost1'",
    ),
    "a wrong unit": (
        PAGE,
        "amount: 350\n      unit: mg",
        "amount: 350\n      unit: spoon",
        "remedies/magnesium.yaml: remedy: limits[1].unit: ",
    ),
    "a wrong amount": (PAGE, "350", "many", "magnesium.yaml: remedy: limits[1].amount: "),
    "an amount that is a switch": (PAGE, "350", "off", "magnesium.yaml: remedy: limits[1].amount:"),
    "a range that ends before it begins": (
        PAGE,
        "amount_max: 250",
        "amount_max: 12",
        "magnesium.yaml: insomnia: regimens[1]: the end of a range must be above its beginning",
    ),
    "a word that is not on its list": (
        PAGE,
        "certainty: low",
        "certainty: sure",
        "remedies/magnesium.yaml: insomnia: certainty: ",
    ),
    "a day that is none": (
        "conditions.yaml",
        "written_on: 2026-01-01",
        "written_on: 2026-02-30",
        "conditions.yaml: insomnia: written_on: ",
    ),
    "a text that does not fit its column": (
        "conditions.yaml",
        "name: Migraine",
        f"name: {'x' * 121}",
        "conditions.yaml: migraine: name: ",
    ),
    "a figure that the database cannot hold": (
        "citations.yaml",
        "sample_size: 75",
        "sample_size: 3000000000",
        "citations.yaml: B2: sample_size: ",
    ),
    "a control character": (
        "conditions.yaml",
        "one_line: A headache that comes back.",
        'one_line: "A headache\\0"',
        "conditions.yaml: migraine: one_line: holds a control character",
    ),
    "broken YAML": (
        PAGE,
        "  name: Magnesium",
        "  name: 'Magnesium",
        "remedies/magnesium.yaml: (file): (whole): is not YAML: ",
    ),
    "a key that stands twice": (
        PAGE,
        "  kind: mineral",
        "  kind: mineral\n  kind: herb",
        "remedies/magnesium.yaml: (file): (whole): is not YAML: the key 'kind' stands here twice",
    ),
    "a key that is a list": (
        PAGE,
        "  kind: mineral",
        "  [kind]: mineral",
        "remedies/magnesium.yaml: (file): (whole): is not YAML: ",
    ),
    "a tag that runs code": (
        PAGE,
        "  kind: mineral",
        "  kind: !!python/object/apply:os.getcwd []",
        "remedies/magnesium.yaml: (file): (whole): is not YAML: ",
    ),
    "an entry that stands twice": (
        PAGE,
        "condition: migraine",
        "condition: insomnia",
        "remedies/magnesium.yaml: insomnia: condition: stands in this file twice",
    ),
    "a work that stands twice": (
        "citations.yaml",
        "key: B2",
        "key: A1",
        "citations.yaml: A1: key: stands in this file twice",
    ),
    "a condition that stands twice": (
        "conditions.yaml",
        "slug: migraine",
        "slug: insomnia",
        "conditions.yaml: insomnia: slug: stands in this file twice",
    ),
    "two works with one identifier": (
        "citations.yaml",
        "    doi: 10.1186/b2",
        "    doi: 10.1186/b2\n    pmid: '1'",
        "citations.yaml: B2: pmid: ",
    ),
    "an unknown field": (
        PAGE,
        "  kind: mineral",
        "  kind: mineral\n  colour: white",
        "remedies/magnesium.yaml: remedy: colour: is not a field of this document",
    ),
    "an unknown field of a row": (
        PAGE,
        "    - kind: upper",
        "    - kind: upper\n      colour: white",
        "remedies/magnesium.yaml: remedy: limits[1].colour: is not a field",
    ),
    "an unknown condition": (
        PAGE,
        "condition: migraine",
        "condition: gout",
        "remedies/magnesium.yaml: gout: condition: no condition of this pack is called 'gout'",
    ),
    "an entry of another remedy": (
        PAGE,
        "- remedy: magnesium\n    condition: migraine",
        "- remedy: zinc\n    condition: migraine",
        "remedies/magnesium.yaml: migraine: remedy: must be 'magnesium'",
    ),
    "an unchecked caution with a figure": (
        PAGE,
        "Ask a pharmacist.",
        "Wait 2 hours.",
        "magnesium.yaml: migraine: precautions[1]: a caution that is not checked must not hold a f",
    ),
    "an unchecked sign with a figure": (
        "conditions.yaml",
        "it came all at once",
        "it lasts 3 days",
        "conditions.yaml: insomnia: red_flags[1]: a caution that is not checked must not hold a f",
    ),
    "an entry without a word on warnings": (
        PAGE,
        "    warnings: None were found.\n",
        "",
        "remedies/magnesium.yaml: insomnia: warnings: is empty",
    ),
    "an effect that nobody studied": (
        PAGE,
        "certainty: low",
        "certainty: no_studies",
        "remedies/magnesium.yaml: insomnia: effect: must be unknown",
    ),
    "entries that are no list": (
        PAGE,
        "entries:\n",
        "entries: none\nmore:\n",
        "remedies/magnesium.yaml: (file): (whole): must hold remedy and entries",
    ),
    "an entry that is no mapping": (
        "conditions.yaml",
        "conditions:\n",
        "conditions:\n  - gout\n",
        "conditions.yaml: conditions[1]: (whole): ",
    ),
}


@pytest.mark.parametrize("wrong", BROKEN)
def test_a_pack_is_refused_with_file_entry_and_field(pack, wrong):
    pack.load()
    file, old, new, words = BROKEN[wrong]
    pack.edit(file, old, new)
    pack.edit("citations.yaml", "A first work", "A changed title")  # would show if it were loaded
    sentence = load_error(pack)
    assert words in sentence
    assert sentence.startswith("Nothing was loaded")


def test_every_fault_of_a_pack_is_told_at_once(pack):
    pack.edit(PAGE, "certainty: low", "certainty: sure")
    pack.edit(PAGE, "350", "many")
    pack.edit("conditions.yaml", "slug: migraine", "slug: M")
    pack.write("remedies/zinc.yaml", "remedy: [")
    sentence = load_error(pack)
    assert sentence.startswith("Nothing was loaded, 4 to mend:")
    assert all(name in sentence for name in ("certainty", "limits[1]", "M: slug", "zinc.yaml"))


@pytest.mark.parametrize("file", ["citations.yaml", "conditions.yaml"])
def test_a_missing_file_is_named(pack, file):
    (pack.folder / file).unlink()
    assert f"{file}: (file): (whole): cannot be read" in load_error(pack)


def test_a_pack_without_remedies_is_refused(pack):
    (pack.folder / PAGE).unlink()
    assert "remedies: (file): (whole): holds no remedy files" in load_error(pack)
    (pack.folder / "remedies").rmdir()
    assert "holds no remedy files" in load_error(pack)


@pytest.mark.parametrize("text", ["", "[]", "words", "conditions: 1", "conditions: {a: 1}"])
def test_a_file_of_another_shape_is_refused(pack, text):
    pack.write("conditions.yaml", text)
    assert "conditions.yaml: (file): " in load_error(pack)


def test_a_file_that_is_no_text_is_refused(pack):
    (pack.folder / "conditions.yaml").write_bytes(b"\xff\xfe\x00")
    assert "conditions.yaml: (file): (whole): cannot be read" in load_error(pack)


def test_a_folder_that_is_not_there_is_named(pack):
    pack.folder = pack.folder / "nowhere"
    assert load_error(pack) == f"{pack.folder} is not a folder."


def test_a_work_that_the_library_has_under_another_key_is_named(pack):
    make_citation("Own1", pmid="1")
    assert "citations.yaml: A1: pmid: " in load_error(pack)


@pytest.fixture
def fails_at_an_entry(monkeypatch):
    """Publishing the second entry fails; `undo()` of what is returned mends it."""
    publish, entries = SubjectType.publish, []

    def fail_at_the_second(kind, subject, **options):
        if kind.model is RemedyConditionEntry:
            entries.append(subject)
            if len(entries) == 2:
                raise RuntimeError("the disk is full")
        return publish(kind, subject, **options)

    with monkeypatch.context() as patch:
        patch.setattr(SubjectType, "publish", fail_at_the_second)
        yield patch


@pytest.mark.parametrize("arguments", [(), ("--if-empty",)])
def test_an_error_in_a_load_changes_nothing(pack, fails_at_an_entry, arguments):
    before = everything()
    with pytest.raises(RuntimeError):
        pack.load(*arguments)
    assert everything() == before


def test_a_load_that_breaks_off_shows_no_half_of_a_remedy_and_is_finished(
    pack, fails_at_an_entry, client
):
    with pytest.raises(RuntimeError):
        pack.load("--page-by-page")
    assert Condition.objects.published().count() == 2
    assert client.get("/remedies/magnesium/").status_code == 404
    assert client.get("/remedies/magnesium/insomnia/").status_code == 404
    fails_at_an_entry.undo()
    pack.load("--page-by-page")
    assert RemedyConditionEntry.objects.published().count() == 2
    assert EntryRevision.objects.count() == 2
    assert client.get("/remedies/magnesium/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_page_by_page_no_transaction_of_a_load_publishes_more_than_one(pack, monkeypatch):
    make_citation("Own")
    assert set(pages_published_at_once(pack, monkeypatch, "--page-by-page")) == {1}
    for model in (Condition, Remedy, RemedyConditionEntry):
        assert model.objects.published().exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("arguments", [(), ("--if-empty",)])
def test_a_load_is_one_transaction(pack, monkeypatch, arguments):
    assert pages_published_at_once(pack, monkeypatch, *arguments) == [5]


def pages_published_at_once(pack, monkeypatch, *arguments: str) -> list[int]:
    """How many pages each transaction of a load published."""
    publish = SubjectType.publish
    pending, numbers = [], []

    def committed() -> None:
        if pending:
            numbers.append(len(pending))
            pending.clear()

    def counted(kind, subject, **options):
        pending.append(subject)
        transaction.on_commit(committed)
        return publish(kind, subject, **options)

    monkeypatch.setattr(SubjectType, "publish", counted)
    pack.load(*arguments)
    return numbers


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
def test_members_go_on_posting_while_the_pack_is_loaded(settings):
    entry, members = make_entry(), [make_user() for _ in range(4)]
    importing = Thread(target=load_and_close, args=[settings.CONTENT_PACK])
    importing.start()
    waits = []
    while importing.is_alive():
        started = time.monotonic()
        make_comment(entry, by=members[len(waits) % 4])
        waits.append(time.monotonic() - started)
        time.sleep(0.02)
    importing.join()
    p95 = sorted(waits)[int(len(waits) * 0.95)]
    print(f"{len(waits)} posts, p95 {p95:.3f} s")
    assert len(waits) > 20
    assert p95 < 1
    assert Remedy.objects.published().count() > 5


def load_and_close(folder) -> None:
    try:
        call_command("load_content", folder, page_by_page=True, verbosity=0)
    finally:
        connection.close()


def test_a_page_published_from_the_pack_may_be_published_by_hand_again(pack):
    pack.load()
    insomnia = Condition.objects.get(slug="insomnia")
    assert publish_condition(insomnia, by=None).number == 1
    assert insomnia.written_on == date(2026, 1, 1)
