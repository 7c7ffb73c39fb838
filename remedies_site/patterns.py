"""Regular expressions that are compiled when they are first used. Pure.

Long ones take a good part of the start of a process, which may never meet a text to try them on.
"""

import re
from functools import cached_property
from re import compile as compile_pattern
from typing import Any, cast


class LazyPattern:
    """Behaves as the compiled expression."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._pattern = pattern
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return compile_pattern(self._pattern, self._flags)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._compiled, name)
        setattr(self, name, found)  # the next time it is there, as an attribute of its own
        return found


def lazy_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """An expression for its methods; what `re` itself is given has to be compiled."""
    return cast("re.Pattern[str]", LazyPattern(pattern, flags))
