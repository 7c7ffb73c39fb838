"""A page needs as many queries for sixty conditions or remedies as for one, and ten at most;
an entry's page, with its two discussions and its reports, sixteen."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from remedies.models import EvidenceItem, RemedyConditionEntry
from remedies.services import publish_entry
from search.models import PageRequest
from tests.counts import count
from tests.factories import (
    make_challenge,
    make_citation,
    make_condition,
    make_entry,
    make_remedy,
    make_user,
)

SIZES = (1, count(small=10, full=20), count(small=25, full=60))
MOST = 10
MOST_WITH_TALK = {"entry": 16, "entry revision": 16, "remedy revision": 12}
MOST_COMPOSED = {"home": 21, "trust": 16}
"""The home page is composed once for each state of the content: see `remedies_site.pagecache.kept_values`."""


def grow(hub: RemedyConditionEntry) -> Iterator[int]:
    """Add remedies for the hub's condition and conditions for its remedy, size by size."""
    have = 1
    for size in SIZES:
        for _number in range(have, size):
            add(make_entry(hub.remedy, make_condition(aliases="one\ntwo"), published=False))
            add(make_entry(make_remedy(aliases="one\ntwo"), hub.condition, published=False))
        have = size
        yield size


def add(entry: RemedyConditionEntry) -> None:
    """A study and a citation of its own for each."""
    work = make_citation()
    entry.verdict = f"We do not know whether it helps [@{work.key}]."
    entry.save()
    EvidenceItem.objects.create(
        entry=entry, citation=work, outcome="sleep", direction="benefit", result="A little better."
    )
    publish_entry(entry, by=None)
    make_challenge(entry, by=User.objects.first() or make_user())
    PageRequest.objects.create(folded=f"wish {entry.pk}", words=f"Wish {entry.pk}", asks=9)


def pages_of(hub: RemedyConditionEntry) -> dict[str, str]:
    remedy, condition, entry = (
        part.get_absolute_url() for part in (hub.remedy, hub.condition, hub)
    )
    return {
        "home": "/",
        "remedies": "/remedies/",
        "conditions": "/conditions/",
        "remedies of a kind": "/remedies/?kind=other&last=1",
        "conditions of a category": "/conditions/?category=other&last=1",
        "recently reviewed": "/recent/reviewed/",
        "recently corrected": "/recent/corrected/",
        "search": "/search/?q=hub",
        "search for a pair": "/search/?q=hub+remedy+hub+condition",
        "search for many": "/search/?q=condition&kind=entry",  # each kind on a page is one query
        "search with a wrong letter": "/search/?q=hib",
        "suggestions": "/search/suggestions/?q=hu",
        "reference": f"/references/{hub.shown_citations[0]}/",
        "check": "/check/",
        "feed": "/feeds/updates.atom",
        "feed of corrections": "/feeds/corrections.atom",
        "history": f"{entry}history/",
        "history of a remedy": f"{remedy}-/history/",
        "history of a condition": f"{condition}-/history/",
        "feed of a remedy": f"{remedy}-/feed.atom",
        "feed of a condition": f"{condition}-/feed.atom",
        "sitemap": "/sitemap.xml",
        "sitemap of entries": "/sitemap/entries-1.xml",
        "remedy": remedy,
        "remedy by name": f"{remedy}?sort=name",
        "remedy revision": f"{remedy}-/r/1/",
        "all conditions of a remedy": f"{remedy}-/conditions/",
        "all remedies for a condition": f"{condition}-/remedies/?last=1",
        "condition": condition,
        "condition revision": f"{condition}-/r/1/",
        "condition by cautions": f"{condition}?sort=cautions",
        "avoid": f"{condition}avoid/",
        "compare": f"{condition}compare/?r={hub.remedy.slug}&r=standing-remedy",
        "compare chooser": f"{condition}compare/",
        "evidence map": "/map/",
        "evidence map as a file": "/map.csv",
        "entry": entry,
        "entry revision": f"{entry}r/1/",
        "sheet": f"{entry}?print=clinician",
        "why this grade": f"{entry}grade/",
        "challenge": f"{entry}challenge/?p=evidence",
        "challenges of an entry": f"{entry}challenges/",
        "challenges": "/challenges/",
        "requests": "/requests/",
        "trust": "/trust/",
        "search for nothing": "/search/?q=xyzzyplant",
    }


@pytest.mark.django_db
def test_the_number_of_queries_is_the_same_at_every_size(client):
    hub = make_entry(make_remedy("Hub remedy"), make_condition("Hub condition"), published=False)
    add(hub)
    make_remedy("Standing remedy", slug="standing-remedy")
    pages = pages_of(hub)
    for url in pages.values():  # what is looked up once and kept
        client.get(url)
    counts: dict[str, dict[int, int]] = {name: {} for name in pages}
    for size in grow(hub):
        for name, url in pages.items():
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(url).status_code == 200
            counts[name][size] = len(queries)
    assert {
        name: by_size for name, by_size in counts.items() if len(set(by_size.values())) > 1
    } == {}
    most = MOST_WITH_TALK | MOST_COMPOSED
    over = {name: max(by_size.values()) for name, by_size in counts.items()}
    assert {name: n for name, n in over.items() if n > most.get(name, MOST)} == {}


@pytest.mark.parametrize(
    "url", ["/about/", "/about/grading/", "/robots.txt", "/api/", "/no/such/page/"]
)
def test_standing_pages_ask_the_database_for_next_to_nothing(db, client, url):
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    assert len(queries) <= 1
