"""`make run` serves one site on a port, and a second one is told so at once."""

import os
import socket
import subprocess
import sys
from types import SimpleNamespace

import pytest

from scripts import run_site

SITE_URL = "http://127.0.0.1:1"


class Exec(Exception):
    """What the process would have become."""


@pytest.fixture
def port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return str(listener.getsockname()[1])


@pytest.fixture
def prepared(tmp_path, monkeypatch) -> list[list[str]]:
    """A folder of its own; `prepare` is only noted, and the server is an exception."""
    commands: list[list[str]] = []

    def note(command: list[str], **_options: object) -> SimpleNamespace:
        commands.append(command[1:])
        return SimpleNamespace(returncode=0)

    def become(_program: str, words: list[str]) -> None:
        raise Exec(words)

    monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("SITE_URL", SITE_URL)
    monkeypatch.setattr(run_site.subprocess, "run", note)
    monkeypatch.setattr(run_site.os, "execv", become)
    return commands


def test_the_site_is_prepared_and_served_under_a_lock(prepared, port, tmp_path, monkeypatch):
    inherited = []
    monkeypatch.setattr(
        run_site.os, "set_inheritable", lambda number, _yes: inherited.append(os.fstat(number))
    )
    with pytest.raises(Exec) as served:
        run_site.main("127.0.0.1", port)
    lock = tmp_path / "var" / f"run-{port}.lock"
    assert [held.st_ino for held in inherited] == [lock.stat().st_ino]
    assert prepared == [["manage.py", "prepare"]]
    assert served.value.args[0][1:] == [
        *("-m", "remedies_site.server"),
        *("--host", "127.0.0.1", "--port", port),
    ]


HOLDING = """
import os, sys
from django.core.files import locks
lock = open(sys.argv[1], "a+")
locks.lock(lock, locks.LOCK_EX)
print(os.getpid(), file=lock, flush=True)
os.set_inheritable(lock.fileno(), True)
os.execv(sys.executable, [sys.executable, "-c", "print('served', flush=True); input()"])
"""


def test_a_second_one_is_told_of_the_first_before_anything_is_prepared(
    prepared, port, tmp_path, capsys
):
    (tmp_path / "var").mkdir()
    first = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(tmp_path / "var" / f"run-{port}.lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert first.stdout.readline() == "served\n"  # the lock outlives the change of programs
        assert run_site.main("127.0.0.1", port) == 1
        message = capsys.readouterr().out
        assert f"(process {first.pid}): the site is on {SITE_URL}" in message
        assert prepared == []
    finally:
        first.communicate("\n", timeout=20)
    with pytest.raises(Exec):
        run_site.main("127.0.0.1", port)


def test_a_port_that_somebody_else_has_is_named_before_anything_is_prepared(prepared, capsys):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        assert run_site.main("127.0.0.1", str(listener.getsockname()[1])) == 1
    assert "Address already in use" in capsys.readouterr().out
    assert prepared == []


def test_a_port_that_was_taken_meanwhile_is_named(prepared, port, monkeypatch, capsys):
    taken: list[socket.socket] = []

    def take(*_arguments: object, **_options: object) -> SimpleNamespace:
        taken.append(socket.create_server(("127.0.0.1", int(port))))
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(run_site.subprocess, "run", take)
    assert run_site.main("127.0.0.1", port) == 1
    assert "Address already in use" in capsys.readouterr().out
    taken[0].close()


def test_what_prepare_could_not_do_ends_it(prepared, port, monkeypatch):
    monkeypatch.setattr(run_site.subprocess, "run", lambda *_a, **_o: SimpleNamespace(returncode=3))
    assert run_site.main("127.0.0.1", port) == 3


@pytest.mark.parametrize("port", ["", "http", "0", "65536", "-1", "80 80"])
def test_what_is_no_port_is_refused(prepared, port, capsys):
    assert run_site.main("127.0.0.1", port) == 1
    assert "a port is a number" in capsys.readouterr().out
