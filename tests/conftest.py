"""Plumbing for every test; what the site is made of comes from `factories.py` and `world.py`."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings as site_settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, settings

from tests.counts import FULL, count
from tests.world import World, build_world, meet_world

# The usual run tries the same examples every time; the drill looks for new ones.
settings.register_profile(
    "counts",
    max_examples=count(small=30, full=2_000),
    derandomize=not FULL,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("counts")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the drills out of the usual run."""
    drills = [item for item in items if item.get_closest_marker("drill")]
    if drills and not FULL:
        items[:] = [item for item in items if item not in drills]
        config.hook.pytest_deselected(items=drills)


@contextmanager
def for_a_module(blocker) -> Iterator[None]:
    """What is written inside stays in the database until the module's tests are over.

    All tests of the module see it: those that want a site of their own stand in another module.
    """
    around = transaction.atomic()
    with blocker.unblock():
        around.__enter__()
    try:
        yield
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            around.__exit__(None, None, None)


@pytest.fixture(scope="module")
def _loaded_pack(django_db_setup, django_db_blocker) -> Iterator[None]:
    with for_a_module(django_db_blocker):
        with django_db_blocker.unblock():
            call_command("load_content", site_settings.CONTENT_PACK, verbosity=0)
        yield


@pytest.fixture
def content(_loaded_pack, db) -> None:
    """The site as it is shipped, loaded once for a module; changes go with the test."""


@pytest.fixture
def world(db) -> World:
    """The named cast of `world.py`, made for this test."""
    return build_world()


@pytest.fixture(autouse=True)
def no_memory_of_other_tests() -> None:
    """Limits by network are kept in the cache."""
    cache.clear()


@pytest.fixture(scope="module")
def _standing_world(django_db_setup, django_db_blocker) -> Iterator[None]:
    with for_a_module(django_db_blocker):
        with django_db_blocker.unblock():
            build_world()
        yield


@pytest.fixture
def standing_world(_standing_world, db) -> World:
    """The same cast, made once for a module; changes go with the test."""
    return meet_world()
