"""Threads that run tasks: each once, the last busy one first, and none is lost to an error."""

import logging
import queue
import threading

from remedies_site.dispatcher import Dispatcher

SECONDS = 20
"""However slow the machine is."""


class Task:
    def __init__(self, done: queue.SimpleQueue, until: threading.Event | None = None, error=None):
        self.done, self.until, self.error = done, until, error
        self.is_cancelled = False

    def service(self):
        if self.until is not None:
            assert self.until.wait(SECONDS)
        self.done.put(threading.current_thread().name)
        if self.error is not None:
            raise self.error

    def cancel(self):
        self.is_cancelled = True


def test_every_task_is_run_once_however_many_there_are():
    dispatcher, done = Dispatcher(4), queue.SimpleQueue()
    for _task in range(500):
        dispatcher.add_task(Task(done))
    for _task in range(500):
        done.get(timeout=SECONDS)
    dispatcher.shutdown()
    assert done.empty()


def test_all_threads_run_at_once():
    dispatcher, done, until = Dispatcher(3), queue.SimpleQueue(), threading.Event()
    for _task in range(3):
        dispatcher.add_task(Task(done, until))
    until.set()
    assert len({done.get(timeout=SECONDS) for _task in range(3)}) == 3
    dispatcher.shutdown()


def test_the_thread_that_was_busy_last_is_taken():
    dispatcher, done = Dispatcher(4), queue.SimpleQueue()
    names = set()
    for _task in range(20):
        while len(dispatcher._waiting) < 4:  # each sits down after its start, and after its task
            pass
        dispatcher.add_task(Task(done))
        names.add(done.get(timeout=SECONDS))
    dispatcher.shutdown()
    assert len(names) == 1


def test_an_error_is_logged_and_the_thread_goes_on(caplog):
    dispatcher, done = Dispatcher(1), queue.SimpleQueue()
    with caplog.at_level(logging.ERROR, "waitress"):
        for error in (ValueError("odd"), None):
            dispatcher.add_task(Task(done, error=error))
            done.get(timeout=SECONDS)
        dispatcher.shutdown()
    assert "odd" in caplog.text


def test_at_the_end_what_waits_is_cancelled_and_what_runs_is_waited_for():
    dispatcher, done, until = Dispatcher(1), queue.SimpleQueue(), threading.Event()
    running, waiting = Task(done, until), Task(done)
    dispatcher.add_task(running)
    while dispatcher._waiting:
        pass
    dispatcher.add_task(waiting)
    threading.Timer(0.2, until.set).start()
    dispatcher.shutdown(timeout=SECONDS)
    assert done.get(timeout=SECONDS)
    assert done.empty()
    assert waiting.is_cancelled
    assert not running.is_cancelled
