"""Plumbing for every test; what the site is made of comes from `factories.py` and `world.py`."""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from django.conf import settings as site_settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import SimpleTestCase
from hypothesis import HealthCheck, settings

from remedies_site.pagecache import kept_values, live_parts
from tests.counts import FULL, count
from tests.emptying import emptying_quickly
from tests.prepared import Base, PreparedDatabases
from tests.world import World, build_world, meet_world

T = TypeVar("T")

# The usual run tries the same examples every time; the drill looks for new ones.
settings.register_profile(
    "counts",
    max_examples=count(small=20, full=2_000),
    derandomize=not FULL,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("counts")


# A test that asks for none of these sees no row.
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}


# In the usual run these are tested on PostgreSQL alone, but for those that need transactions of their own.
STAFF_FORMS = (
    *("publishing/review/", "publishing/writing/", "publishing/editor/", "publishing/merging/"),
    *("publishing/test_admin.py", "discussions/moderation/", "discussions/bursts/"),
    *("site/test_editing.py", "site/test_front_page.py"),
)
# In the usual run these are tested on SQLite alone, but for those that need transactions of their own: they show
# what Python makes of rows that were read. Queries of lists, search and constraints have tests beside them.
SHOWN_ALIKE = (
    *("accounts/passkeys/", "accounts/notifications/", "accounts/test_logins.py"),
    *("accounts/test_views.py", "accounts/test_second_factor.py", "accounts/test_mails.py"),
    *("accounts/test_public_names.py", "accounts/test_public_roles.py"),
    *("discussions/challenges/", "discussions/composer/", "discussions/dashboard/"),
    *("discussions/following/", "discussions/profiles/", "discussions/test_comment_previews.py"),
    *("discussions/test_limits_keep_text.py", "discussions/test_quotes.py"),
    *("discussions/test_trust.py", "discussions/test_typed_texts.py", "journeys/"),
    *("publishing/history/", "publishing/reviewers/", "publishing/test_publication_state.py"),
    *("api/test_description.py", "remedies/check/", "remedies/content/test_load_content.py"),
    *("remedies/content/test_sheets.py", "remedies/content/test_uploaded_packs.py"),
    *("remedies/pages/test_compare.py", "remedies/pages/test_evidence_map.py"),
    *("remedies/pages/test_home", "remedies/pages/test_hubs.py", "remedies/pages/test_sheets.py"),
    *("remedies/pages/test_structured_data.py", "site/test_admin_rights.py"),
    *("site/test_pages.py", "site/test_paths.py"),
)
HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)  # before marks choose
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the drills out of the usual run, and on PostgreSQL what SQLite's part has proven already.

    scripts/run_tests.py leaves out `every_page` and `shown_alike` on PostgreSQL, and `staff_forms` on
    SQLite. The drill leaves out nothing.
    """
    for item in items:
        name = item.path.relative_to(HERE).as_posix()
        if has_own_transactions(item):
            continue
        if name.startswith(STAFF_FORMS):
            item.add_marker("staff_forms")
        elif name.startswith(SHOWN_ALIKE):
            item.add_marker("shown_alike")
    if FULL:
        return
    again = os.environ.get("TEST_DB") == "postgres"
    left_out = [
        item
        for item in items
        if item.get_closest_marker("drill") or (again and not uses_database(item))
    ]
    gone = set(left_out)
    items[:] = [item for item in items if item not in gone]
    config.hook.pytest_deselected(items=left_out)


def has_own_transactions(item: pytest.Item) -> bool:
    """Whether it commits, so that others meet what it does: these count on both databases."""
    mark = item.get_closest_marker("django_db")
    names = set(getattr(item, "fixturenames", ()))
    return bool(
        (mark and mark.kwargs.get("transaction")) or names & {"transactional_db", "live_server"}
    )


def uses_database(item: pytest.Item) -> bool:
    """Whether the outcome of a test can depend on which database there is."""
    names = set(getattr(item, "fixturenames", ()))
    case = getattr(item, "cls", None)
    return bool(
        item.get_closest_marker("django_db")
        or names & DATABASE_FIXTURES
        or (case and issubclass(case, SimpleTestCase))
    )


def pytest_collection_finish() -> None:
    """Thousands of tests and all modules stay to the end: looking for what is gone skips them."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session", autouse=True)
def _emptied_quickly() -> Iterator[None]:
    """Hundreds of tests commit: what Django does after each of them would take minutes."""
    with emptying_quickly(connection):
        yield


@pytest.fixture(scope="session")
def prepared(django_db_setup, django_db_blocker) -> Iterator[PreparedDatabases]:
    """Databases that were filled once; `prepared.copy(...)` stands on one."""
    with django_db_blocker.unblock():
        databases = PreparedDatabases(connection)
    yield databases
    with django_db_blocker.unblock():
        databases.drop_all()


@contextmanager
def for_a_module(
    prepared: PreparedDatabases,
    blocker,
    name: str,
    fill: Callable[[], T],
    *,
    on: Base | None = None,
) -> Iterator[T]:
    """All tests of the module stand on the copy: those that want an empty site are elsewhere."""
    with ExitStack() as copy:
        with blocker.unblock():
            filled = copy.enter_context(prepared.copy(name, fill, on=on))
        yield filled
        with blocker.unblock():
            copy.close()


def load_content_pack() -> None:
    """The site as it is shipped, into an empty database."""
    call_command("load_content", site_settings.CONTENT_PACK, verbosity=0)


CONTENT: Base = ("content", load_content_pack)


@pytest.fixture(scope="module")
def _loaded_pack(prepared, django_db_blocker) -> Iterator[None]:
    with for_a_module(prepared, django_db_blocker, *CONTENT):
        yield


@pytest.fixture
def content(_loaded_pack, db) -> None:
    """The site as it is shipped; changes go with the test."""


@pytest.fixture
def world(db) -> World:
    """The named cast of `world.py`, made for this test."""
    return build_world()


@pytest.fixture(autouse=True)
def no_memory_of_other_tests() -> None:
    """The cache outlives a test's transaction, and so does what is derived from content."""
    forget_all()


def forget_all() -> None:
    """Keep nothing of another database."""
    cache.clear()
    kept_values.forget()
    live_parts.forget_parts()


WORLD: Base = ("world", build_world)


@pytest.fixture(scope="module")
def _standing_world(prepared, django_db_blocker) -> Iterator[None]:
    with for_a_module(prepared, django_db_blocker, *WORLD):
        yield


@pytest.fixture
def standing_world(_standing_world, db) -> World:
    """The same cast, made once; changes go with the test."""
    return meet_world()
