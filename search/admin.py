"""Search in the admin: what readers ask for."""

from search.requests.admin import PageRequestAdmin

__all__ = ["PageRequestAdmin"]
