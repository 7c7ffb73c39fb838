"""Lists are read in the order of an index: no table is read whole, and nothing is sorted to show a part of it.

A planner that knows a handful of rows reads them all, so PostgreSQL is told to do so only where it has no
other way. SQLite's plans do not depend on the number of rows.
"""

import json
import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.notifications.digest import send_digests
from accounts.notifications.due_mails import write_due_mails
from accounts.notifications.services import delete_old
from discussions.choices import Order
from remedies.models import RemedyConditionEntry
from remedies.services import publish_entry
from tests.factories import make_comment, make_condition, make_entry, make_remedy

pytestmark = pytest.mark.django_db

GROWING = {
    *("remedies_remedy", "remedies_remedyconditionentry", "conditions_condition"),
    *("remedies_entryrevision", "remedies_remedyrevision", "conditions_conditionrevision"),
    *("discussions_comment", "discussions_thread", "discussions_commentvote"),
    *("citations_citation", "remedies_mention", "remedies_searchitem"),
}
"""Tables with as many rows as the site has of something."""
BY_DAILY_MAILS = "SCAN accounts_notificationsetting USING INDEX accounts_daily_mails"
"""The one index that is read whole: it has those alone who chose the daily mail."""


@pytest.fixture
def entry() -> RemedyConditionEntry:
    """Among others, and corrected."""
    entries = [make_entry(make_remedy(), make_condition()) for _number in range(4)]
    for each in entries:
        each.written_on = date(2026, 2, 2)
        each.save()
        publish_entry(each, by=None, note="Corrected.", correction=True)
    for _number in range(3):
        make_comment(entries[1])
    return entries[1]


def positions(token: object) -> Iterator[str]:
    """Every direction in which a list is read."""
    yield from ("", f"after={token}", f"before={token}", "last=1")


def lists(entry: RemedyConditionEntry) -> Iterator[str]:
    """Each list with each direction."""
    remedy, condition = entry.remedy, entry.condition
    correction = entry.revisions.filter(kind="correction").get()
    for url, token in (
        ("/remedies/?", remedy.slug),
        ("/remedies/?kind=other&", remedy.slug),
        ("/conditions/?", condition.slug),
        ("/conditions/?category=other&", condition.slug),
        ("/recent/reviewed/?", entry.pk),
        ("/recent/corrected/?", f"e{correction.pk}"),
    ):
        yield from (url + position for position in positions(token))
    for section in ("remedies", "conditions", "entries"):
        yield f"/sitemap/{section}-1.xml"
    yield "/sitemap.xml"


def of_one_subject(entry: RemedyConditionEntry) -> Iterator[str]:
    """Lists within a remedy or a condition, which may be put into their order."""
    yield from (f"{entry.remedy.get_absolute_url()}-/conditions/?{p}" for p in positions(entry.pk))
    yield from (f"{entry.condition.get_absolute_url()}-/remedies/?{p}" for p in positions(entry.pk))
    yield from (subject.get_absolute_url() for subject in entry.parts)
    yield f"{entry.condition.get_absolute_url()}compare/"
    yield from (f"{entry.get_absolute_url()}?order={order}&page=2" for order in Order.values)
    yield from ("/map/?r_last=1", f"/map/?c_after={entry.condition.slug}", "/map/?kind=other")


def selects(client: Client, url: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200, url
    return [sql for query in queries if (sql := query["sql"]).lstrip("(").startswith("SELECT")]


def read_whole(sql: str) -> set[str]:
    """The growing tables that a query reads row by row without an index."""
    if connection.vendor == "postgresql":
        return {
            node["Relation Name"]
            for node in nodes(plan(sql))
            if node["Node Type"] == "Seq Scan" and node["Relation Name"] in GROWING
        }
    aliases = {f'"{table}"': table for table in GROWING} | {table: table for table in GROWING}
    return {
        aliases[words[1]]
        for line in sqlite_plan(sql)
        if (words := line.split())[0] == "SCAN" and "INDEX" not in words and words[1] in aliases
    }


def sorts(sql: str) -> list[str]:
    """The steps that sort all that was found; sorting within what an index has in order is none."""
    if connection.vendor == "postgresql":
        return [node["Node Type"] for node in nodes(plan(sql)) if node["Node Type"] == "Sort"]
    return [line for line in sqlite_plan(sql) if line == "USE TEMP B-TREE FOR ORDER BY"]


def sqlite_plan(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [line for *_numbers, line in cursor.fetchall()]


def plan(sql: str) -> dict:
    with connection.cursor() as cursor:
        for way in ("seqscan", "sort", "bitmapscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        (found,) = cursor.fetchone()
    return (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]


def nodes(node: dict) -> Iterator[dict]:
    yield node
    for below in node.get("Plans", ()):
        yield from nodes(below)


def test_no_list_reads_a_whole_table_or_sorts_it(client, entry):
    for url in lists(entry):
        for sql in selects(client, url):
            assert (read_whole(sql), sorts(sql)) == (set(), []), (url, sql)


def test_what_belongs_to_one_subject_is_found_by_index(client, entry):
    for url in of_one_subject(entry):
        for sql in selects(client, url):
            assert read_whole(sql) == set(), (url, sql)


@pytest.mark.parametrize("order", list(Order))
def test_a_page_of_threads_is_chosen_in_the_order_of_an_index(client, entry, order):
    inner = [
        choosing[1]
        for sql in selects(client, f"{entry.get_absolute_url()}?order={order}&page=2")
        if (choosing := re.search(r'"id" IN \((SELECT .* LIMIT 3)\)', sql))
    ]
    assert len(inner) == 1
    assert (read_whole(inner[0]), sorts(inner[0])) == (set(), [])


def the_worker_looks() -> list[str]:
    """What it asks about notifications, most of which are not due for anything."""
    with CaptureQueriesContext(connection) as queries:
        assert (write_due_mails(), send_digests(), delete_old()) == (0, 0, 0)
    return [query["sql"] for query in queries if "accounts_notification" in query["sql"]]


def test_the_worker_finds_what_is_due_by_index():
    queries = the_worker_looks()
    assert len(queries) == 4
    for sql in queries:
        if connection.vendor == "postgresql":
            ways = [node["Node Type"] for node in nodes(plan(sql)) if "Relation Name" in node]
            assert "Seq Scan" not in ways, sql
            continue
        scans = [line for line in sqlite_plan(sql) if line.startswith("SCAN")]
        assert set(scans) <= {BY_DAILY_MAILS}, sql


def test_the_plans_are_read_rightly(entry):
    whole = 'SELECT "id" FROM "discussions_comment" ORDER BY "body"'
    assert read_whole(whole) == {"discussions_comment"}
    assert sorts(whole)
