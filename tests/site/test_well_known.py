"""What programs look for at well-known places."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from remedies_site.contact_uri import contact_uri
from remedies_site.well_known import SECURITY_TXT_DAYS

SECURITY = "/.well-known/security.txt"


def test_security_txt_says_whom_to_tell_and_until_when(db, client, settings):
    settings.SECURITY_CONTACT = "security@remedies.example"
    settings.SITE_URL = "https://remedies.example"
    response = client.get(SECURITY)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert fields["Contact"] == "mailto:security@remedies.example"
    assert fields["Canonical"] == f"https://remedies.example{SECURITY}"
    expires = datetime.strptime(fields["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    ahead = expires - datetime.now(UTC)
    assert timedelta(days=SECURITY_TXT_DAYS - 2) < ahead < timedelta(days=365)


def test_the_contact_of_the_site_is_taken_where_it_is_an_address(db, client, settings):
    settings.SITE_CONTACT = "https://remedies.example/contact"
    assert b"Contact: https://remedies.example/contact\n" in client.get(SECURITY).content


@pytest.mark.parametrize("contact", ["", "Ask at the desk, second floor", "http://plain.example"])
def test_without_an_address_there_is_no_security_txt(db, client, settings, contact):
    settings.SECURITY_CONTACT = ""
    settings.SITE_CONTACT = contact
    assert client.get(SECURITY).status_code == 404


@pytest.mark.parametrize(
    ("contact", "uri"),
    [
        ("a@b.example", "mailto:a@b.example"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("tel:+1-201-555-0123", "tel:+1-201-555-0123"),
        ("a@b.example\nContact: x", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_a_contact_becomes_a_uri_or_nothing(contact, uri):
    assert contact_uri(contact) == uri


def test_password_managers_are_sent_to_the_change_of_the_password(db, client):
    response = client.get("/.well-known/change-password")
    assert (response.status_code, response["Location"]) == (302, "/accounts/password/change/")


def test_browsers_find_the_search(db, client, settings):
    settings.SITE_URL = "https://remedies.example"
    settings.SITE_NAME = "Remedies & more, of this very town"
    page = client.get("/about/").content.decode()
    assert 'rel="search" type="application/opensearchdescription+xml"' in page
    assert 'href="/opensearch.xml"' in page
    response = client.get("/opensearch.xml")
    assert response["Content-Type"].startswith("application/opensearchdescription+xml;")
    root = ElementTree.fromstring(response.content)
    name = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert len(root.findtext(f"{name}ShortName")) <= 16
    templates = [url.get("template") for url in root.iter(f"{name}Url")]
    assert templates[0] == "https://remedies.example/search/?q={searchTerms}"


def test_robots_names_the_sitemap(db, client, settings):
    settings.SITE_URL = "https://remedies.example"
    assert b"Sitemap: https://remedies.example/sitemap.xml\n" in client.get("/robots.txt").content
