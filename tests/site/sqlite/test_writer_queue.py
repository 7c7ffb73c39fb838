"""Who writes to SQLite is served in turn, within a process and between processes."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from remedies_site.sqlite.writer_queue import TurnNotReached, WriterQueue

SOON = 0.05
LONG = 30


@pytest.fixture
def queue(tmp_path) -> WriterQueue:
    return WriterQueue(tmp_path / "queue")


def wait_until(condition) -> None:
    end = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.001)


def test_threads_are_served_in_the_order_in_which_they_came(queue):
    served = []

    def write(number: int) -> None:
        queue.enter(LONG)
        served.append(number)
        queue.leave()

    queue.enter(LONG)
    with ThreadPoolExecutor(20) as pool:
        for number in range(20):
            pool.submit(write, number)
            wait_until(lambda number=number: len(queue._waiting) == number + 1)
        queue.leave()
    assert served == list(range(20))


def test_whoever_waited_too_long_is_not_served_and_the_next_one_is(queue):
    queue.enter(LONG)
    with ThreadPoolExecutor(2) as pool:
        late = pool.submit(queue.enter, SOON)
        wait_until(lambda: queue._waiting)
        next_one = pool.submit(queue.enter, LONG)
        with pytest.raises(TurnNotReached):
            late.result()
        queue.leave()
        next_one.result(timeout=LONG)
    queue.leave()
    queue.enter(SOON)


def test_a_process_that_has_written_stands_behind_one_that_waits(queue, tmp_path):
    other, waits, database = WriterQueue(tmp_path / "queue"), threading.Event(), threading.Lock()

    def write() -> None:
        other.enter(LONG)
        with other.next_of_processes(LONG):
            waits.set()
            database.acquire(timeout=LONG)

    queue.enter(LONG)
    with queue.next_of_processes(LONG):
        database.acquire()
    with ThreadPoolExecutor(1) as pool:
        written = pool.submit(write)
        assert waits.wait(LONG)
        queue.leave()
        queue.enter(LONG)
        with pytest.raises(TurnNotReached), queue.next_of_processes(SOON):
            pass
        database.release()
        written.result(timeout=LONG)
    with queue.next_of_processes(LONG):
        pass


def test_where_no_file_can_be_made_the_database_itself_decides(tmp_path):
    entered = []
    with WriterQueue(tmp_path / "missing" / "queue").next_of_processes(SOON):
        entered.append(True)
    assert entered
