"""A kept page is the page that would be made now, and holds nothing of whoever saw it first."""

import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.middleware.csrf import _unmask_cipher_token, get_token
from django.template import Engine, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from conditions.models import Condition
from conditions.services import publish_condition
from discussions import kept_talk
from discussions.models import Comment
from discussions.services import vote_on_comment
from publishing.revisions import withdraw
from remedies.models import Remedy, RemedyConditionEntry
from remedies.pages import views
from remedies.services import publish_entry, publish_remedy, vote_on_entry
from remedies_site.pagecache import live_parts
from remedies_site.pagecache.live_parts import (
    EditorialRequest,
    LivePart,
    ReaderKind,
    forget_parts,
    live_part,
    render_kept,
)
from tests.factories import make_comment, make_condition, make_entry, make_remedy, make_user

pytestmark = pytest.mark.django_db(transaction=True)
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]+')
VISITOR = ReaderKind(is_authenticated=False, is_staff=False, colour_scheme="")


@pytest.fixture(autouse=True)
def _nothing_kept():
    forget_parts()


@pytest.fixture
def entry() -> RemedyConditionEntry:
    entry = make_entry(make_remedy("Alpha"), make_condition("Beta"))
    make_entry(make_remedy("Gamma"), entry.condition)
    for subject in (entry, entry.remedy):
        make_comment(subject, parent=make_comment(subject))
    return entry


def paths_of(entry: RemedyConditionEntry) -> list[str]:
    remedy, condition = entry.remedy.get_absolute_url(), entry.condition.get_absolute_url()
    here = entry.get_absolute_url()
    orders = [f"{here}?order={order}" for order in ("new", "old", "discussed")]
    thread = f"{here}?thread={Comment.objects.filter(thread__entry=entry).first().pk}"
    sorts = [f"{remedy}?sort=name", f"{condition}?sort=cautions"]
    lists = ["/remedies/", "/remedies/?kind=mineral", "/conditions/", "/map/", "/map/?axes=swapped"]
    return ["/", here, remedy, condition, *orders, thread, *sorts, *lists]


def browser_of(kind: str) -> Client:
    browser = Client()
    if kind != "visitor":
        member = make_user("editor" if kind == "editor" else "member")
        if kind == "member":
            User.objects.filter(pk=member.pk).update(consented_at=timezone.now())
        browser.force_login(member)
    return browser


def page(browser: Client, path: str) -> bytes:
    response = browser.get(path)
    assert response.status_code == 200, path
    return TOKEN.sub(rb"\1", response.content)


def made_anew(browser: Client, path: str) -> bytes:
    """Inside a transaction nothing is kept, and nothing is taken from what was."""
    with transaction.atomic():
        return page(browser, path)


@pytest.mark.parametrize("kind", ["visitor", "newcomer", "member", "editor"])
def test_a_kept_page_is_the_page_that_would_be_made_now(entry, kind):
    other, browser = browser_of("member"), browser_of(kind)
    for path in paths_of(entry):
        page(other, path)  # so that what is kept was made for somebody else
        now = made_anew(browser, path)
        assert page(browser, path) == now, path
        assert page(browser, path) == now, path


def test_readers_get_no_cookie(entry):
    for path in paths_of(entry):
        for _visit in range(2):
            assert not Client().get(path).cookies, path


def test_it_is_composed_once(entry, monkeypatch):
    made = []
    compose = views.entry_page
    monkeypatch.setattr(views, "entry_page", lambda *a, **k: made.append(1) or compose(*a, **k))
    for _visit in range(3):
        page(Client(), entry.get_absolute_url())
    assert len(made) == 1
    page(browser_of("member"), entry.get_absolute_url())
    page(browser_of("member"), entry.get_absolute_url())
    assert len(made) == 2  # one for everybody who has logged in


def correct(subject: Remedy | Condition | RemedyConditionEntry) -> None:
    """Publish a page with a word that it did not have."""
    if isinstance(subject, RemedyConditionEntry):
        subject.mechanism = "Nobody knows how. Corrected."
        subject.save()
        publish_entry(subject, by=None)
        return
    subject.one_line = "Corrected in one line."
    subject.save()
    (publish_remedy if isinstance(subject, Remedy) else publish_condition)(subject, by=None)


@pytest.mark.parametrize("part", ["entry", "remedy", "condition"])
def test_a_publication_between_finding_the_page_and_reading_its_version_shows(
    entry, part, monkeypatch
):
    subject = {"entry": entry, "remedy": entry.remedy, "condition": entry.condition}[part]
    path = subject.get_absolute_url()
    assert b"Corrected" not in page(Client(), path)
    read = live_parts._version

    def version(path: str) -> object:
        monkeypatch.setattr(live_parts, "_version", read)
        correct(type(subject).objects.get(pk=subject.pk))
        return read(path)

    monkeypatch.setattr(live_parts, "_version", version)
    for _visit in range(3):
        assert b"Corrected" in page(Client(), path)


@pytest.mark.parametrize("path", ["/remedies/", "/conditions/", "/map/"])
def test_a_list_is_kept_until_somebody_publishes(entry, path):
    for kind in ("visitor", "member"):
        browser = browser_of(kind)
        for _visit in range(2):
            page(browser, path)
        with CaptureQueriesContext(connection) as queries:
            page(browser, path)
        assert not [query for query in queries if "remedies_remedyconditionentry" in query["sql"]]
    gone = entry.condition if path == "/conditions/" else entry.remedy
    assert gone.shown_name.encode() in page(browser, path)
    withdraw(gone, by=None, reason="Wrong.")
    for browser in (Client(), browser_of("member")):
        assert gone.shown_name.encode() not in page(browser, path)
        assert page(browser, path) == made_anew(browser, path)


def test_nobody_gets_the_name_or_the_token_of_another(entry):
    first, second = browser_of("member"), browser_of("member")
    path = entry.get_absolute_url()
    secrets = set()
    for browser in (first, second):
        response = browser.get(path)
        name = response.wsgi_request.user.name
        tokens = re.findall(r'csrfmiddlewaretoken" value="([^"]+)', response.content.decode())
        own_secrets = {_unmask_cipher_token(token) for token in tokens}
        assert own_secrets == {browser.cookies["csrftoken"].value}
        secrets |= own_secrets
        own = page(browser, path).decode()
        assert f"Your account ({name})" in own
        assert own.count("Your account (") == own.count(f"Your account ({name})")
    assert len(secrets) == 2
    assert b"Your account" not in page(Client(), path)


def test_what_members_do_shows_at_once_to_everybody(entry):
    browsers = [browser_of(kind) for kind in ("visitor", "member", "editor")]
    comment = Comment.objects.filter(thread__entry=entry).first()
    deeds = [
        lambda: vote_on_entry(entry, by=make_user(), value=1, consent=True),
        lambda: vote_on_comment(comment, by=make_user(), value=-1, consent=True),
        lambda: make_comment(entry),
        lambda: make_comment(entry.remedy),
    ]
    for browser in browsers:
        page(browser, entry.get_absolute_url())
    for deed in deeds:
        deed()
        for browser in browsers:
            for path in paths_of(entry)[:4]:
                assert page(browser, path) == made_anew(browser, path)


def test_ones_own_vote_shows(entry):
    browser = browser_of("member")
    path = entry.get_absolute_url()
    comment = Comment.objects.filter(thread__entry=entry).first()
    assert b'aria-pressed="true"' not in page(browser, path)
    browser.post(f"{path}vote/", {"value": "1"})
    browser.post(f"{comment.get_absolute_url()}vote/", {"value": "-1"})
    assert page(browser, path).count(b'aria-pressed="true"') == 3  # twice on the entry
    assert b'aria-pressed="true"' not in page(browser_of("member"), path)


def test_a_comment_that_waits_is_seen_by_its_author_alone(entry):
    author = make_user()
    held = make_comment(entry, by=author, body="Something that waits.")
    Comment.objects.filter(pk=held.pk).update(state="held")
    own = Client()
    own.force_login(author)
    path = entry.get_absolute_url()
    for _visit in range(2):
        assert b"Something that waits." not in page(browser_of("member"), path)
        assert b"Something that waits." in page(own, path)
        assert b"Something that waits." not in page(Client(), path)


def test_readers_cost_ten_queries_at_most_and_members_as_many_where_nobody_spoke(entry):
    for kind in ("visitor", "member"):
        browser = browser_of(kind)
        for path in paths_of(entry):
            page(browser, path)
            for said in (False, True):  # then what all see of the talk is read again
                if said:
                    make_comment(entry)
                with CaptureQueriesContext(connection) as queries:
                    page(browser, path)
                most = 16 if said and kind == "member" else 10
                assert len(queries) <= most, (kind, path, said, len(queries))


def test_members_with_equal_marks_share_one_page_of_a_discussion(entry, monkeypatch):
    made = []
    render = kept_talk.render_section
    monkeypatch.setattr(
        kept_talk, "render_section", lambda *a, **k: made.append(1) or render(*a, **k)
    )
    path = entry.get_absolute_url()
    for _member in range(3):
        page(browser_of("member"), path)
    assert len(made) == 2  # of the entry and of the remedy


def test_a_member_sees_own_votes_and_no_others(entry):
    comment = Comment.objects.filter(thread__entry=entry).first()
    voter, other = browser_of("member"), browser_of("member")
    path = entry.get_absolute_url()
    before = page(other, path)
    page(voter, path)
    voter.post(f"{comment.get_absolute_url()}vote/", {"value": "1"})
    pressed = f'id="c-{comment.pk}-up" name="value" value="0" aria-pressed="true"'.encode()
    for _visit in range(2):
        assert pressed in page(voter, path)
        assert pressed not in page(other, path)
    assert page(other, path) != before  # the number


def test_the_author_may_edit_until_the_time_is_over_on_a_kept_page_too(entry):
    author = make_user("author")
    comment = make_comment(entry, by=author)
    browser, other = Client(), browser_of("member")
    browser.force_login(author)
    path, link = entry.get_absolute_url(), f"{comment.get_absolute_url()}edit/".encode()
    for _visit in range(2):
        assert link in page(browser, path)
        assert link not in page(other, path)
    later = timezone.now() + timedelta(hours=25)
    with patch("discussions.selectors.timezone.now", lambda: later):
        assert link not in page(browser, path)


def test_a_vote_on_the_entry_shows_on_a_page_whose_row_is_kept(entry):
    path = entry.get_absolute_url()
    for _visit in range(3):
        page(Client(), path)
    vote_on_entry(entry, by=make_user("voter"), value=1, consent=True)
    assert b"1 up" in page(Client(), path)


def test_a_new_row_under_the_path_of_another_shows_its_own_votes(entry):
    path = entry.get_absolute_url()
    for _visit in range(3):
        page(Client(), path)
    RemedyConditionEntry.objects.filter(pk=entry.pk).update(
        condition=make_condition("Elsewhere"), shown_rank=entry.shown_rank
    )
    other = make_entry(entry.remedy, entry_condition := Condition.objects.get(name="Beta"))
    assert other.get_absolute_url() == path
    assert entry_condition.pk == other.condition_id
    for number in range(1, 3):
        for _visit in range(3):
            page(Client(), path)
        vote_on_entry(other, by=make_user(), value=1, consent=True)
        assert f"{number} up".encode() in page(Client(), path)


def test_a_withdrawn_entry_is_gone_though_its_row_was_kept(entry):
    path = entry.get_absolute_url()
    for _visit in range(3):
        page(Client(), path)
    RemedyConditionEntry.objects.filter(pk=entry.pk).update(
        withdrawn_at=timezone.now(), withdrawn_reason="Wrong."
    )
    assert Client().get(path).status_code == 410


def test_an_order_of_rows_is_a_page_of_its_own(entry):
    path = entry.condition.get_absolute_url()
    assert page(Client(), f"{path}?sort=name") != page(Client(), path)
    assert page(Client(), f"{path}?sort=nonsense") == page(Client(), path)


def test_a_live_part_takes_no_row(entry):
    with pytest.raises(TypeError, match=r"entry of part\.html"):
        LivePart("part.html", {"entry": entry})


def test_a_form_with_a_token_may_not_be_kept(rf, monkeypatch):
    request = rf.get("/")
    request.user = VISITOR
    monkeypatch.setattr(live_parts.loader, "render_to_string", lambda *args: get_token(args[2]))
    with pytest.raises(RuntimeError, match="form with a token"):
        render_kept(request, "page.html", dict, live={})


def test_parts_are_filled_in_where_they_stand(rf, monkeypatch):
    editorial = EditorialRequest("/", VISITOR)
    marks = [live_part(editorial, f"{name}.html", {}) for name in "ab"]
    monkeypatch.setattr(
        live_parts.loader, "render_to_string", lambda *_: f"1{marks[1]}2{marks[0]}3"
    )
    monkeypatch.setattr(live_parts, "_render_parts", render_by_letter)
    made = live_parts._make("key", (), "page.html", dict, editorial)
    assert made.fill(rf.get("/")) == b"1b2a3"


def render_by_letter(_request: object, parts: list[LivePart]) -> list[str]:
    return [part.template[0] for part in parts]


def test_a_part_that_stands_in_two_places_is_rendered_once(rf, monkeypatch):
    editorial = EditorialRequest("/", VISITOR)
    marks = [live_part(editorial, f"{name}.html", {}) for name in "aba"]
    monkeypatch.setattr(live_parts.loader, "render_to_string", lambda *_: "1".join(marks))
    rendered = []

    def render(request: object, parts: list[LivePart]) -> list[str]:
        rendered.extend(parts)
        return render_by_letter(request, parts)

    monkeypatch.setattr(live_parts, "_render_parts", render)
    made = live_parts._make("key", (), "page.html", dict, editorial)
    assert made.fill(rf.get("/")) == b"a1b1a"
    assert [part.template for part in rendered] == ["a.html", "b.html"]


def test_what_one_live_part_sets_no_other_sees(rf, settings):
    first = "{% with a=1 %}{% endwith %}{% now 'Y' as year %}{{ own }}"
    second = "[{{ year }}{{ own }}]"
    engine = Engine.get_default()
    request = rf.get("/")
    request.user = VISITOR
    texts = {"first.html": first, "second.html": second}
    with patch.object(
        Engine, "get_template", lambda _self, name: Template(texts[name], engine=engine)
    ):
        parts = [LivePart("first.html", {"own": "x"}), LivePart("second.html", {})]
        assert live_parts._render_parts(request, parts) == ["x", "[]"]


def test_without_memory_for_it_nothing_is_kept(entry, monkeypatch):
    monkeypatch.setattr(live_parts._kept, "most_bytes", 0)
    assert page(Client(), entry.get_absolute_url())
    assert live_parts._kept.size == 0
