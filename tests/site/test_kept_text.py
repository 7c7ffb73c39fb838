"""A session that ended while somebody wrote: the text goes through the log-in and back into its form."""

import json
from urllib.parse import quote

import pytest
from django import forms
from django.contrib.auth import login
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client
from django.urls import path, reverse
from django.views.generic import FormView

from accounts.models import SanctionKind, Session, User
from discussions.models import Comment, Report
from discussions.moderation.member_services import sanction_author
from publishing.banners.services import set_banner
from publishing.models import SafetyBanner
from remedies.models import ExperienceReport, Remedy
from remedies_site import urls
from remedies_site.kept_text import CarriesText, carried_text, go_on_with_text
from tests.admin_forms import admin_url, read_fields
from tests.factories import PASSWORD, make_comment, make_review, make_reviewer, make_user
from tests.reading import Page, find, words
from tests.surfaces import named_patterns

pytestmark = pytest.mark.every_page

TEXT = 'It helped me.\n\nI took it "at night" & slept <b>well</b> – 5*3 mg, Ёлка.'
BACKEND = "accounts.backends.NameOrEmailBackend"
ORIGIN = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def world(standing_world):
    return standing_world


def _is_main(form) -> bool:
    """The form in which somebody writes, or the only one of a page that leads back to it."""
    return bool(find(form, "textarea")) or not form.get("id")


class Browser:
    """A browser that checks tokens, with the page that it shows."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.response = None

    def get(self, url: str) -> Page:
        self.response = self.client.get(url, follow=True)
        return self.page

    @property
    def page(self) -> Page:
        return Page(self.response)

    def log_in(self, person: User) -> None:
        self.client.force_login(person)

    def end_session(self) -> None:
        """On the server: the tab's cookies stay as they are."""
        Session.objects.all().delete()

    def send(self, form_id: str = "", /, **values: object) -> Page:
        """Fill in the form in the page and send it, with the button that it has."""
        form = next(
            form
            for form in self.page.all("form")
            if form.get("method") == "post"
            and (form.get("id") == form_id if form_id else _is_main(form))
            and "logout" not in form.get("action", "")
        )
        fields = fields_of(form, self.page)
        url = form.get("action") or self.response.wsgi_request.get_full_path()
        self.response = self.client.post(url, fields | values, follow=True, **ORIGIN)
        return self.page


def fields_of(form, page: Page) -> dict[str, object]:
    """What a tab would send of a form, with the only button it has and what stands outside."""
    fields: dict[str, object] = {}
    outside = [field for field in page.all("input") if field.get("form") == form.get("id", "-")]
    for element in [*form.iter(), *outside]:
        name = element.get("name")
        if not name or element.tag not in {"input", "textarea", "button", "select"}:
            continue
        if element.get("type") in {"checkbox", "radio"} and element.get("checked") is None:
            continue
        value = element.get("value", "")
        if element.tag == "textarea":
            value = (element.text or "").removeprefix("\n")
        fields[name] = value
    return fields


@pytest.fixture
def tab() -> Browser:
    return Browser()


def log_in_again(tab: Browser, person: User) -> Page:
    """First with a wrong password: the text stays on the page."""
    page = tab.page
    assert page.h1 == "Log in"
    assert "your text is kept in this page" in page.words
    assert tab.response.redirect_chain[-1][1] == 307
    page = tab.send(login=person.name, password="not the password")
    assert "your text is kept in this page" in page.words
    return tab.send(login=person.name, password=PASSWORD)


def test_a_comment_is_kept_through_the_log_in(world, tab):
    tab.log_in(world.mara)
    tab.get(world.legs_entry.get_absolute_url())
    url = reverse("comment_on_entry", args=["magnesium", "restless-legs-syndrome"])
    token = fields_of(tab.page.one("form", action=url), tab.page)["csrfmiddlewaretoken"]
    tab.end_session()
    sent = {"body": TEXT, "consent": "1", "csrfmiddlewaretoken": token}
    tab.response = tab.client.post(url, sent, follow=True, **ORIGIN)
    page = log_in_again(tab, world.mara)
    assert page.h1 == "You are logged in, and your text is kept"
    assert 'I took it "at night"' in page.words
    page = tab.send()
    assert "Nothing was sent yet." in page.words
    assert page.by_id("id_body").text == TEXT
    assert not Comment.objects.exists()
    tab.send()
    assert Comment.objects.get().body == TEXT


def test_a_reply_is_kept_with_what_it_answers(world, tab):
    parent = make_comment(world.legs_entry, body="How did you take it?")
    url = reverse("comment_on_entry", args=["magnesium", "restless-legs-syndrome"])
    tab.log_in(world.mara)
    token = fields_of(
        tab.get(world.legs_entry.get_absolute_url()).all("form", action=url)[0], tab.page
    )["csrfmiddlewaretoken"]
    tab.end_session()
    sent = {"body": "At night.", "parent": parent.pk, "csrfmiddlewaretoken": token}
    tab.response = tab.client.post(url, sent, follow=True, **ORIGIN)
    log_in_again(tab, world.mara)
    assert "How did you take it?" in tab.send().words
    tab.send()
    assert Comment.objects.get(parent=parent).body == "At night."


def test_an_edited_comment_is_kept(world, tab):
    comment = make_comment(world.legs_entry, by=world.mara, body="Before.")
    tab.log_in(world.mara)
    tab.get(reverse("comment_edit", args=[comment.pk]))
    tab.end_session()
    tab.send(body=TEXT)
    log_in_again(tab, world.mara)
    assert tab.send().by_id("id_body").text == TEXT
    comment.refresh_from_db()
    assert comment.body == "Before."
    tab.send()
    comment.refresh_from_db()
    assert comment.body == TEXT


def test_an_experience_is_kept(world, tab):
    tab.log_in(world.mara)
    url = reverse("entry_experience", args=["magnesium", "restless-legs-syndrome"])
    tab.get(url)
    tab.end_session()
    page = tab.send(**valid_answers(tab.page) | {"dose_amount": "200", "dose_unit": "mg"})
    log_in_again(tab, world.mara)
    page = tab.send()
    assert "Nothing was sent yet." in page.words
    assert page.by_id("id_dose_amount").get("value") == "200"
    assert not ExperienceReport.objects.exists()
    chosen = {name: chosen_option(page, name) for name in ("form", "dose_unit")}
    assert chosen["dose_unit"] == "mg"
    tab.send(**chosen)
    assert ExperienceReport.objects.get().dose_amount == 200


def chosen_option(page: Page, name: str) -> str:
    """The value of the option that is chosen in a select."""
    options = page.one("select", name=name)
    return next(each.get("value") for each in options if "selected" in each.attrib)


def valid_answers(page: Page) -> dict[str, object]:
    """The first answer of each question that has to be answered."""
    answers: dict[str, object] = {}
    for name in ("duration", "outcome", "onset", "side_effects"):
        answers[name] = page.all("input", name=name)[0].get("value")
    options = [option.get("value") for option in page.one("select", name="form")]
    return answers | {"form": next(value for value in options if value)}


def send_admin_form(tab: Browser, url: str, **values: object) -> Page:
    """Save a form of the admin, whose page the tab has open."""
    fields = read_fields(tab.page)
    sent = {name: value for name, value in fields.items() if "__prefix__" not in name}
    tab.response = tab.client.post(url, sent | values, follow=True, **ORIGIN)
    return tab.page


@pytest.mark.parametrize("meanwhile", [False, True], ids=["alone", "with another editor"])
def test_an_editor_s_text_is_kept(world, tab, meanwhile):
    tab.log_in(world.edda)
    url = admin_url(world.magnesium)
    tab.get(url)
    tab.end_session()
    page = send_admin_form(tab, url, what_it_is=TEXT, _save="1")
    assert page.one("form", id="login-form") is not None
    page = tab.send("login-form", username="edda", password="wrong")
    assert "your text is kept in this page" in page.words
    if meanwhile:
        Remedy.objects.filter(pk=world.magnesium.pk).update(one_line="Theirs.")
    page = tab.send("login-form", username="edda", password=PASSWORD)
    assert page.h1 == "You are logged in, and your text is kept"
    page = tab.send()
    assert "Nothing is saved yet. Look it over, and save once more." in page.words
    assert page.by_id("id_what_it_is").text.strip() == TEXT
    world.magnesium.refresh_from_db()
    assert world.magnesium.what_it_is != TEXT
    send_admin_form(tab, url, _save="1")
    assert tab.response.status_code == (409 if meanwhile else 200)
    if meanwhile:
        assert "Theirs." in tab.page.words
        send_admin_form(tab, url, _save="1")
    world.magnesium.refresh_from_db()
    assert world.magnesium.what_it_is == TEXT.replace("\r\n", "\n")
    if meanwhile:
        assert world.magnesium.one_line == "Theirs."


def test_a_new_row_of_an_editor_is_kept(world, tab):
    tab.log_in(world.edda)
    url = reverse("admin:conditions_condition_add")
    tab.get(url)
    tab.end_session()
    send_admin_form(tab, url, name="Hiccups", slug="hiccups", overview=TEXT)
    tab.send("login-form", username="edda", password=PASSWORD)
    page = tab.send()
    assert page.by_id("id_overview").text.strip() == TEXT
    assert page.by_id("id_name").get("value") == "Hiccups"


def test_the_reason_of_a_withdrawal_is_kept(world, tab):
    tab.log_in(world.edda)
    tab.get(admin_url(world.magnesium, "withdraw"))
    tab.end_session()
    form = next(f for f in tab.page.all("form") if f.get("id") is None)
    token = fields_of(form, tab.page)["csrfmiddlewaretoken"]
    sent = {"reason": "The dose was wrong.", "csrfmiddlewaretoken": token}
    url = admin_url(world.magnesium, "withdraw")
    tab.response = tab.client.post(url, sent, follow=True, **ORIGIN)
    tab.send("login-form", username="edda", password=PASSWORD)
    assert tab.send().by_id("id_reason").text == "The dose was wrong."
    world.magnesium.refresh_from_db()
    assert world.magnesium.withdrawn_at is None


# ---- what is kept, and where ---------------------------------------------------------------------


def arrival(client: Client, url: str, sent: dict[str, object]) -> Page:
    response = client.post(url, sent, follow=True)
    assert response.redirect_chain[-1][1] == 307
    return Page(response)


def comment_url() -> str:
    return reverse("comment_on_entry", args=["magnesium", "restless-legs-syndrome"])


def test_the_server_keeps_nothing_of_it(world, client, caplog, django_assert_max_num_queries):
    with django_assert_max_num_queries(3) as queries:
        page = arrival(client, comment_url(), {"body": "A secret of mine.", "consent": "1"})
    assert json.loads(page.one("input", name="kept_text").get("value")) == [
        ["body", "A secret of mine."]
    ]
    assert not any("secret" in query["sql"] for query in queries.captured_queries)
    assert not Session.objects.exists()
    assert "secret" not in caplog.text


def test_neither_passwords_nor_tokens_nor_consent_are_carried(world, client):
    url = reverse("admin:accounts_user_add")
    sent = {"name": "New Person", "password1": "p" * 12, "password2": "p" * 12}
    page = arrival(client, url, sent | {"csrfmiddlewaretoken": "t" * 64})
    assert json.loads(page.one("input", name="kept_text").get("value")) == [["name", "New Person"]]


@pytest.mark.parametrize(
    ("url", "sent", "headers"),
    [
        ("comment", {"body": "  \n "}, {}),
        ("comment", {"consent": "1"}, {}),
        ("comment", {"body": "Text."}, {"HTTP_HX_REQUEST": "true"}),
        ("vote", {"value": "1"}, {}),
        ("/accounts/name/", {"name": "Somebody else"}, {}),
    ],
)
def test_where_nothing_was_written_the_redirect_is_the_usual_one(world, client, url, sent, headers):
    address = {
        "comment": comment_url(),
        "vote": reverse("entry_vote", args=["magnesium", "restless-legs-syndrome"]),
    }.get(url, url)
    response = client.post(address, sent, **headers)
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/?next=")


@pytest.mark.parametrize(
    "place",
    [
        "https://evil.example/",
        "//evil.example/remedies/",
        "/accounts/name/",
        "/no/such/page/",
        "javascript:alert(1)",
        "/\\evil.example",
        "/[x",
        "",
    ],
)
def test_text_leads_back_only_to_a_form_that_keeps_it(world, client, place):
    kept = json.dumps([["body", "Text of a stranger."]])
    sent = {"login": "mara", "password": PASSWORD, "kept_text": kept, "next": place}
    response = client.post("/accounts/login/", sent, follow=True)
    assert b"Text of a stranger." not in response.content
    assert response.wsgi_request.user == world.mara


@pytest.mark.parametrize(
    "kept", ["", "x", "[]", "[1]", '[["a"]]', "{}", "[" * 5000, '"ab"', "null"]
)
@pytest.mark.parametrize("door", ["account_login", "admin:login"])
def test_a_broken_field_of_kept_text_keeps_nobody_out(world, client, kept, door):
    person, own = (world.mara, "login") if door == "account_login" else (world.edda, "username")
    place = comment_url()
    sent = {own: person.name, "password": PASSWORD, "kept_text": kept, "next": place}
    response = client.post(reverse(door), sent)
    assert (response.status_code, response["Location"]) == (302, place)


def test_what_is_too_long_to_be_carried_is_told(world, client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 40_000
    page = arrival(client, comment_url(), {"body": "words " * 4_000})
    assert "too long to be carried through the log-in" in page.words
    assert not page.all("input", name="kept_text")


def test_text_is_in_no_cache(world, client):
    response = client.post(comment_url(), {"body": "Mine."}, follow=True)
    assert "no-store" in response["Cache-Control"]
    kept = json.dumps([["body", "Mine."]])
    sent = {"login": "mara", "password": PASSWORD, "kept_text": kept, "next": comment_url()}
    response = client.post("/accounts/login/", sent)
    assert b"Mine." in response.content
    assert response["Cache-Control"] == "private, no-store"


# ---- a token that changed ------------------------------------------------------------------------


def test_a_form_whose_token_is_old_is_shown_again_with_its_text(world, tab):
    tab.log_in(world.mara)
    comment = make_comment(world.legs_entry, by=world.mara, body="Before.")
    url = reverse("comment_edit", args=[comment.pk])
    tab.get(url)
    tab.client.cookies["csrftoken"] = "x" * 32
    page = tab.send(body=TEXT)
    assert tab.response.status_code == 403
    assert page.h1 == "The form could not be checked"
    assert "your text is kept" in page.words
    page = tab.send()
    assert page.by_id("id_body").text == TEXT
    tab.send()
    comment.refresh_from_db()
    assert comment.body == TEXT


def test_a_log_in_with_an_old_token_keeps_the_text_too(world, tab):
    tab.log_in(world.mara)
    comment = make_comment(world.legs_entry, by=world.mara, body="Before.")
    tab.get(reverse("comment_edit", args=[comment.pk]))
    tab.end_session()
    tab.send(body=TEXT)
    tab.log_in(world.mara)  # in another tab
    tab.client.cookies["csrftoken"] = "x" * 32
    page = tab.send(login="mara", password=PASSWORD)
    assert tab.response.status_code == 403
    assert tab.send().by_id("id_body").text == TEXT
    assert page.h1 == "The form could not be checked"


@pytest.mark.parametrize(
    ("headers", "is_kept"),
    [
        ({"HTTP_ORIGIN": "http://testserver"}, True),
        ({"HTTP_SEC_FETCH_SITE": "same-origin"}, True),
        ({"HTTP_ORIGIN": "https://evil.example"}, False),
        ({"HTTP_ORIGIN": "null"}, False),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, False),
        ({"HTTP_ORIGIN": "https://evil.example", "HTTP_SEC_FETCH_SITE": "same-origin"}, False),
        ({}, False),
    ],
)
def test_text_that_another_site_sent_is_not_shown(world, headers, is_kept):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.mara)
    response = client.post(comment_url(), {"body": "Words of mine."}, **headers)
    assert response.status_code == 403
    assert Page(response).h1 == "The form could not be checked"
    assert (b"Words of mine." in response.content) is is_kept
    assert not Comment.objects.exists()


# ---- every view that keeps text ------------------------------------------------------------------


def test_the_views_that_keep_text_are_known_and_only_show_it_again(world):
    """Each is sent its text with the wish to see it again: it shows it, and stores nothing."""
    comment = make_comment(world.legs_entry, by=world.mara, body="Before.")
    other = make_comment(world.legs_entry, body="By another.")
    about_mara = {"kind": SanctionKind.REMINDER, "reason": "Be kind."}
    decided = sanction_author(comment, by=world.morten, **about_mara)
    pair = ["magnesium", "restless-legs-syndrome"]
    text = "Words that stand nowhere else."
    people = {"mara": world.browser_of(world.mara), "edda": world.browser_of(world.edda)}
    places = {
        "comment_on_entry": ("mara", pair, "body"),
        "comment_on_remedy": ("mara", ["magnesium"], "body"),
        "comment_edit": ("mara", [comment.pk], "body"),
        "comment_report": ("mara", [other.pk], "detail"),
        "decision": ("mara", [decided.pk], "text"),
        "entry_experience": ("mara", pair, "dose_amount"),
        "challenge_entry": ("mara", pair, "body"),
        "challenge_remedy": ("mara", ["magnesium"], "body"),
        "challenge_condition": ("mara", ["insomnia"], "body"),
        "ask": ("mara", [], "words"),
    }
    keeping = {
        pattern.name
        for route, pattern in named_patterns()
        if hasattr(pattern.callback, "keeps_text_without") and not route.startswith("admin/")
    }
    assert keeping == set(places)
    for name, (person, args, field) in places.items():
        sent = {field: text, "show_again": "1", "reason": "spam"}
        response = people[person].post(reverse(name, args=args), sent)
        assert response.status_code == 200, name
        assert text in response.content.decode(), name
        assert "Nothing was sent yet." in Page(response).words, name
    comment.refresh_from_db()
    assert comment.body == "Before."
    assert Comment.objects.count() == 2
    assert not Report.objects.exists()


def test_forms_of_the_admin_only_show_text_again(world):
    editor = world.browser_of(world.edda)
    row = world.legs_entry
    for url in (admin_url(row), reverse("admin:remedies_remedyconditionentry_add")):
        response = editor.post(url, {"clinical": "Words of mine.", "show_again": "1"})
        assert response.status_code in {200, 409}
        assert "Words of mine." in response.content.decode()
    row.refresh_from_db()
    assert row.clinical != "Words of mine."


def test_the_way_back_is_the_very_address(world, client):
    url = f"{comment_url()}?order=new&page=1"
    response = client.post(url, {"body": "Mine."})
    assert (response.status_code, response["Location"]) == (
        307,
        f"/accounts/login/?next={quote(url, safe='/')}",
    )
    assert words(Page(client.post(response["Location"], {"body": "Mine."})).one("h1")) == "Log in"


def test_a_stranger_who_is_not_staff_gets_no_text_shown_in_the_admin(world, client):
    page = arrival(client, admin_url(world.magnesium), {"one_line": "Mine and mine."})
    assert page.one("form", id="login-form") is not None
    sent = {"username": "mara", "password": PASSWORD}
    kept = page.one("input", name="kept_text").get("value")
    place = admin_url(world.magnesium)
    response = client.post(f"/admin/login/?next={place}", sent | {"kept_text": kept, "next": place})
    assert response.status_code == 200
    assert "please enter the correct" in Page(response).words.lower()
    make_user("editor", name="Emil")
    sent["username"] = "Emil"
    response = client.post(f"/admin/login/?next={place}", sent | {"kept_text": kept, "next": place})
    assert "Mine and mine." in Page(response).words


# ---- a log-in of two steps -----------------------------------------------------------------------


class CodeForm(forms.Form):
    code = forms.CharField()


class SecondStep(CarriesText, FormView):
    """Like the page of a second factor: the person is logged in once the code is right."""

    own_field = "code"
    form_class = CodeForm
    template_name = "account/password_reset.html"
    success_url = "/about/"

    def form_valid(self, form: CodeForm) -> HttpResponse:
        login(self.request, User.objects.get(name="mara"), backend=BACKEND)
        return super().form_valid(form)


class StepsURLconf:
    """The site's addresses and that of a second step."""

    urlpatterns = (path("second-step/", SecondStep.as_view()), *urls.urlpatterns)


@pytest.mark.parametrize("sent_before", ["login", "username"])
def test_text_goes_through_a_second_step(world, settings, rf, sent_before):
    settings.ROOT_URLCONF = StepsURLconf
    kept = '[["body","Mine and mine."]]'
    sent = {sent_before: "mara", "password": PASSWORD, "kept_text": kept, "next": comment_url()}
    first = rf.post("/accounts/login/", sent)
    first.user = AnonymousUser()
    text = carried_text(first, own_field=sent_before)
    elsewhere = go_on_with_text(first, HttpResponseRedirect("/about/"), text)
    assert elsewhere.status_code == 302
    assert go_on_with_text(first, HttpResponseRedirect("/second-step/"), text).status_code == 307
    client = Client()
    response = client.post("/second-step/", sent)  # as the browser follows it
    assert response.status_code == 200
    assert not response.context["form"].is_bound
    assert response.context["kept"].encoded == kept
    sent = {"kept_text": kept, "next": comment_url()}
    wrong = client.post("/second-step/", sent | {"code": ""})
    assert wrong.context["kept"].encoded == kept
    right = client.post("/second-step/", sent | {"code": "123456"})
    assert "Mine and mine." in Page(right).words
    assert Page(right).h1 == "You are logged in, and your text is kept"


def test_the_pages_of_notices_and_reviews_only_show_text_again(world):
    """A name in the list stands for a page: to set, lift, record and take back."""
    publisher, reviewer = make_user("publisher"), make_reviewer()
    banner = set_banner(world.insomnia, by=publisher, text="Stop.")
    review = make_review(world.legs_entry, by=reviewer)
    label = ["remedies.remedy", world.magnesium.pk]
    places = {
        "safetybanner_set": (publisher, label, "text"),
        "safetybanner_set_on_site": (publisher, [], "text"),
        "safetybanner_lift": (publisher, [banner.pk], "reason"),
        "clinicalreview_record": (reviewer.user, label, "scope"),
        "clinicalreview_take_back": (reviewer.user, [review.pk], "reason"),
    }
    for name, (person, args, field) in places.items():
        url = reverse(f"admin:publishing_{name}", args=args)
        sent = {field: "Words of mine.", "show_again": "1"}
        response = world.browser_of(person).post(url, sent)
        assert response.status_code == 200, name
        assert "Words of mine." in response.content.decode(), name
        assert "Nothing was sent yet." in Page(response).words, name
    banner.refresh_from_db()
    review.refresh_from_db()
    assert banner.is_active
    assert review.taken_back_at is None
    assert SafetyBanner.objects.count() == 1
    assert reviewer.reviews.count() == 1
