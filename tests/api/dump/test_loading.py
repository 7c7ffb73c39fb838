"""A dump loads into an empty site, and gives the same pages. Each site is a database of its own."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from remedies.models import Precaution
from remedies.services import publish_entry, publish_remedy
from tests.conftest import for_a_module
from tests.remedies.conftest import files_below
from tests.world import build_world

_WHEN = re.compile(r"\d{4}-\d\d-\d\d(T[\d:.]+(\+00:00|Z))?|\d{1,2} [A-Z][a-z]+ \d{4}")


def a_site_with_oddities() -> None:
    """The cast, with a draft over a published text and a warning that names a condition."""
    world = build_world()
    warning = Precaution.objects.create(
        remedy=world.magnesium, kind="caution", severity="ask", text="Ask first.", checked=False
    )
    warning.matters_for.set([world.insomnia])
    publish_remedy(world.magnesium, by=None)
    world.legs_entry.first_question = "Does it help adults?"
    publish_entry(world.legs_entry, by=None)  # last, as a load does: home names what came last
    world.legs_entry.verdict = "A draft that nobody reads."
    world.legs_entry.save()


def pages() -> dict[str, str]:
    """Every page of what is published, without when that was, and by whom: a load makes versions anew."""
    reader = Client()
    paths = ["/", "/remedies/", "/conditions/", "/map/", "/check/", "/remedies/magnesium/"]
    for slug in ("insomnia", "restless-legs-syndrome"):
        paths += [f"/conditions/{slug}/", f"/remedies/magnesium/{slug}/"]
        paths.append(f"/remedies/magnesium/{slug}/grade/")
    paths += [f"/references/{key}/" for key in ("Ahlberg2020", "Moss2021", "Agency2019")]
    found = {}
    for path in paths:
        response = reader.get(path)
        assert response.status_code == 200, path
        text = _WHEN.sub("(day)", response.content.decode())
        text = text.replace("Written from the cited abstracts on", "Written on")
        found[path] = re.sub(r"([Vv]ersion |number |/r/)\d+", r"\1(number)", text)
    return found


@pytest.fixture(scope="module")
def dumped(prepared, django_db_blocker, tmp_path_factory) -> tuple[Path, dict[str, str]]:
    """The folder of a dump, and the pages of the site that it was made from."""
    folder = tmp_path_factory.mktemp("dump") / "out"
    made = {}

    def fill() -> None:
        a_site_with_oddities()
        made.update(pages())
        call_command("export_open_data", folder, verbosity=0)

    with for_a_module(prepared, django_db_blocker, "dumped", fill):
        pass
    return folder, made


@pytest.fixture(scope="module")
def _loaded(dumped, prepared, django_db_blocker) -> Iterator[None]:
    def fill() -> None:
        call_command("load_content", dumped[0] / "pack", verbosity=0)

    with for_a_module(prepared, django_db_blocker, "loaded_dump", fill):
        yield


def test_a_dump_loads_into_an_empty_site_and_gives_the_same_pages(dumped, _loaded, db):
    again = pages()
    assert again.keys() == dumped[1].keys()
    for path, text in dumped[1].items():
        assert again[path] == text, path


def test_what_was_loaded_is_dumped_to_the_same_pack(dumped, _loaded, db, tmp_path):
    call_command("export_open_data", tmp_path / "out", verbosity=0)
    again = files_below(tmp_path / "out")
    first = files_below(dumped[0])
    of_pack = {path for path in first if path.startswith(("pack/", "tables/"))}
    assert {path: again[path] for path in of_pack} == {path: first[path] for path in of_pack}
