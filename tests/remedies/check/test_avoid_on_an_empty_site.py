"""Leaving out what to avoid, where a test makes all rows itself (test_avoid.py has the shipped ones)."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from remedies.models import Circumstance
from remedies.services import publish_entry, publish_remedy
from tests.factories import make_condition, make_entry, make_remedy
from tests.reading import Page
from tests.remedies.check.test_avoid import compared


def test_a_warning_of_another_use_leaves_nothing_out(db, client):
    remedy, asthma, cough = make_remedy("Herb"), make_condition("Asthma"), make_condition("Cough")
    pregnancy = Circumstance.objects.create(slug="pregnancy", kind="life", name="pregnant")
    entry = make_entry(remedy, asthma)
    make_entry(remedy, cough)
    row = entry.precautions.create(
        kind="pregnancy",
        severity="stop",
        who="you are pregnant",
        text="Do not.",
        checked=False,
        position=9,
    )
    row.applies_to.add(pregnancy)
    publish_entry(entry, by=None)
    posted = {"circumstance": "pregnancy"}
    assert compared(Page(client.post("/conditions/asthma/avoid/", posted))) == set()
    assert compared(Page(client.post("/conditions/cough/avoid/", posted))) == {"Herb"}


def test_the_number_of_queries_is_fixed(db, client):
    condition = make_condition("Cough")
    pregnancy = Circumstance.objects.create(slug="pregnancy", kind="life", name="pregnant")

    def grow(names: str) -> int:
        for name in names:
            remedy = make_remedy(f"Remedy {name}")
            row = remedy.precautions.create(
                kind="pregnancy",
                severity="stop",
                who="you are pregnant",
                text="No.",
                checked=False,
                position=9,
            )
            row.applies_to.add(pregnancy)
            publish_remedy(remedy, by=None)
            make_entry(remedy, condition)
        with CaptureQueriesContext(connection) as counted:
            page = Page(client.post("/conditions/cough/avoid/", {"circumstance": "pregnancy"}))
        assert compared(page) == set()
        return len(counted)

    assert grow("a") == grow("bcd") == grow("efghijklm")
