"""Reads of requests."""

from django.db.models import Q, QuerySet

from conditions.models import Condition
from remedies.models import Remedy
from remedies_site.key_pages import KeyPage, PagePosition, key_page
from search.models import PageRequest
from search.normalizing import search_text
from search.requests.choices import RequestListing, RequestState

SHOWN_FROM = 3
"""So many wishes show a request, unless an editor did before: one person's words are not public."""
PER_PAGE = 50
_PAGES = ("remedy", "condition")


def shown_requests() -> QuerySet[PageRequest]:
    """Those that readers see."""
    shown = Q(asks__gte=SHOWN_FROM) | Q(listing=RequestListing.SHOWN)
    rows = PageRequest.objects.filter(shown).exclude(listing=RequestListing.HIDDEN)
    return rows.select_related(*_PAGES).defer("remedy__shown_text", "condition__shown_text")


def listed_requests(position: PagePosition) -> KeyPage[PageRequest]:
    """A page of what readers ask for, the most wanted first."""
    return key_page(shown_requests(), ("-asks", "-pk"), position, PER_PAGE, named_by="pk")


def answered_request(query: str) -> PageRequest | None:
    """What became of a wish for just these words, where an editor or a page answered it; one query."""
    folded = search_text(query)
    if not folded or len(folded) > 120:
        return None
    rows = PageRequest.objects.filter(folded=folded).exclude(listing=RequestListing.HIDDEN)
    return rows.exclude(state=RequestState.OPEN).select_related(*_PAGES).first()


def page_with_name(words: str) -> Remedy | Condition | None:
    """The published page with just this name, where there is one; two queries at most."""
    name = " ".join(words.split())
    remedy = Remedy.objects.published().filter(shown_name__iexact=name).first()
    return remedy or Condition.objects.published().filter(shown_name__iexact=name).first()


def open_requests() -> QuerySet[PageRequest]:
    """What nobody has decided on, the most wanted first."""
    return PageRequest.objects.filter(state=RequestState.OPEN)
