"""Several addresses in one field."""

import re

_NEXT = re.compile(r"[\s;,|]+(?=(?:https?|ftp)://|www\.|<)", re.I)


def split_urls(text: str) -> list[str]:
    """The addresses of a field, each on its own."""
    return [part.strip() for part in _NEXT.split(text.strip()) if part.strip()]
