"""Pages for readers: from the store in front of Django, and past it."""

from scripts.bench.costs import BYPASS, ENTRY, Row


def rows(etag: str) -> list[Row]:
    """The entry page in every way in which it is sent, and what Django needs for four pages."""
    warm = (0.4, 0.8)
    return [
        Row("entry, cached, identity", ENTRY, warm, is_cached=True),
        Row("entry, cached, Brotli", ENTRY, warm, {"Accept-Encoding": "br"}, is_cached=True),
        Row("entry, cached, gzip", ENTRY, warm, {"Accept-Encoding": "gzip"}, is_cached=True),
        Row("entry, cached, 304", ENTRY, (0.4, 0.7), {"If-None-Match": etag}, 304, is_cached=True),
        Row("entry, uncached", ENTRY, (30, 30), BYPASS),
        Row("remedy, uncached", "/remedies/magnesium/", (30, 30), BYPASS),
        Row("condition, uncached", "/conditions/restless-legs-syndrome/", (30, 30), BYPASS),
        Row("home, uncached", "/", (20, 20), BYPASS),
    ]
