"""Another time for everything that looks at Django's clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest import mock

from django.utils import timezone


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Let `timezone.now()` return the moment; defaults of model fields keep the real time."""
    with mock.patch.object(timezone, "now", return_value=moment):
        yield
