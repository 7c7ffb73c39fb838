"""Which version of what it shows a page would have now: one query, by primary key."""

from collections.abc import Sequence

from django.db import connection
from django.db.utils import Error

from remedies_site.pagecache.triggers import TABLE

Version = tuple[tuple[str, int], ...]


def current_version(scopes: Sequence[str]) -> Version | None:
    """The numbers of the scopes, in order; None where the database cannot say."""
    marks = ", ".join(["%s"] * len(scopes))
    try:
        connection.close_if_unusable_or_obsolete()
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT scope, number FROM {TABLE} WHERE scope IN ({marks})", scopes)
            return tuple(sorted(cursor.fetchall()))
    except Error:
        return None
