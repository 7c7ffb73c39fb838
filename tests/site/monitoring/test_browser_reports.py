"""What browsers report of the policy: bounded, stored nowhere, logged without anybody's words."""

import json

import pytest
from django.test import Client

from remedies_site.monitoring import browser_reports as reports
from remedies_site.monitoring import counters
from remedies_site.monitoring.counters import counter_values

URL = "/browser-reports/"
SECRET = "secret-words"


@pytest.fixture(autouse=True)
def first_of_its_minute():
    reports._minute.forget()


def send(body, content_type="application/csp-report", **headers):
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    browser = Client(enforce_csrf_checks=True)
    return browser.post(URL, text, content_type=content_type, headers=headers)


def old_report(directive="script-src-elem"):
    return {
        "csp-report": {
            "document-uri": f"http://testserver/members/{SECRET}/?q={SECRET}",
            "referrer": f"http://testserver/{SECRET}",
            "effective-directive": directive,
            "blocked-uri": f"https://{SECRET}.example/x.js",
            "script-sample": SECRET,
        }
    }


def test_a_report_is_a_line_of_rule_kind_and_route_without_anybody_s_words(caplog):
    assert send(old_report()).status_code == 204
    assert caplog.messages == ["refused directive=script-src-elem kind=https view=member"]
    assert SECRET not in caplog.text


def test_reports_of_the_newer_interface_come_in_a_list(caplog):
    body = {
        "effectiveDirective": "style-src-attr",
        "blockedURL": "inline",
        "documentURL": "http://x/",
    }
    kinds = [{"type": "csp-violation", "body": body}, {"type": "deprecation", "body": {"id": "x"}}]
    assert send(kinds, "application/reports+json").status_code == 204
    assert caplog.messages == ["refused directive=style-src-attr kind=inline view=home"]


@pytest.mark.parametrize(
    "body", ["", "no json", "[1, 2]", "3", b"\xff\xfe", "[" * 8_000, '{"csp-report": 1}', "{}"]
)
def test_what_is_no_report_is_a_clear_answer_and_no_line(caplog, body):
    assert send(body).status_code in {204, 400}
    assert [message for message in caplog.messages if message.startswith("refused")] == []


def test_a_directive_that_somebody_made_up_is_not_logged(caplog):
    assert send(old_report("x\nINFO forged: line")).status_code == 204
    assert [message for message in caplog.messages if message.startswith("refused")] == []


def test_invented_directives_are_not_counted_so_that_nobody_fills_the_memory(monkeypatch):
    monkeypatch.setattr(counters, "_counts", {})
    for number in range(50):
        reports._minute.forget()
        invented = "x-" + "ab"[number % 2] * (number // 2 + 1)
        assert send(old_report(invented)).status_code == 204
    assert counter_values("browser_reports") == {}
    send(old_report("style-src"))
    assert counter_values("browser_reports") == {("style-src",): 1}


def test_a_body_of_another_type_or_length_is_refused_unread():
    assert send("a=b", "application/x-www-form-urlencoded").status_code == 400
    assert send("x" * (reports.MOST_BYTES + 1)).status_code == 413
    assert Client().get(URL).status_code == 405


def test_a_process_takes_a_bounded_number_a_minute(caplog):
    statuses = [send(old_report()).status_code for _time in range(reports.MOST_A_MINUTE + 5)]
    assert statuses == [204] * reports.MOST_A_MINUTE + [429] * 5
    assert send(old_report()).headers["Retry-After"] == "60"
    logged = [message for message in caplog.messages if message.startswith("refused")]
    assert len(logged) == reports.MOST_A_MINUTE


def test_a_report_sets_no_cookie_and_asks_the_database_nothing(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = send(old_report())
    assert not response.cookies
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_every_page_says_the_same_address_for_reports_so_that_it_can_be_kept():
    headers = Client().get("/about/").headers
    assert headers["Reporting-Endpoints"] == 'site="/browser-reports/"'
    assert "report-to site" in headers["Content-Security-Policy"]
    assert "Reporting-Endpoints" not in Client().get("/sitemap.xml").headers
