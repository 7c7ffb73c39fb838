"""Who gets where in the admin: every page of every kind of thing, for every kind of person.

A letter for each page that opens, in the order of PAGES; a dot where the answer is 403. People who
are not staff are always sent to the log-in.
"""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from citations.document import to_document
from citations.models import Citation
from discussions.moderation.services import report_comment
from publishing.banners.services import set_banner
from publishing.models import Merge, Redirect
from publishing.review.works import CITATIONS
from remedies.document import ordered_circumstance
from remedies.models import Circumstance
from remedies.services import CIRCUMSTANCES
from search.models import PageRequest
from tests.factories import make_challenge, make_comment, make_review, make_user
from tests.surfaces import named_patterns

PAGES = {
    "l": "changelist",
    "a": "add",
    "c": "change",
    "h": "history",
    "d": "delete",
    "w": "withdraw",
    "x": "discard",
    "s": "schedule",
    "u": "unschedule",
}
EDITOR = {
    "condition": "lach.wxsu",
    "remedy": "lach.wxsu",
    "remedyconditionentry": "lach.wxsu",
    "citation": "lach.",
    "conditionrevision": "l.ch.",
    "remedyrevision": "l.ch.",
    "entryrevision": "l.ch.",
    "citationrevision": "l.ch.",
    "circumstancerevision": "l.ch.",
    "submission": "l.ch.",
    "merge": "l.ch.",
    "redirect": ".....",
    "user": ".....",
    "group": ".....",
    "comment": ".....",
    "report": ".....",
    "challenge": "l.ch.",
    "pagerequest": "l.chd",
    "circumstance": "lach.",
    "emailaddress": ".....",
    "reviewer": "l.ch.",
    "conflictstatement": "l.ch.",
    "clinicalreview": "l.ch.",
    "safetybanner": "l.ch.",
}
MODERATOR = {
    "condition": "l.ch.....",
    "remedy": "l.ch.....",
    "remedyconditionentry": "l.ch.....",
    "citation": ".....",
    "conditionrevision": ".....",
    "remedyrevision": ".....",
    "entryrevision": ".....",
    "citationrevision": ".....",
    "circumstancerevision": ".....",
    "submission": ".....",
    "merge": ".....",
    "redirect": ".....",
    "user": ".....",
    "group": ".....",
    "comment": "l.ch.",
    "report": "l.ch.",
    "challenge": "l.ch.",
    "pagerequest": ".....",
    "circumstance": ".....",
    "emailaddress": ".....",
    "reviewer": ".....",
    "conflictstatement": ".....",
    "clinicalreview": ".....",
    "safetybanner": ".....",
}
SUPERUSER = {
    "condition": "lach.wxsu",  # what was published is not deleted
    "remedy": "lach.wxsu",
    "remedyconditionentry": "lach.wxsu",
    "citation": "lach.",  # neither is a work that a page cites
    "conditionrevision": "l.ch.",
    "remedyrevision": "l.ch.",
    "entryrevision": "l.ch.",
    "citationrevision": "l.ch.",
    "circumstancerevision": "l.ch.",
    "submission": "l.ch.",
    "merge": "l.ch.",
    "redirect": "lachd",
    "user": "lach.",  # barred, not deleted: their votes are in the counters
    "group": "lachd",
    "comment": "l.ch.",
    "report": "l.ch.",
    "challenge": "l.ch.",
    "pagerequest": "l.chd",
    "circumstance": "lach.",
    "emailaddress": "lachd",
    "reviewer": "lach.",
    "conflictstatement": "lach.",
    "clinicalreview": "l.ch.",
    "safetybanner": "l.ch.",
}
PUBLISHER = EDITOR | {"reviewer": "lach.", "conflictstatement": "lach."}
REVIEWER = dict.fromkeys(EDITOR, ".....") | {
    **dict.fromkeys(("condition", "remedy", "remedyconditionentry"), "l.ch....."),
    **{"reviewer": "l.ch.", "conflictstatement": "lach.", "clinicalreview": "l.ch."},
}
CHANGED_ALONE = {"pagerequest"}
"""What readers add, and editors change."""
NOTHING = {name: "." * len(pages) for name, pages in SUPERUSER.items()}
TABLE = {
    "editor": EDITOR,
    "publisher": PUBLISHER,
    "reviewer": REVIEWER,
    "moderator": MODERATOR,
    "staff": NOTHING,
    "superuser": SUPERUSER,
}
APPS = {"accounts", "citations", "conditions", "discussions", "publishing", "remedies"}
OUTSIDE = ["visitor", "member", "former editor"]


@pytest.fixture
def world(standing_world):
    return standing_world


def browser_of(role: str) -> Client:
    browser = Client()
    if role == "visitor":
        return browser
    person = make_user(
        role if role in {"editor", "publisher", "reviewer", "moderator"} else "member"
    )
    if role == "former editor":
        person.groups.add(Group.objects.get(name="editor"))
    person.is_staff = role not in OUTSIDE
    person.is_superuser = role == "superuser"
    person.save()
    browser.force_login(person)
    return browser


@pytest.fixture
def things(world):
    """One stored thing of every kind that the admin knows."""
    Redirect.objects.create(path="/old/", target="/new/")
    comment = make_comment(world.magnesium)
    term = Circumstance.objects.create(slug="lithium", kind="medicine", name="a")
    of_work = to_document(world.trial).model_copy(update={"title": "Another"})
    of_term = ordered_circumstance(term).model_copy(update={"name": "b"})
    return {
        "condition": world.restless_legs,
        "remedy": world.magnesium,
        "remedyconditionentry": world.legs_entry,
        "citation": world.trial,
        "conditionrevision": world.restless_legs.current_revision,
        "remedyrevision": world.magnesium.current_revision,
        "entryrevision": world.legs_entry.current_revision,
        "redirect": Redirect.objects.get(),
        "user": world.mara,
        "group": Group.objects.get(name="moderator"),
        "comment": comment,
        "report": report_comment(comment, by=world.mara, reason="spam"),
        "challenge": make_challenge(world.magnesium),
        "pagerequest": PageRequest.objects.create(folded="herb", words="Herb"),
        "circumstance": term,
        "citationrevision": CITATIONS.submit(of_work, by=world.edda),
        "circumstancerevision": CIRCUMSTANCES.submit(of_term, by=world.edda),
        "emailaddress": world.mara.emailaddress_set.get(),
        "merge": waiting_merge(world),
        "submission": world.magnesium.submissions.create(
            author=world.edda, author_name="edda", reason="Why."
        ),
        **people_and_notice(world),
    }


def people_and_notice(world) -> dict[str, object]:
    """A reviewer with a statement and a review, and a safety notice."""
    review = make_review(world.legs_entry)
    return {
        "reviewer": review.reviewer,
        "conflictstatement": review.statement,
        "clinicalreview": review,
        "safetybanner": set_banner(world.magnesium, by=make_user("publisher"), text="Stop."),
    }


def waiting_merge(world) -> Merge:
    """One that nobody has decided."""
    kind = ContentType.objects.get_for_model(Citation)
    values = {
        "source": world.trial.key,
        "target": "Other2020",
        "note": "The same.",
        "author": world.edda,
    }
    return Merge.objects.create(content_type=kind, author_name=world.edda.name, **values)


def addresses_of(thing) -> dict[str, str]:
    """Letter of a page to its address; only subjects have those of publishing."""
    meta = thing._meta
    addresses = {}
    for letter, page in PAGES.items():
        arguments = [] if page in {"changelist", "add"} else [thing.pk]
        try:
            name = f"admin:{meta.app_label}_{meta.model_name}_{page}"
            addresses[letter] = reverse(name, args=arguments)
        except NoReverseMatch:
            assert page in {"withdraw", "discard", "schedule", "unschedule"}
    return addresses


def test_the_table_holds_every_kind_of_thing_and_every_page():
    registered = {model._meta.model_name for model in admin.site._registry}
    assert all(table.keys() == registered for table in TABLE.values())
    others = {"user_password_change", "citationrevision_decide", "circumstancerevision_decide"}
    others |= {f"safetybanner_{page}" for page in ("set", "set_on_site", "lift", "confirm")}
    others |= {"clinicalreview_record", "clinicalreview_take_back"}
    others |= {"challenge_decide", "submission_decide"}
    others |= {"condition_merge", "citation_merge", "merge_decide"}
    others |= {"condition_rename", "remedy_rename"}
    others |= {"for_condition"}  # a list for readers: remedies_for_condition
    own = ("changelist", "add", "change", "history", "delete", "withdraw", "discard")
    own += ("schedule", "unschedule")
    own += ("autosave", "continue", "typed", "preview")  # tests/publishing/writing/test_autosave.py
    others |= {"citation_keys"}  # tests/publishing/writing/test_where_cited.py
    own += ("restore",)  # of a version: tests/publishing/history/test_restoring.py
    pages = 0
    for _route, pattern in named_patterns():
        app, _, rest = (pattern.name or "").partition("_")
        if app in APPS and "_" in rest:
            pages += 1
            assert rest.rpartition("_")[2] in own or rest in others, pattern.name
    assert pages > 40


@pytest.mark.parametrize("role", TABLE)
def test_each_person_gets_where_their_rights_lead(things, role):
    browser = browser_of(role)
    opened = {}
    for name, thing in things.items():
        responses = {
            letter: browser.get(url).status_code for letter, url in addresses_of(thing).items()
        }
        assert set(responses.values()) <= {200, 403}, (name, responses)
        opened[name] = "".join(
            letter if status == 200 else "." for letter, status in responses.items()
        )
    assert opened == TABLE[role]


@pytest.mark.parametrize("role", TABLE)
def test_a_form_that_somebody_may_not_open_takes_nothing_from_them(things, role):
    browser = browser_of(role)
    before = {name: type(thing).objects.values().get(pk=thing.pk) for name, thing in things.items()}
    for name, thing in things.items():
        for letter, url in addresses_of(thing).items():
            forbidden = TABLE[role][name][list(PAGES).index(letter)] == "."
            looked_at = letter == "c" and "a" not in TABLE[role][name] and name not in CHANGED_ALONE
            if forbidden or looked_at:
                response = browser.post(url, {"post": "yes", "reason": "x", "_save": "1"})
                assert response.status_code == 403, url
    after = {name: type(thing).objects.values().get(pk=thing.pk) for name, thing in things.items()}
    assert after == before


@pytest.mark.parametrize("role", OUTSIDE)
def test_who_is_not_staff_is_sent_to_the_log_in(things, role):
    browser = browser_of(role)
    addresses = [url for thing in things.values() for url in addresses_of(thing).values()]
    addresses += ["/admin/", "/admin/autocomplete/", "/admin/jsi18n/", "/admin/password_change/"]
    addresses += ["/admin/markdown-preview/", f"/admin/r/1/{things['remedy'].pk}/"]
    for url in addresses:
        for ask in (browser.get, browser.post):
            response = ask(url)
            assert response.status_code == 302, url
            assert response.headers["Location"].startswith("/admin/login/?next="), url


def test_visitors_are_told_nothing_at_any_address_of_the_admin(world):
    """Every route of the URLconf below /admin/, with an argument that exists."""
    numbers = {"<path:object_id>": str(world.magnesium.pk), "<id>": str(world.mara.pk)}
    numbers |= {"<path:content_type_id>": "1", "<str:label>": "remedies.remedy", "<int:pk>": "1"}
    asked = 0
    for route, pattern in named_patterns():
        if not route.startswith("admin/") or pattern.name in {"login", "staff_login"}:
            continue
        url = "/" + route.lstrip("^").replace("(?P<url>.*)$", "x")
        for part, number in numbers.items():
            url = url.replace(part, number)
        if "(?P<app_label>" in url:
            url = "/admin/remedies/"
        response = world.vera.get(url)
        assert response.status_code == 302, url
        asked += 1
    assert asked > 50


def test_the_preview_is_for_who_may_see_the_library(db):
    url = reverse("markdownx_markdownify")
    for role in ("editor", "publisher", "superuser"):
        response = browser_of(role).post(url, {"content": "*x*"})
        assert (response.status_code, "<em>x</em>" in response.content.decode()) == (200, True)
    assert browser_of("moderator").post(url, {"content": "*x*"}).status_code == 403
    for role in OUTSIDE:
        assert browser_of(role).post(url, {"content": "*x*"}).status_code == 302


@pytest.mark.parametrize("role", ["editor", "publisher", "moderator"])
def test_nobody_raises_their_own_rights(world, role):
    browser = browser_of(role)
    person = User.objects.get(pk=browser.session["_auth_user_id"])
    url = reverse("admin:accounts_user_change", args=[person.pk])
    sent = {"name": person.name, "email": person.email, "is_superuser": "on", "is_staff": "on"}
    assert browser.post(url, sent).status_code == 403
    for page in ("accounts_user_add", "auth_group_add"):
        assert browser.post(reverse(f"admin:{page}"), {"name": "x"}).status_code == 403
    person.refresh_from_db()
    assert not person.is_superuser


@pytest.mark.parametrize("role", ["editor", "moderator"])
def test_the_index_of_the_admin_lists_only_what_one_may_open(things, role):
    listed = browser_of(role).get("/admin/").content.decode()
    for name, thing in things.items():
        url = addresses_of(thing)["l"]
        assert (f'"{url}"' in listed) == (TABLE[role][name][0] == "l"), name


def test_a_moderator_finds_no_citations_by_the_admin_s_own_search(world):
    """The look-up behind the form of an entry asks for the right to see what it finds."""
    asked = {"term": "", "app_label": "remedies", "model_name": "evidenceitem"}
    response = browser_of("moderator").get(
        "/admin/autocomplete/", asked | {"field_name": "citation"}
    )
    assert response.status_code == 403


@pytest.mark.parametrize("role", ["editor", "publisher", "moderator", "superuser", "member"])
def test_name_or_address_and_password_log_in_to_the_admin(db, role):
    password = "a long enough password"
    person = make_user(role if role != "superuser" else "member")
    person.is_superuser = role == "superuser"
    person.is_staff = person.is_staff or person.is_superuser
    person.save()
    for name in (person.name, person.email):
        response = Client().post("/admin/login/", {"username": name, "password": password})
        assert response.status_code == (302 if role != "member" else 200)
