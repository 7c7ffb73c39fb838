"""Resident memory of a worker that has served everything, beside that of the bare view's."""

from scripts.bench.results import Result
from scripts.bench.sites import memory_bytes
from scripts.running_site import Served


def result(database: str, name: str, site: Served, bare: Served, goal: float) -> Result:
    """After a run. The pages that are kept have a bound of their own: tests/site/pagecache/test_store.py."""
    ratio = memory_bytes(site.pid) / memory_bytes(bare.pid)
    return Result(
        database, f"memory of a worker, {name}, against the bare view's", ratio, goal, "times"
    )
