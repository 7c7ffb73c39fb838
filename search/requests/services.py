"""Counting what readers ask for. Raises subclasses of `remedies_site.exceptions.ServiceError`."""

from django.db import transaction
from django.db.models import F, Model
from django.http import HttpRequest
from django.utils import timezone

from accounts.events import log_event
from accounts.models import User
from accounts.rate_limits import (
    ASK_ONCE,
    ASKS_OF_MEMBERS,
    ASKS_OF_READERS,
    first_time,
    limit_by_key,
    limit_by_network,
)
from conditions.models import Condition
from remedies.models import Remedy
from remedies_site.proxies import client_network
from search.models import PageRequest
from search.normalizing import search_text
from search.requests.choices import RequestState
from search.requests.words import clean_words


def ask_for(text: str, *, by: User | None, request: HttpRequest) -> PageRequest:
    """Count one wish for a page, of a member or of somebody in this network. Raises: InvalidInput, RateLimited.

    The same wish of the same person within a month changes nothing. Of who asked, only the keyed digest
    is kept that limits need.
    """
    words = clean_words(text)
    if by is None:
        limit_by_network(request, ASKS_OF_READERS)
        person = f"network {client_network(request)}"
    else:
        limit_by_key(ASKS_OF_MEMBERS, str(by.pk), request)
        person = f"member {by.pk}"
    return _count(words, person)


@transaction.atomic
def _count(words: str, person: str) -> PageRequest:
    folded = search_text(words)
    wish, is_new = PageRequest.objects.get_or_create(folded=folded, defaults={"words": words})
    is_first = first_time(ASK_ONCE, f"{person} {folded}")
    if not is_new and is_first:
        PageRequest.objects.filter(pk=wish.pk).update(
            asks=F("asks") + 1, last_requested_on=timezone.localdate()
        )
        wish.refresh_from_db()
    if is_first:
        log_event("page_asked_for", wish=wish.pk)
    return wish


def mark_published(subject: Model) -> int:
    """Point the requests for a page to it, by its name and its other names; the number of them.

    To be called in the transaction that published. Pages of entries are nobody's wish by a name.
    """
    if not isinstance(subject, Remedy | Condition):
        return 0
    names = {search_text(name) for name in (subject.shown_name, *subject.shown_alias_list)}
    wishes = PageRequest.objects.filter(folded__in=names).exclude(state=RequestState.PUBLISHED)
    is_remedy = isinstance(subject, Remedy)
    return wishes.update(
        state=RequestState.PUBLISHED,
        remedy_id=subject.pk if is_remedy else None,
        condition_id=None if is_remedy else subject.pk,
    )
