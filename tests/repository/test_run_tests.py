"""`make test` itself: two lanes, outputs that stay whole, an honest end, nothing left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts import run_tests
from tests.plugins.databases import Unavailable

SAY_TWICE = "import time; print('{0} one', flush=True); time.sleep(.5); print('{0} two'); exit({1})"
CASES = """<testsuites><testsuite><testcase classname="tests.a" name="test_slow" time="9.5"/>
<testcase classname="tests.a" name="test_fast" time="0.1"/></testsuite></testsuites>"""


def python(code: str) -> run_tests.Command:
    return run_tests.Command([sys.executable, "-c", code], {})


@pytest.fixture
def parts(monkeypatch):
    """Two parts that take half a second each, one of which fails; and one that cannot be had."""

    def unavailable() -> run_tests.Command:
        raise Unavailable("No such thing on this machine.")

    parts = {
        "good": lambda: python(SAY_TWICE.format("good", 0)),
        "bad": lambda: python(SAY_TWICE.format("bad", 3)),
        "absent": unavailable,
    }
    monkeypatch.setattr(run_tests, "PARTS", parts)
    return parts


def test_parts_run_side_by_side_and_what_each_prints_stays_together(parts, capsys):
    begun = time.monotonic()
    assert run_tests.main(["good", "bad"]) == 1
    assert time.monotonic() - begun < 0.95
    out = capsys.readouterr().out
    assert "== good ==\ngood one\ngood two\n" in out
    assert "== bad ==\nbad one\nbad two\n" in out
    assert "bad: FAILED after 0.0 minutes" in out


def test_the_run_is_good_where_every_part_is(parts, capfd):
    assert run_tests.main(["good"]) == 0
    assert "good one\ngood two\n" in capfd.readouterr().out


@pytest.mark.parametrize(("in_ci", "status"), [(False, 0), (True, 1)])
def test_what_cannot_be_had_is_told_and_fails_in_ci(parts, capsys, monkeypatch, in_ci, status):
    monkeypatch.setattr(run_tests, "IN_CI", in_ci)
    assert run_tests.main(["absent", "good"]) == status
    out = capsys.readouterr().out
    assert "No such thing on this machine." in out
    assert "absent       0.0  not run" in out
    assert "good         0.0  ok" in out


def test_a_part_that_nobody_knows_is_named(parts, capsys):
    assert run_tests.main(["god"]) == 2
    assert "No such part: god; there are good, bad, absent." in capsys.readouterr().out


def test_the_slowest_tests_of_all_parts_are_told(tmp_path):
    (tmp_path / "sqlite.xml").write_text(CASES)
    (tmp_path / "browser.xml").write_text(CASES.replace("9.5", "20"))
    assert run_tests.slowest(tmp_path)[:3] == [
        (20.0, "browser", "tests.a::test_slow"),
        (9.5, "sqlite", "tests.a::test_slow"),
        (0.1, "sqlite", "tests.a::test_fast"),
    ]


RUN = """
import signal, sys
from scripts import run_tests
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have it ignored
long = "import os, time; open({path!r} + str(os.getpid()), 'w').close(); time.sleep(60)"
part = lambda: run_tests.Command([sys.executable, "-c", long], {{}})
run_tests.PARTS = {{"one": part, "two": part}}
sys.exit(run_tests.main([]))
"""


def begun_parts(folder: Path) -> list[int]:
    return [int(path.name) for path in folder.iterdir()]


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("sent", ["SIGTERM", "SIGINT"])
def test_a_signal_ends_every_part(tmp_path, sent):
    run = subprocess.Popen(
        [sys.executable, "-c", RUN.format(path=f"{tmp_path}/")],
        cwd=run_tests.ROOT,
        stdout=subprocess.PIPE,
    )
    end = time.monotonic() + 30
    while len(begun_parts(tmp_path)) < 2 and time.monotonic() < end:
        time.sleep(0.05)
    run.send_signal(getattr(signal, sent))
    out, _err = run.communicate(timeout=30)
    assert run.returncode == 130
    assert b"Interrupted; every part was ended." in out
    assert len(begun_parts(tmp_path)) == 2
    assert [process for process in begun_parts(tmp_path) if is_alive(process)] == []
