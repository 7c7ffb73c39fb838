"""Pages for readers: from the store in front of Django, and past it."""

from scripts.bench.costs import BYPASS, ENTRY, Row

LIST = (60, 60)
"""Of the bare view, on each database: what the large world allows a list (`large_world.MOST_F`)."""


def rows(etag: str) -> list[Row]:
    """The entry page in every way in which it is sent, and what Django needs for each sort of page."""
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
        Row("A to Z, uncached", "/remedies/", LIST, BYPASS),
        Row("conditions, uncached", "/conditions/", LIST, BYPASS),
        Row("evidence map, uncached", "/map/", LIST, BYPASS),
        Row("search, uncached", "/search/?q=magnesium", LIST, BYPASS),
    ]
