"""Plumbing for every test; what the site is made of comes from `factories.py` and `world.py`."""

from collections.abc import Iterator

import pytest
from django.conf import settings as site_settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, settings

from tests.counts import FULL, count
from tests.world import World, build_world

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


@pytest.fixture(scope="module")
def _loaded_pack(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The shipped content, loaded once for a module and taken back at its end."""
    around = transaction.atomic()
    with django_db_blocker.unblock():
        around.__enter__()
        call_command("load_content", site_settings.CONTENT_PACK, verbosity=0)
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture
def content(_loaded_pack, db) -> None:
    """The site as it is shipped; what a test changes of it is gone at its end.

    It stays for all tests of the module: those that want a site of their own stand in another.
    """


@pytest.fixture
def world(db) -> World:
    """The named cast of `world.py`."""
    return build_world()


@pytest.fixture(autouse=True)
def no_memory_of_other_tests() -> None:
    """Limits by network are kept in the cache."""
    cache.clear()
