"""What nobody may do twice at the same time is kept apart, whatever process or thread does it."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from remedies_site.single_run import AlreadyRunning, single_run


class Elsewhere(threading.Thread):
    """Holds the lock in a thread with a connection of its own, as another process does."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._lock, self._held, self._over = name, threading.Event(), threading.Event()

    def run(self) -> None:
        try:
            with single_run(self._lock):
                self._held.set()
                self._over.wait(20)
        finally:
            connection.close()

    def __enter__(self) -> None:
        self.start()
        assert self._held.wait(20)

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self.join()


@pytest.mark.django_db(transaction=True)
def test_one_at_a_time_and_then_the_next():
    with Elsewhere("work"):
        with pytest.raises(AlreadyRunning), single_run("work"):
            pass
        with single_run("other work"):
            pass
    with single_run("work"):
        pass


@pytest.mark.django_db(transaction=True)
def test_an_error_gives_the_lock_back():
    with pytest.raises(RuntimeError), single_run("work"):
        raise RuntimeError
    with Elsewhere("work"):
        pass


@pytest.mark.django_db(transaction=True)
def test_two_loads_of_content_are_kept_apart(tmp_path, settings):
    from tests.remedies.conftest import PackFolder

    pack = PackFolder(tmp_path / "pack")
    with Elsewhere("load_content"), pytest.raises(CommandError, match="by somebody else"):
        call_command("load_content", pack.folder, verbosity=0)
    call_command("load_content", pack.folder, "--plan", verbosity=0)
    pack.load()
