"""Each request has a name, which a trusted proxy may give and no page that others may get carries."""

import ipaddress
import re

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from remedies_site.monitoring.counters import counter_values
from remedies_site.monitoring.request_ids import current_request_id, name_requests
from remedies_site.proxies import believe_trusted_proxies
from tests.factories import make_user
from tests.site.pagecache.site import Site

GIVEN = "edge-0123456789abcdef"
MADE = re.compile(r"[0-9a-f]{32}")


@pytest.fixture
def trusted(settings):
    settings.TRUSTED_PROXIES = [ipaddress.ip_network("10.0.0.1")]


def name_of(given: str, peer: str) -> tuple[str, HttpResponse]:
    """The name of a request while a view answers it, and the answer, which is for one reader alone."""
    names = []

    def view(_request):
        names.append(current_request_id())
        return HttpResponse(headers={"Cache-Control": "private, no-store"})

    chain = believe_trusted_proxies(name_requests(view))
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers={"X-Request-ID": given})
    response = chain(request)
    assert current_request_id() == ""
    return names[0], response


def test_a_trusted_proxy_names_the_request_and_the_answer_says_so(trusted):
    name, response = name_of(GIVEN, "10.0.0.1")
    assert name == response.headers["X-Request-ID"] == GIVEN


def test_nobody_else_names_a_request(trusted):
    name, response = name_of(GIVEN, "203.0.113.9")
    assert MADE.fullmatch(name)
    assert response.headers["X-Request-ID"] == name


@pytest.mark.parametrize(
    "given", ["", "short", "a" * 65, "with blank in it", "x\nINFO forged: line", "<b>12345678"]
)
def test_a_name_that_is_not_well_formed_is_replaced(trusted, given):
    assert MADE.fullmatch(name_of(given, "10.0.0.1")[0])


def test_two_requests_have_two_names(trusted):
    assert name_of("", "10.0.0.1")[0] != name_of("", "10.0.0.1")[0]


@pytest.mark.django_db
def test_a_page_that_shared_caches_may_keep_bears_no_name_and_a_member_s_does():
    browser = Client()
    assert "X-Request-ID" not in browser.get("/about/").headers
    assert "X-Request-ID" not in browser.get("/static/img/favicon.svg").headers
    browser.force_login(make_user())
    assert MADE.fullmatch(browser.get("/about/").headers["X-Request-ID"])


@pytest.mark.django_db(transaction=True)
def test_no_kept_page_hands_on_the_name_of_the_request_that_made_it():
    site = Site()
    for _time in range(2):
        status, headers, _body = site.get("/about/")
        assert status == 200
        assert "X-Request-ID" not in headers
    assert site.django.times == 1


@pytest.mark.django_db
def test_requests_are_counted_by_route_and_class_of_status_and_never_by_path():
    before = counter_values("requests")
    Client().get("/remedies/nothing-here/")
    Client().get("/no/such/page/")
    after = counter_values("requests")
    grown = {labels for labels, number in after.items() if number > before.get(labels, 0)}
    assert grown == {("remedy", "4xx"), ("none", "4xx")}
    assert not any("/" in label for labels in after for label in labels)
