"""Models of search: its index, and the pages that readers ask for."""

from search.models.page_request import PageRequest
from search.models.search_item import Mention, SearchItem

__all__ = ["Mention", "PageRequest", "SearchItem"]
