"""Numbers that a process counts while it runs: how often something happened, and when it last did.

They are counted always, since that costs less than a microsecond, and read by `exporter` where the operator
wants them. Labels are names of ours (a route, a class of statuses), never words from outside, so there is a
bounded number of them.
"""

import threading
import time
from collections.abc import Mapping

Labels = tuple[str, ...]

_lock = threading.Lock()
_counts: dict[str, dict[Labels, float]] = {}
_times: dict[str, float] = {}


def increment(name: str, *labels: str, amount: float = 1) -> None:
    """Add to the number of this name and these labels."""
    with _lock:
        numbers = _counts.setdefault(name, {})
        numbers[labels] = numbers.get(labels, 0) + amount


def note_time(name: str) -> None:
    """Keep that it happened now."""
    _times[name] = time.time()


def counter_values(name: str) -> Mapping[Labels, float]:
    """A copy of the numbers of a name, by labels."""
    with _lock:
        return dict(_counts.get(name, {}))


def last_time(name: str) -> float | None:
    """Seconds since 1970 when it last happened in this process; None where it never did."""
    return _times.get(name)
