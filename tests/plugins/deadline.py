"""Leaves out the tests that would begin too late, and says how many: for `make quick`.

TESTS_BEGIN_UNTIL is a time in seconds since 1970, so that every process of a run keeps the same.
"""

import os
import time
from collections import Counter

import pytest

REASON = "left out for time"


@pytest.hookimpl(tryfirst=True)  # before the fixtures of the test
def pytest_runtest_setup() -> None:
    if time.time() > float(os.environ["TESTS_BEGIN_UNTIL"]):
        pytest.skip(REASON)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A run in which every test was left out has shown nothing, and says so by its status."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and not session.exitstatus and not reporter.stats.get("passed"):
        session.exitstatus = pytest.ExitCode.NO_TESTS_COLLECTED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many tests of which folder."""
    reports = [
        report
        for report in terminalreporter.getreports("skipped")
        if isinstance(report.longrepr, tuple) and REASON in report.longrepr[2]
    ]
    folders = Counter("/".join(report.nodeid.split("/")[:2]) for report in reports)
    for folder, number in sorted(folders.items()):
        terminalreporter.write_line(f"{REASON}: {number} tests of {folder}")
