"""Two processes, whose sets have other orders and whose clocks differ, write the same dump."""

from pathlib import Path

import pytest
from django.db import connection

from tests.factories import make_citation, make_condition, make_entry, make_remedy
from tests.killed import Site
from tests.remedies.conftest import files_below

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.every_page]
EXPORT = "call_command('export_open_data', sys.argv[1], '--fhir', verbosity=0)"


@pytest.fixture
def site(tmp_path):
    """A small site with works, and pages that name several of everything."""
    works = [make_citation(authors=f"Ohm B; Volt A{number}") for number in range(12)]
    marks = "; ".join(f"@{work.key}" for work in works)
    for remedy in range(3):
        subject = make_remedy(f"Remedy {remedy}", aliases=["c", "a", "b"])
        for condition in range(3):
            name = f"Condition {remedy}{condition}"
            make_entry(
                subject, make_condition(name), verdict=f"We do not know whether it helps [{marks}]."
            )
    connection.close()
    site = Site(tmp_path / "site", copy_of=str(connection.settings_dict["NAME"]))
    yield site
    site.remove()


def test_processes_that_order_sets_differently_write_the_same_bytes(site, tmp_path, monkeypatch):
    dumps: list[dict[str, bytes]] = []
    for seed in ("1", "2"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        folder: Path = tmp_path / seed
        site.run(EXPORT, folder)
        dumps.append(files_below(folder))
    first, second = dumps
    assert first.keys() == second.keys()
    assert [path for path in first if first[path] != second[path]] == []
    assert len(first["records/entries.jsonl"].splitlines()) == 9
