"""Every type of page, with and without a person, is HTML without a fault or a warning."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import Client

from conditions.models import Condition
from remedies.models import Remedy, RemedyConditionEntry
from remedies_site import errors
from tests.conftest import CONTENT, for_a_module
from tests.plugins import nu_checker
from tests.populated_site import PAGE_TYPES, PopulatedSite, populate


@pytest.fixture(scope="module")
def populated_site(prepared, django_db_blocker) -> Iterator[PopulatedSite]:
    with for_a_module(prepared, django_db_blocker, "populated_site", populate, on=CONTENT) as site:
        yield site


@pytest.fixture
def site(populated_site, db) -> PopulatedSite:
    return populated_site


def keep(folder: Path, name: str, html: str) -> Path:
    path = folder / f"{re.sub(r'[^a-z0-9]+', '-', name.lower())}.html"
    path.write_text(html, encoding="utf-8")
    return path


def told(faults: list[nu_checker.Fault]) -> str:
    return "\n".join(map(str, faults))


def browsers(site: PopulatedSite) -> dict[str, Client]:
    """One for everybody who opens pages."""
    people = {
        "anybody": None,
        "member": site.member,
        "editor": site.editor,
        "moderator": site.moderator,
    }
    found = {}
    for name, person in people.items():
        found[name] = Client()
        if person:
            found[name].force_login(person)
    return found


def test_every_type_of_page_is_valid(site, tmp_path):
    opened = browsers(site)
    pages = []
    for page in PAGE_TYPES:
        answer = opened[page.viewer].get(page.address(site))
        assert answer.status_code == page.status, page.name
        pages.append(keep(tmp_path, page.name, answer.content.decode()))
    assert len(set(pages)) == len(PAGE_TYPES)
    assert told(nu_checker.check(pages)) == ""


def test_every_page_of_the_content_is_valid(site, client, tmp_path):
    subjects = [
        *RemedyConditionEntry.objects.published(),
        *Remedy.objects.published(),
        *Condition.objects.published(),
    ]
    pages = [
        keep(
            tmp_path,
            subject.get_absolute_url(),
            client.get(subject.get_absolute_url()).content.decode(),
        )
        for subject in subjects
    ]
    assert len(pages) > 30
    assert told(nu_checker.check(pages)) == ""


def refused_forms(site: PopulatedSite) -> dict[str, str]:
    """Forms that come back with their faults marked."""
    anybody, member = browsers(site)["anybody"], browsers(site)["member"]
    posts = {
        "log-in": (anybody, "/accounts/login/", {"login": "nobody", "password": "wrong"}),
        "sign-up": (anybody, "/accounts/signup/", {"email": "no address"}),
        "reset": (anybody, "/accounts/password/reset/", {"email": "no address"}),
        "rename": (member, "/accounts/name/", {"name": ""}),
        "password": (member, "/accounts/password/change/", {"oldpassword": "wrong"}),
        "comment": (member, f"{site.entry.get_absolute_url()}comments/", {"body": ""}),
        "edit": (member, f"{site.own.get_absolute_url()}edit/", {"body": ""}),
        "report": (anybody, f"{site.comment.get_absolute_url()}report/", {"reason": ""}),
        "vote": (member, f"{site.entry.get_absolute_url()}vote/", {"value": "7"}),
    }
    return {
        name: browser.post(address, values).content.decode()
        for name, (browser, address, values) in posts.items()
    }


def test_every_form_that_comes_back_is_valid(site, tmp_path):
    forms = refused_forms(site)
    assert [name for name, html in forms.items() if "<form" not in html and "<h1" not in html] == []
    pages = [keep(tmp_path, name, html) for name, html in forms.items()]
    assert told(nu_checker.check(pages)) == ""


def error_pages(request) -> dict[str, str]:
    """Each as its view makes it."""
    faults = {"faults": [("verdict", "is missing")]}
    answers = {
        "bad": errors.bad_request(request),
        "forbidden": errors.forbidden(request),
        "stale form": errors.csrf_failure(request),
        "not found": errors.not_found(request),
        "gone": errors.gone(request, title="A page", reason="It is being rewritten."),
        "too many": errors.too_many_requests(request),
        "too large": errors.too_large(request),
        "broken": errors.server_error(request),
    }
    pages = {name: answer.content.decode() for name, answer in answers.items()}
    return pages | {"unfinished": render_to_string("409.html", faults, request)}


def test_every_error_page_is_valid(db, tmp_path, rf):
    request = rf.get("/")
    request.user = AnonymousUser()
    pages = [keep(tmp_path, name, html) for name, html in error_pages(request).items()]
    assert told(nu_checker.check(pages)) == ""


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ('<p id="a">One</p><p id="a">Two</p>', "Duplicate ID"),
        ("<p><b>Open</p>", "End tag"),
        ('<img src="a.png">', "alt"),
        ('<p aria-hiden="true">A</p>', "aria-hiden"),
    ],
)
def test_a_fault_is_found(tmp_path, html, message):
    page = f'<!doctype html><html lang="en"><head><title>A</title></head><body>{html}</body></html>'
    faults = nu_checker.check([keep(tmp_path, "planted", page)])
    assert any(message in fault.message for fault in faults), told(faults)
