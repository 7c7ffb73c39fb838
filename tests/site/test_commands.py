"""The commands that make a site ready and rebuild what is derived."""

import sys
from dataclasses import replace
from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import F

import publishing.services
from citations.models import Citation
from conditions.models import Condition, ConditionRevision
from publishing import derived
from publishing.models import DerivedVersion
from publishing.services import SubjectType
from remedies.models import EntryRevision, Remedy, RemedyConditionEntry, RemedyRevision
from remedies.services import REMEDIES, withdraw_entry
from remedies_site import collected_files
from remedies_site.management.commands import prepare
from remedies_site.markup import RENDERER_VERSION
from search import index
from search.models import SearchItem
from tests.factories import make_condition, make_user
from tests.reading import Page
from tests.remedies.conftest import PackFolder
from tests.remedies.content.shipped import ENTRIES

pytestmark = pytest.mark.every_page

REVISIONS = (ConditionRevision, RemedyRevision, EntryRevision)
SUBJECTS = (Condition, Remedy, RemedyConditionEntry)


def run(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


# ---- prepare -----------------------------------------------------------------------------------


@pytest.fixture
def fresh_machine(settings, tmp_path, monkeypatch):
    """A folder with nothing in it, and no time lost on compressing every static file or on all pages."""
    settings.CONTENT_PACK = PackFolder(tmp_path / "pack").folder
    settings.VAR_DIR = tmp_path / "var"
    settings.STATIC_ROOT = settings.VAR_DIR / "static"
    collected = []

    def only_note(today) -> None:
        settings.STATIC_ROOT.mkdir(exist_ok=True)
        (settings.VAR_DIR / "static.sources").write_text(collected_files._fingerprint())
        collected.append(today)

    monkeypatch.setattr(collected_files, "collect", only_note)
    return collected


def test_a_fresh_machine_gets_content_and_static_files(db, fresh_machine, settings, client):
    settings.CONTENT_PACK = settings.BASE_DIR / "fixtures"
    text = run("prepare")
    assert settings.VAR_DIR.is_dir()
    assert RemedyConditionEntry.objects.published().count() == len(ENTRIES)
    assert len(fresh_machine) == 1
    assert "There is no editor yet." in text
    assert f"Serving {settings.SITE_URL}" in text
    assert client.get("/remedies/magnesium/restless-legs-syndrome/").status_code == 200


def test_prepare_names_the_python_that_is_there(settings, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/opt/remedies/venv/bin/python")
    assert str(prepare._python()) == "/opt/remedies/venv/bin/python"
    monkeypatch.setattr(sys, "executable", str(settings.BASE_DIR / ".venv/bin/python"))
    assert str(prepare._python()) == ".venv/bin/python"


def test_a_second_run_does_nothing_again(db, fresh_machine):
    run("prepare")
    before = {model: list(model.objects.order_by("pk").values()) for model in SUBJECTS}
    text = run("prepare")
    assert {model: list(model.objects.order_by("pk").values()) for model in SUBJECTS} == before
    assert len(fresh_machine) == 1
    assert "Migrating" not in text
    assert "Collecting" not in text


def test_what_is_in_the_database_is_never_overwritten(db, fresh_machine):
    make_condition("Hiccups")
    run("prepare")
    assert not Remedy.objects.exists()
    assert not Citation.objects.exists()
    assert Condition.objects.get().name == "Hiccups"


def test_static_files_are_collected_anew_where_a_source_changed(db, fresh_machine, settings):
    run("prepare")
    (settings.VAR_DIR / "static.sources").write_text("something else")
    run("prepare")
    assert len(fresh_machine) == 2


def test_with_an_editor_nothing_is_said_of_making_one(db, fresh_machine):
    make_user("editor")
    assert "no editor" not in run("prepare")


def test_nothing_is_migrated_where_nothing_waits(db):
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


# ---- an upgrade that was killed between its steps ----------------------------------------------


def test_columns_that_a_killed_upgrade_left_are_filled_by_the_next_one(world, fresh_machine):
    run("prepare")
    before = {model: list(model.objects.order_by("pk").values()) for model in SUBJECTS}
    DerivedVersion.objects.update(version="of the release before")
    Remedy.objects.update(shown_text="", shown_citations=[])
    run("prepare")
    assert {model: list(model.objects.order_by("pk").values()) for model in SUBJECTS} == before
    assert derived.is_current(derived.SHOWN, derived.shown_version())


def test_a_rebuild_that_is_interrupted_is_not_recorded(world, monkeypatch):
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(SubjectType, "copy_shown", killed)
    with pytest.raises(KeyboardInterrupt):
        run("rebuild_shown")
    assert not derived.is_current(derived.SHOWN, derived.shown_version())


def test_columns_by_current_definitions_are_not_copied_again(world, monkeypatch):
    run("rebuild_shown")
    Remedy.objects.update(shown_text="by hand")
    run("rebuild_shown", "--if-outdated")
    assert Remedy.objects.get().shown_text == "by hand"
    monkeypatch.setattr(derived, "SHOWN_VERSION", derived.SHOWN_VERSION + 1)
    run("rebuild_shown", "--if-outdated")
    assert Remedy.objects.get().shown_text != "by hand"


def test_a_field_more_in_a_schema_is_another_version(monkeypatch):
    before = derived.shown_version()

    class Longer(REMEDIES.schema):
        colour: str = ""

    monkeypatch.setitem(publishing.services._TYPES, Remedy, replace(REMEDIES, schema=Longer))
    assert derived.shown_version() != before


def test_html_of_an_older_renderer_is_rendered_by_prepare(world, fresh_machine):
    html = dict(EntryRevision.objects.values_list("pk", "html"))
    EntryRevision.objects.update(html={}, renderer_version=0)
    run("prepare")
    assert dict(EntryRevision.objects.values_list("pk", "html")) == html


def test_roles_that_a_killed_migration_never_made_are_made_by_prepare(db, fresh_machine):
    def rights() -> set[tuple[str, str]]:
        return set(Group.objects.values_list("name", "permissions__codename"))

    before = rights()
    assert len(before) > 50
    Group.objects.all().delete()
    Permission.objects.all().delete()
    run("prepare")
    assert rights() == before


def test_an_index_that_a_killed_migration_took_away_is_made_by_prepare(world, fresh_machine):
    items = list(SearchItem.objects.order_by("document_id").values_list("document_id", "words"))
    index.remove()
    run("prepare")
    assert not index.refresh()
    made = SearchItem.objects.order_by("document_id").values_list("document_id", "words")
    assert list(made) == items
    assert items


def test_a_document_that_cannot_be_read_is_named_and_the_site_starts(world, fresh_machine):
    published = RemedyRevision.objects.values().get()
    del published["document"]["kind"]
    revision = RemedyRevision.objects.create(
        **published | {"id": None, "number": 2, "renderer_version": 0}
    )
    Remedy.objects.update(current_revision=revision)
    EntryRevision.objects.update(renderer_version=0)
    out, err = StringIO(), StringIO()
    call_command("prepare", stdout=out, stderr=err)
    assert "/remedies/magnesium/: kind: is missing" in err.getvalue()
    assert f"remedy revision {revision.pk}: kind: is missing" in err.getvalue()
    assert "Serving" in out.getvalue()
    assert not EntryRevision.objects.filter(renderer_version=0).exists()
    assert not derived.is_current(derived.SHOWN, derived.shown_version())  # tried again next time


# ---- rerender_revisions ------------------------------------------------------------------------


def test_revisions_of_an_older_renderer_are_redrawn(world):
    drawn = {model: dict(model.objects.values_list("pk", "html")) for model in REVISIONS}
    documents = {model: dict(model.objects.values_list("pk", "document")) for model in REVISIONS}
    for model in REVISIONS:
        model.objects.update(html={}, renderer_version=0)
    text = run("rerender_revisions")
    for model in REVISIONS:
        assert dict(model.objects.values_list("pk", "html")) == drawn[model]
        assert dict(model.objects.values_list("pk", "document")) == documents[model]
        assert not model.objects.exclude(renderer_version=RENDERER_VERSION).exists()
    assert f"entry revision: {EntryRevision.objects.count()} redrawn" in text


def test_current_ones_are_left_alone_unless_all_are_asked_for(world):
    EntryRevision.objects.update(html={"verdict": "by hand"})
    run("rerender_revisions")
    assert set(EntryRevision.objects.values_list("html__verdict", flat=True)) == {"by hand"}
    run("rerender_revisions", "--all")
    assert "by hand" not in EntryRevision.objects.values_list("html__verdict", flat=True)


# ---- rebuild_shown -----------------------------------------------------------------------------

BROKEN = {"shown_citations": ["Wrong"]}
NAMED = {
    "shown_name": "wrong",
    "shown_aliases": "wrong",
    "shown_one_line": "wrong",
    "sort_key": "wrong",
    "shown_text": "wrong",
}


def test_shown_columns_are_rebuilt_from_the_revisions(world):
    withdraw_entry(world.sleep_entry, by=None, reason="It was wrong.")
    make_condition("Draft", published=False)
    before = {model: list(model.objects.order_by("pk").values()) for model in SUBJECTS}
    published = {"published_at__isnull": False}
    Condition.objects.filter(**published).update(**BROKEN, **NAMED, shown_category="pain")
    Remedy.objects.filter(**published).update(
        **BROKEN, **NAMED, shown_kind="herb", shown_stops=["wrong"]
    )
    RemedyConditionEntry.objects.update(
        **BROKEN,
        shown_effect="harm",
        shown_certainty="high",
        shown_teaser="wrong",
        shown_cautions=["wrong"],
        shown_people=7,
        shown_doses=["wrong"],
        shown_rank=99,
        shown_written_on="2001-01-01",
    )
    assert "wrong" in Page(world.vera.get("/remedies/")).words
    run("rebuild_shown")
    assert {model: list(model.objects.order_by("pk").values()) for model in SUBJECTS} == before
    assert "wrong" not in Page(world.vera.get("/remedies/")).words


def test_every_shown_column_is_among_those_that_are_rebuilt():
    """A new shown_ column has to be added to the command, and to the test above."""
    tried = BROKEN.keys() | NAMED.keys() | {"shown_category", "shown_kind", "shown_effect"}
    tried |= {"shown_certainty", "shown_teaser", "shown_cautions", "shown_stops"}
    tried |= {"shown_people", "shown_doses", "shown_rank", "shown_written_on"}
    shown = {
        field.name
        for model in SUBJECTS
        for field in model._meta.concrete_fields
        if field.name.startswith("shown_")
    }
    assert shown == tried - {"sort_key"}


def test_rebuilding_leaves_drafts_and_votes_alone(world):
    world.magnesium.what_it_is = "An unpublished word."
    world.magnesium.save()
    RemedyConditionEntry.objects.update(up_count=F("up_count") + 3)
    run("rebuild_shown")
    world.magnesium.refresh_from_db()
    assert world.magnesium.what_it_is == "An unpublished word."
    assert set(RemedyConditionEntry.objects.values_list("up_count", flat=True)) == {3}
