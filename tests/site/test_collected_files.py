"""A new deployment's static files beside those that a running server still hands out."""

import json
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from remedies_site import collected_files
from tests.remedies.conftest import PackFolder

pytestmark = pytest.mark.every_page

TODAY = date(2026, 3, 1)


@pytest.fixture
def sources(settings, tmp_path) -> Path:
    """One small stylesheet, collected with hashed names as in production."""
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "page.css").write_text("p { color: red }")
    settings.VAR_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = [folder]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    return folder


def hashed_name(settings) -> str:
    manifest = json.loads((settings.STATIC_ROOT / "staticfiles.json").read_text())
    return manifest["paths"]["page.css"]


def test_a_running_server_keeps_the_stylesheet_that_its_pages_name(sources, settings):
    collected_files.collect(TODAY)
    before = hashed_name(settings)
    (sources / "page.css").write_text("p { color: blue }")
    collected_files.collect(TODAY)
    after = hashed_name(settings)
    assert before != after
    assert (settings.STATIC_ROOT / before).read_text() == "p { color: red }"
    assert (settings.STATIC_ROOT / after).read_text() == "p { color: blue }"
    assert not list(settings.STATIC_ROOT.parent.glob("static.new-*"))


def test_a_file_out_of_use_is_removed_after_its_days_and_not_before(sources, settings):
    collected_files.collect(TODAY - timedelta(days=400))  # how long it was in use does not count
    before = hashed_name(settings)
    (sources / "page.css").write_text("p { color: blue }")
    for days, kept in ((0, True), (30, True), (31, False)):
        collected_files.collect(TODAY + timedelta(days=days))
        assert (settings.STATIC_ROOT / before).exists() is kept
    assert (settings.STATIC_ROOT / hashed_name(settings)).exists()


def test_a_file_that_comes_back_into_use_starts_again(sources, settings):
    collected_files.collect(TODAY)
    red = hashed_name(settings)
    for days, colour in ((1, "blue"), (20, "red"), (40, "blue"), (60, "blue")):
        (sources / "page.css").write_text(f"p {{ color: {colour} }}")
        collected_files.collect(TODAY + timedelta(days=days))
    assert (settings.STATIC_ROOT / red).exists()


def test_a_damaged_record_keeps_files(sources, settings):
    collected_files.collect(TODAY)
    before = hashed_name(settings)
    (sources / "page.css").write_text("p { color: blue }")
    collected_files.collect(TODAY)
    (settings.VAR_DIR / "static.retired.json").write_text('{"a": ')
    collected_files.collect(TODAY + timedelta(days=90))
    assert (settings.STATIC_ROOT / before).exists()


def test_an_interrupted_call_is_done_again_and_leaves_no_folder(sources, settings, monkeypatch):
    collected_files.collect(TODAY)
    before = hashed_name(settings)
    (sources / "page.css").write_text("p { color: blue }")
    with monkeypatch.context() as patch:
        patch.setattr(collected_files, "_move_into", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            collected_files.collect(TODAY)
    assert hashed_name(settings) == before
    assert not collected_files.is_current()
    (settings.STATIC_ROOT.parent / "static.new-killed").mkdir()
    collected_files.collect(TODAY)
    assert collected_files.is_current()
    assert not list(settings.STATIC_ROOT.parent.glob("static.new-*"))


LOCKING = """
import sys, time
from pathlib import Path
from django.core.files import locks
with open(sys.argv[1], "a") as lock:
    locks.lock(lock, locks.LOCK_EX)
    Path(sys.argv[2]).touch()
    time.sleep(1.5)
"""


@pytest.mark.django_db
def test_a_second_prepare_in_one_folder_says_that_it_waits(tmp_path, settings, monkeypatch, capsys):
    from django.core.management import call_command

    settings.VAR_DIR = tmp_path
    settings.CONTENT_PACK = PackFolder(tmp_path / "pack").folder
    monkeypatch.setattr(collected_files, "is_current", lambda: True)
    ready = tmp_path / "ready"
    first = subprocess.Popen(
        [sys.executable, "-c", LOCKING, str(tmp_path / "prepare.lock"), str(ready)]
    )
    while not ready.exists():
        time.sleep(0.02)
    call_command("prepare")
    assert first.wait(timeout=1) == 0
    assert "Another `prepare` is at work in this folder" in capsys.readouterr().out
    call_command("prepare")
    assert "Another" not in capsys.readouterr().out
