"""Plumbing for every test; what the site is made of comes from `factories.py` and `world.py`."""

import pytest
from hypothesis import HealthCheck, settings

from tests.counts import FULL, count

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
