"""What `make quick` takes a change for."""

import pytest

from scripts.run_quick import ALWAYS, chosen, folders

pytest_plugins = ["pytester"]


def test_the_folders_of_tests_are_found_without_the_browser():
    found = folders()
    assert {"remedies", "site", "repository", "accounts"} <= found
    assert not found & {"browser", "markup", "plugins", "digests"}


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("accounts/models.py", {"accounts"}),
        ("remedies_site/errors.py", {"site"}),
        ("templates/remedies/entry.html", {"remedies"}),
        ("templates/base.html", {"site"}),
        ("static/css/tokens.css", {"site"}),
        ("tests/citations/test_marks.py", {"citations"}),
        ("tests/browser/test_room.py", set()),
        ("fixtures/remedies/magnesium.yaml", {"remedies"}),
        ("docs/deploy.md", set()),
        ("tests/factories.py", None),
        ("pyproject.toml", None),
    ],
)
def test_a_change_calls_for_the_tests_of_its_package(path, names):
    known = folders()
    assert chosen([path], known) == (known if names is None else names | ALWAYS)


@pytest.mark.parametrize("changed", [None, []])
def test_where_no_change_is_known_everything_is_run(changed):
    assert chosen(changed, folders()) == folders()


@pytest.mark.parametrize(("until", "outcome"), [(0, {"skipped": 1}), (9e12, {"passed": 1})])
def test_a_test_that_would_begin_too_late_is_left_out_and_counted(
    pytester, monkeypatch, until, outcome
):
    monkeypatch.setenv("TESTS_BEGIN_UNTIL", str(until))
    pytester.makepyfile("def test_one(): pass")
    done = pytester.runpytest_inprocess(
        "-p", "tests.plugins.deadline", "-p", "no:django", "-p", "no:playwright"
    )
    done.assert_outcomes(**outcome)
    assert (done.ret == pytest.ExitCode.NO_TESTS_COLLECTED) == (until == 0)
    assert ("left out for time: 1 tests" in done.stdout.str()) == (until == 0)
