"""A command that is killed at any moment and run again ends as if it had never been killed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.conftest import CONTENT
from tests.counts import FULL, count
from tests.killed import Site, check_kills, check_untouched
from tests.remedies.conftest import CONDITIONS, MAGNESIUM, PackFolder

CODE = {
    "load_content": "call_command('load_content', sys.argv[1], verbosity=0)",
    "load_page_by_page": "call_command('load_content', sys.argv[1], page_by_page=True, verbosity=0)",
    "plan_content": "call_command('load_content', sys.argv[1], plan=True, verbosity=0)",
    "regrade": "rule.MOST_BY_JUDGEMENT = 1\ncall_command('regrade')",
    "import_references": "call_command('import_references', sys.argv[1])",
    "prepare": "call_command('prepare')",
}
OUTDATE = """
from django.db import connection
from publishing.models import DerivedVersion
from publishing.services import subject_types
from search import index
index.remove()
DerivedVersion.objects.all().delete()
for kind in subject_types():
    kind.model.objects.update(shown_text="", shown_citations=[])
    kind.all_revisions().update(html={}, renderer_version=0)
"""
"""A site as an upgrade leaves it that was killed after the migration: nothing derived is current."""
FIRST_RELEASE = "from tests.site import first_release; first_release.create()"
PACK = settings.CONTENT_PACK
NewSite = Callable[..., Site]
on_both_in_the_drill = pytest.mark.skipif(
    not FULL and connection.vendor != "sqlite",
    reason="killed on SQLite; the drill kills it here too",
)


@pytest.fixture
def new_site(transactional_db, tmp_path) -> Iterator[NewSite]:
    """Makes the site that a test begins with: empty, or a copy of a database."""
    sites = []

    def make(copy_of: str | None = None) -> Site:
        connection.close()
        sites.append(Site(tmp_path / "site", copy_of=copy_of))
        return sites[-1]

    yield make
    for site in sites:
        site.remove()


@pytest.fixture
def migrated(new_site) -> Site:
    """A site whose database is migrated and holds nothing."""
    return new_site(str(connection.settings_dict["NAME"]))


@pytest.fixture
def shipped(new_site, prepared) -> Site:
    """A site that holds the content."""
    with prepared.copy(*CONTENT):
        return new_site(str(connection.settings_dict["NAME"]))


@pytest.fixture
def loaded(tmp_path) -> Path:
    """The pack that is loaded: the shipped one in the drill, else one whose load takes a few seconds."""
    if FULL:
        return PACK
    pack = PackFolder(tmp_path / "pack")
    conditions = [
        f"  - slug: condition-{one}\n    name: Condition {one}\n    category: sleep\n"
        f"    one_line: It is number {one}.\n"
        for one in range(20)
    ]
    pack.write("conditions.yaml", "".join([CONDITIONS, *conditions]))
    for one in range(12):
        named = MAGNESIUM.replace("Magnesium", f"Mineral {one}")
        pack.write(f"remedies/mineral-{one}.yaml", named.replace("magnesium", f"mineral-{one}"))
    return pack.folder


def test_a_killed_load_of_content_leaves_the_database_as_it_was(migrated, loaded):
    check_untouched(migrated, CODE["load_content"], loaded)


def test_a_killed_plan_of_a_load_leaves_the_database_as_it_was(migrated, loaded):
    check_untouched(migrated, CODE["plan_content"], loaded)


@on_both_in_the_drill
def test_a_load_page_by_page_that_is_killed_is_finished_by_the_next(migrated, loaded):
    check_kills(migrated, CODE["load_page_by_page"], loaded, changes="remedies_entryrevision")


@on_both_in_the_drill
def test_a_killed_regrading_is_finished(shipped):
    check_kills(shipped, CODE["regrade"], changes="remedies_entryrevision")


def records(number: int) -> str:
    """Works as RIS, some of them twice."""
    return "\n".join(
        f"TY  - JOUR\nTI  - Study {one}\nAU  - Ohm, Berit\nPY  - {1990 + one % 30}\n"
        f"JO  - Sleep\nDO  - 10.1000/killed.{one % (number - 20)}\nER  - \n"
        for one in range(number)
    )


@on_both_in_the_drill
def test_a_killed_import_of_references_is_finished(migrated, tmp_path):
    file = tmp_path / "works.ris"
    file.write_text(records(count(small=300, full=2_000)), encoding="utf-8")
    check_kills(migrated, CODE["import_references"], file, changes="citations_citation")


@pytest.mark.drill
def test_an_upgrade_killed_between_its_steps_is_finished_by_prepare(shipped):
    shipped.run(OUTDATE)
    check_kills(shipped, CODE["prepare"], changes="remedies_remedy")


@pytest.mark.skipif(
    not FULL and connection.vendor == "sqlite",
    reason="upgraded step by step on PostgreSQL; the drill does it here too",
)
def test_a_killed_upgrade_from_the_first_release_is_finished_by_prepare(new_site):
    site = new_site()
    site.run(FIRST_RELEASE)
    check_kills(site, CODE["prepare"], changes="remedies_entryrevision")


@pytest.mark.drill
def test_a_first_start_that_is_killed_is_finished_by_prepare(new_site):
    check_kills(new_site(), CODE["prepare"], changes="remedies_remedy")
