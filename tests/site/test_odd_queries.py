"""Odd queries: filters, dates, numbers and bytes that no form of ours sends. Never an error of ours."""

from urllib.parse import quote, quote_from_bytes

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.counts import count
from tests.factories import make_comment
from tests.surfaces import SURFACES

NAMES = [
    *(
        "q",
        "kind",
        "page",
        "order",
        "thread",
        "sort",
        "category",
        "r",
        "print",
        "draft",
        "next",
        "p",
    ),
    *("all", "o", "e", "_popup", "_to_field", "_changelist_filters", "pp", "anchor", "whole"),
]
ODD = [
    *(
        "\x00",
        "0",
        "-1",
        "99999999999999999999",
        "9" * 400,
        "1e999",
        "NaN",
        "99999-12-31",
        "0000-00-00",
    ),
    *(
        "٣",
        "x" * 3_000,
        "%",
        "%00",
        "' OR 1=1 --",
        "../../etc/passwd",
        "\ud7ff",
        "\uffff",
        "",
        " ",
        "[]",
    ),
    *(
        "a=b&c",
        "<script>",
        "//evil.example/",
        "\r\nX-Header: 1",
        "1,2",
        "isnull",
        "True",
        "-o.1.99",
    ),
]
VALUES = st.one_of(st.sampled_from(ODD), st.text(max_size=12))
RAW = st.binary(max_size=6).map(quote_from_bytes)
FIELDS = [
    *(
        "joined_at__year",
        "joined_at__gte",
        "created_at__year",
        "created_at__day",
        "retracted_on__year",
    ),
    *(
        "published_at__gte",
        "pk",
        "id__in",
        "id__exact",
        "state__exact",
        "study_type__exact",
        "kind__in",
    ),
    *("name__regex", "author__password__startswith", "is_staff__exact", "current_revision__isnull"),
    *("year__gte", "nothing", "reviewed_on__lt", "level__range"),
]


def public_urls(world) -> list[str]:
    """One URL of every surface."""
    return sorted(
        {
            url.partition("?")[0]
            for name_urls in SURFACES.values()
            for url in name_urls(world.legs_entry)[:1]  # none of what the world has not
        }
    )


def queries(names: list[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(st.sampled_from(names), st.one_of(VALUES.map(quote), RAW))
    return st.lists(pair.map("=".join), min_size=1, max_size=4).map("&".join)


def status_of(browser: Client, url: str, query: str) -> int:
    browser.raise_request_exception = False
    return browser.generic("GET", url, QUERY_STRING=query).status_code


quiet = settings(
    max_examples=count(small=30, full=400),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@quiet
@given(data=st.data(), query=queries(NAMES))
def test_a_public_page_answers_any_query(standing_world, data, query):
    url = data.draw(st.sampled_from(public_urls(standing_world)))
    assert status_of(Client(), url, query) < 500, (url, query)


def changelists() -> list[str]:
    return [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in admin.site._registry
    ]


@quiet
@given(data=st.data(), query=queries(NAMES + FIELDS))
def test_a_list_of_the_admin_answers_any_query(standing_world, admin_client, data, query):
    url = data.draw(st.sampled_from(changelists()))
    assert status_of(admin_client, url, query) < 500, (url, query)


@pytest.mark.staff_forms
@pytest.mark.parametrize("value", ["%00", "99999", "-1", "9" * 400, "%ff", "x"])
@pytest.mark.parametrize(
    "name", ["q", "p", "o", "created_at__year", "joined_at__year", "id__exact", "state__exact"]
)
def test_every_list_of_the_admin_answers_what_no_filter_offers(
    standing_world, admin_client, name, value
):
    for url in changelists():
        assert status_of(admin_client, url, f"{name}={value}") < 500, url


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("discussions_comment", "created_at__year=99999"),
        ("discussions_comment", f"created_at__year={'9' * 30}"),
        ("remedies_entryrevision", f"published_at__year={'9' * 30}"),
        ("accounts_user", "joined_at__year=99999"),
    ],
)
def test_a_filter_that_no_row_can_match_is_400(standing_world, admin_client, name, query):
    response = admin_client.get(f"{reverse(f'admin:{name}_changelist')}?{query}")
    assert response.status_code == 400
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize("key", ["%00", "x", "9" * 400, "%ff", "-1", "_5F00"])
def test_a_page_of_the_admin_for_no_row_is_no_error(standing_world, admin_client, key):
    for url in changelists():
        for end in ("change/", "delete/", "history/"):
            raw = f"{url}{key.replace('%00', chr(0)).replace('%ff', 'ÿ')}/{end}"
            answer = admin_client.generic("GET", "/", PATH_INFO=raw.encode().decode("latin-1"))
            assert answer.status_code < 500, raw


def test_a_member_s_discussion_answers_any_query(standing_world, client):
    comment = make_comment(standing_world.legs_entry)
    client.force_login(comment.author)
    for name in ("order", "page", "thread"):
        for value in ODD:
            query = f"{name}={quote(value)}"
            assert status_of(client, comment.thread.page_url, query) == 200, query
