"""`scripts/compare_pages.py` opens every type of page, changes nothing, and finds what differs."""

import pytest
from django.urls import Resolver404, resolve

from scripts import compare_pages
from scripts.site_requests import MEMBER, Request, everything
from tests.factories import make_comment
from tests.surfaces import named_patterns

ENTRY = "/remedies/magnesium/restless-legs-syndrome/"


@pytest.fixture
def world(standing_world):
    return standing_world


@pytest.fixture
def few(monkeypatch):
    """A few requests instead of all, and no links followed."""
    requests = [Request("/"), Request(ENTRY), Request(f"{ENTRY}grade/"), Request(ENTRY, MEMBER)]
    requests.append(Request(f"{ENTRY}vote/", MEMBER, "POST", (("value", "1"), ("consent", "1"))))
    monkeypatch.setattr(compare_pages, "everything", lambda _viewers: requests)
    monkeypatch.setattr(compare_pages, "links", lambda _path, _body: [])
    return requests


def test_every_url_of_the_site_is_among_the_requests(world):
    make_comment(world.legs_entry, by=world.mara)
    paths = {request.path.partition("?")[0] for request in everything([MEMBER])}
    opened = set()
    for path in paths:
        try:
            opened.add(resolve(path).url_name)
        except Resolver404:
            continue
    public = {
        pattern.name
        for route, pattern in named_patterns()
        if not route.startswith(("admin/", "accounts/"))
    }
    assert len(public) > 20
    assert public - opened == set()


def test_saving_twice_gives_the_same_files_and_changes_no_row(world, few, tmp_path, capsys):
    make_comment(world.legs_entry, by=world.mara)
    compare_pages.rows(tmp_path / "rows before")
    assert compare_pages.save(tmp_path / "a").total() == len(few)
    compare_pages.save(tmp_path / "b")
    compare_pages.rows(tmp_path / "rows after")
    assert compare_pages.diff(tmp_path / "a", tmp_path / "b") == 0
    assert compare_pages.diff(tmp_path / "rows before", tmp_path / "rows after") == 0
    assert f"{len(few) + 1} files compared; 0 differ" in capsys.readouterr().out


def test_one_changed_word_is_found_in_the_pages_and_in_the_rows(world, few, tmp_path, capsys):
    for name in ("before", "after"):
        compare_pages.save(tmp_path / name / "pages")
        compare_pages.rows(tmp_path / name / "rows")
        type(world.magnesium).objects.update(shown_name="Manganese")
    for kind in ("pages", "rows"):
        assert compare_pages.diff(tmp_path / "before" / kind, tmp_path / "after" / kind) == 1
        lines = capsys.readouterr().out.splitlines()
        assert any(line.startswith("-") and "Magnesium" in line for line in lines)
        assert any(line.startswith("+") and "Manganese" in line for line in lines)


def test_one_edit_of_many_pages_is_told_once(tmp_path, capsys):
    for name, word in (("before", "Why"), ("after", "Wherefore")):
        for remedy in ("Iron", "Zinc"):
            page = tmp_path / name / f"{remedy}.txt"
            compare_pages.write(page, f"<h1>{word} take {remedy}?</h1>\n")
    compare_pages.write(tmp_path / "after" / "new.txt", "A page that was not there.")
    assert compare_pages.diff(tmp_path / "before", tmp_path / "after") == 1
    assert "2 files compared; 3 differ, in 2 ways." in capsys.readouterr().out
