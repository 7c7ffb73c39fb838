"""Every page that anybody can open says what it is, in words of its own, also where it is shared."""

import pytest
from django.test import Client

from conditions.models import Condition
from remedies.models import Remedy, RemedyConditionEntry
from tests.conftest import CONTENT, for_a_module
from tests.populated_site import ANYBODY, populate
from tests.reading import Page

pytestmark = pytest.mark.every_page

WITHOUT = {"withdrawn entry", "not found"}
"""Pages that say what is not there."""


@pytest.fixture(scope="module")
def pages(prepared, django_db_blocker):
    """The pages that readers open, by the kind of page."""
    with for_a_module(prepared, django_db_blocker, "populated_site", populate, on=CONTENT) as site:
        with django_db_blocker.unblock():
            opened = {kind.name: Page(Client().get(kind.address(site))) for kind in ANYBODY}
            opened |= {
                f"sheet, {kind}": Page(
                    Client().get(f"{site.entry.get_absolute_url()}?print={kind}")
                )
                for kind in ("clinician", "patient")
            }
        yield opened


def meta(page: Page, name: str) -> str:
    """The one Open Graph property of this name; “twitter:…” where it is one of those."""
    key = "name" if name.startswith("twitter:") else "property_"
    return page.one("meta", **{key: name}).get("content", "")


def test_every_kind_of_page_has_a_description(pages):
    assert [name for name, page in pages.items() if not page.description] == sorted(WITHOUT)[::-1]
    for name, page in pages.items():
        if name not in WITHOUT:
            assert 30 < len(page.description) <= 200, (name, page.description)


def test_no_two_pages_share_one(pages):
    by_page = {
        page.one("link", rel="canonical").get("href"): page.description
        for name, page in pages.items()
        if name not in WITHOUT and not name.startswith("sheet")
    }
    sheets = [page.description for name, page in pages.items() if name.startswith("sheet")]
    descriptions = [*by_page.values(), *sheets]
    assert len(descriptions) > 25
    assert len(set(descriptions)) == len(descriptions)


def test_a_shared_link_says_the_same(pages):
    for name, page in pages.items():
        assert meta(page, "og:title") == page.title, name
        assert meta(page, "og:url") == page.one("link", rel="canonical").get("href")
        assert meta(page, "og:type") in {"article", "website"}
        assert meta(page, "og:site_name")
        assert meta(page, "og:image").startswith("http")
        assert meta(page, "og:image:alt")
        assert (meta(page, "og:image:width"), meta(page, "og:image:height")) == ("1200", "630")
        assert meta(page, "twitter:card") == "summary_large_image"
        if page.description:
            assert meta(page, "og:description") == page.description


def test_no_two_entries_remedies_or_conditions_share_one(pages, content_descriptions):
    assert len(content_descriptions) > 70
    assert len(set(content_descriptions)) == len(content_descriptions)


@pytest.fixture
def content_descriptions(db, pages) -> list[str]:
    """The description of every published page of content, and of every page of a grade."""
    entries = [entry.get_absolute_url() for entry in RemedyConditionEntry.objects.published()]
    urls = [
        *entries,
        *(f"{url}grade/" for url in entries[:5]),
        *(row.get_absolute_url() for row in Remedy.objects.published()),
        *(row.get_absolute_url() for row in Condition.objects.published()),
    ]
    return [Page(Client().get(url)).description for url in urls]
