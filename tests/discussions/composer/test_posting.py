"""What happens to a comment that wants care: its author reads first, then a moderator does."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from discussions.bodies import body_version
from discussions.choices import AUTOMATIC_REASONS, Reason, State
from discussions.composer.services import NeedsCare, is_first_time_author
from discussions.forms import ReportForm
from discussions.models import Comment, Decision, Report
from discussions.moderation.queue import queue_items, waiting
from discussions.moderation.services import (
    keep_comment,
    remove_comment,
    report_comment,
    restore_comment,
)
from discussions.services import delete_comment, edit_comment, post_comment
from remedies.choices import Basis, CircumstanceKind, LimitKind, Unit
from remedies.models import Circumstance, IntakeLimit, Remedy
from remedies.services import publish_remedy
from remedies_site.exceptions import InvalidInput
from tests.factories import make_citation, make_comment, make_remedy, make_user
from tests.reading import Page

pytestmark = pytest.mark.django_db

DOSE = "I took 600 mg for a month."
STOP = "You should stop your warfarin."
SELF_HARM = "I just want to die."
EMERGENCY = "I have chest pain right now."
SELLING = "Use code SLEEP for 10% off."
LINK = "I read it at https://example.org/study and found it clear."
FINE = "It did nothing for me."


@pytest.fixture
def magnesium() -> Remedy:
    """A remedy with an upper limit of 250 mg, and a medicine that the rules know."""
    remedy = make_remedy("Magnesium", published=False)
    limit = IntakeLimit.objects.create(
        remedy=remedy,
        kind=LimitKind.UPPER,
        authority="An authority",
        population="adults",
        amount=Decimal(250),
        unit=Unit.MG,
        basis=Basis.ELEMENTAL,
        counts="supplements, not food",
        adults=True,
    )
    limit.citations.add(make_citation())
    publish_remedy(remedy, by=None)
    Circumstance.objects.create(
        slug="warfarin", kind=CircumstanceKind.MEDICINE, name="warfarin", members="warfarin"
    )
    return remedy


@pytest.fixture
def member() -> User:
    """Somebody whose comments stand, so that no other rule holds what they write."""
    author = make_user()
    make_comment(by=author)
    return author


@pytest.fixture
def client(member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def post_url(remedy: Remedy) -> str:
    return reverse("comment_on_remedy", args=[remedy.slug])


def send(body: str, *, by: User, about: Remedy, parent: Comment | None = None) -> Comment:
    """A comment whose author has read what the rules found, and sends it as it is."""
    return post_comment(
        by=by, subject=about, body=body, parent=parent, checked=body_version(body)
    ).comment


def automatic_reasons(comment: Comment) -> list[tuple[str, str]]:
    reports = Report.objects.filter(comment=comment, is_automatic=True, reporter=None)
    return sorted(reports.values_list("reason", "detail"))


@pytest.mark.parametrize("body", [DOSE, STOP, SELF_HARM, EMERGENCY, SELLING])
def test_nothing_is_stored_before_the_author_has_read(magnesium, member, body):
    with pytest.raises(NeedsCare):
        post_comment(by=member, subject=magnesium, body=body)
    with pytest.raises(NeedsCare):
        post_comment(by=member, subject=magnesium, body=body, checked=body_version("other"))
    assert not Comment.objects.filter(body=body).exists()
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("body", "reason", "detail"),
    [
        (DOSE, Reason.DANGER, "a dose above a known limit"),
        (STOP, Reason.DANGER, "advice to stop a medicine"),
        (
            f"{DOSE} {STOP}",
            Reason.DANGER,
            "a dose above a known limit; advice to stop a medicine",
        ),
        (SELF_HARM, Reason.EMERGENCY, "words about suicide or self-harm"),
        (EMERGENCY, Reason.EMERGENCY, "signs of an emergency"),
        (SELLING, Reason.SPAM, "selling, or an invitation to private messages"),
    ],
)
def test_what_is_sent_as_it_is_waits_and_the_queue_says_why(
    magnesium, member, body, reason, detail
):
    comment = send(body, by=member, about=magnesium)
    assert comment.state == State.HELD
    assert automatic_reasons(comment) == [(reason, detail)]
    assert waiting() == [comment.pk]
    (item,) = queue_items([comment.pk])
    assert item.is_emergency == (reason == Reason.EMERGENCY)


def test_an_emergency_waits_in_front_of_what_waits_longer(magnesium, member):
    first = send(SELLING, by=member, about=magnesium)
    second = send(SELF_HARM, by=member, about=magnesium)
    assert waiting() == [second.pk, first.pk]


def test_a_held_reply_counts_from_when_a_moderator_lets_it_through(magnesium, member):
    root = make_comment(magnesium)
    reply = send(DOSE, by=member, about=magnesium, parent=root)
    root.refresh_from_db()
    assert root.reply_count == 0
    restore_comment(reply, by=make_user("moderator"))
    root.refresh_from_db()
    reply.refresh_from_db()
    assert (root.reply_count, reply.state) == (1, State.VISIBLE)
    assert not Report.objects.filter(decision=None).exists()


def test_a_held_reply_that_is_deleted_or_removed_was_never_counted(magnesium, member):
    root = make_comment(magnesium)
    deleted = send(DOSE, by=member, about=magnesium, parent=root)
    removed = send(STOP, by=member, about=magnesium, parent=root)
    delete_comment(deleted, by=member)
    remove_comment(removed, by=make_user("moderator"), reason="Unsafe")
    root.refresh_from_db()
    assert root.reply_count == 0


def test_the_same_form_sent_twice_makes_one_comment_that_waits(magnesium, member):
    first = send(DOSE, by=member, about=magnesium)
    assert send(DOSE, by=member, about=magnesium) == first
    assert Report.objects.count() == 1


# ---- the page ----------------------------------------------------------------------------


def test_the_page_keeps_the_text_and_offers_two_ways(client, magnesium):
    response = client.post(post_url(magnesium), {"body": DOSE})
    page = Page(response)
    assert response.status_code == 400
    assert page.h1 == "Before you send it"
    assert page.by_id("id_body").text.strip() == DOSE
    assert "600 mg of Magnesium a day" in page.words
    assert "The upper limit for adults is 250 mg a day (An authority)" in page.words
    assert "supplements, not food" in page.words
    assert page.all("a", href=f"{magnesium.get_absolute_url()}#limits")
    assert "Send the changed text" in page.words
    button = page.one("button", name="checked")
    assert (
        client.post(post_url(magnesium), {"body": DOSE, "checked": button.get("value")}).status_code
        == 303
    )
    assert Comment.objects.get(body=DOSE).state == State.HELD


def test_the_changed_text_is_sent_as_any_other(client, magnesium):
    page = Page(client.post(post_url(magnesium), {"body": DOSE}))
    checked = page.one("button", name="checked").get("value")
    for body in (FINE, "I took 200 mg for a month."):
        client.post(post_url(magnesium), {"body": body, "checked": checked})
        assert Comment.objects.get(body=body).state == State.VISIBLE
    other = client.post(post_url(magnesium), {"body": STOP, "checked": checked})
    assert other.status_code == 400
    assert not Comment.objects.filter(body=STOP).exists()


@pytest.mark.parametrize("body", [SELF_HARM, EMERGENCY])
def test_help_comes_first_and_a_moderator_stays_in_reach(client, magnesium, body, settings):
    settings.EMERGENCY_NUMBER = "112"
    page = Page(client.post(post_url(magnesium), {"body": f"{SELLING} {body}"}))
    help_at, selling_at = page.words.index("116 123"), page.words.index("Nothing is sold here")
    assert help_at < selling_at
    assert help_at < page.words.index("Send it to the moderators as it is")
    assert "988" in page.words
    assert "In an emergency, call 112." in page.words


@pytest.mark.parametrize(("body", "is_own"), [(DOSE, True), ("Take 600 mg a day.", False)])
def test_who_took_too_much_reads_where_help_is(client, magnesium, body, is_own, settings):
    settings.EMERGENCY_NUMBER = "112"
    page = Page(client.post(post_url(magnesium), {"body": body}))
    help_now = (
        "If you feel unwell now, or took much more than usual, get help at once."
        " In an emergency, call 112."
    )
    assert "An amount above a known limit" in page.words
    assert (help_now in page.words) == is_own


def test_htmx_gets_the_page_in_place_of_a_message(client, magnesium):
    response = client.post(post_url(magnesium), {"body": DOSE}, headers={"HX-Request": "true"})
    assert response.status_code == 400
    assert "data-kept-text" in response.content.decode()


def test_the_author_reads_that_it_waits_and_why_and_nobody_else_sees_it(client, magnesium):
    response = client.post(
        post_url(magnesium), {"body": DOSE, "checked": body_version(DOSE)}, follow=True
    )
    words = Page(response).words
    assert "Your comment is with the moderators." in words
    assert "Waiting for a moderator. Only you can see this." in words
    assert "Why it waits: a dose above a known limit." in words
    assert DOSE in words
    for reader in (Client(), Client()):
        assert DOSE not in Page(reader.get(magnesium.get_absolute_url())).words


def test_consent_is_asked_for_once_though_the_form_comes_back(magnesium):
    newcomer = make_user()
    User.objects.filter(pk=newcomer.pk).update(consented_at=None)
    client = Client()
    client.force_login(newcomer)
    page = Page(client.post(post_url(magnesium), {"body": DOSE, "consent": "1"}))
    assert page.by_id("id_consent").get("checked") is not None
    newcomer.refresh_from_db()
    assert newcomer.consented_at is None


# ---- edits -------------------------------------------------------------------------------


def test_an_edit_that_wants_care_is_shown_first_and_then_waits(client, magnesium, member):
    root = make_comment(magnesium)
    comment = make_comment(magnesium, by=member, parent=root)
    url = reverse("comment_edit", args=[comment.pk])
    page = Page(client.post(url, {"body": DOSE, "opened": body_version(comment.body)}))
    assert "An amount above a known limit" in page.words
    assert page.by_id("id_body").text.strip() == DOSE
    comment.refresh_from_db()
    assert comment.body != DOSE
    checked = page.one("button", name="checked").get("value")
    response = client.post(url, {"body": DOSE, "checked": checked}, follow=True)
    comment.refresh_from_db()
    root.refresh_from_db()
    assert (comment.state, comment.body, root.reply_count) == (State.HELD, DOSE, 0)
    assert "Your comment is with the moderators." in Page(response).words
    restore_comment(comment, by=make_user("moderator"))
    root.refresh_from_db()
    assert root.reply_count == 1


def test_an_edited_comment_with_replies_keeps_its_place(magnesium, member):
    root = make_comment(magnesium, by=member)
    reply = make_comment(magnesium, parent=root)
    edit_comment(root, by=member, body=DOSE, checked=body_version(DOSE))
    root.refresh_from_db()
    assert root.state == State.HIDDEN
    assert waiting() == [root.pk]
    assert Decision.objects.get(comment=root).is_automatic
    words = Page(Client().get(magnesium.get_absolute_url())).words
    assert reply.body in words
    assert "Hidden until a moderator has looked at it." in words
    assert DOSE not in words


# ---- newcomers ---------------------------------------------------------------------------


def test_a_newcomer_s_first_comment_shows_at_once_and_stands_in_the_queue(magnesium):
    newcomer = make_user()
    client = Client()
    client.force_login(newcomer)
    client.post(post_url(magnesium), {"body": FINE})
    comment = Comment.objects.get(body=FINE)
    assert FINE in Page(Client().get(magnesium.get_absolute_url())).words
    assert waiting() == [comment.pk]
    assert automatic_reasons(comment) == [(Reason.FIRST_POST, "")]
    keep_comment(comment, by=make_user("moderator"))
    assert waiting() == []


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (LINK, "A new member's comment with a link"),
        (f"{FINE} www.example.org", "A new member's comment with a link"),
        (DOSE, "a dose above a known limit"),
    ],
)
def test_a_newcomer_s_link_or_unsafe_dose_waits_and_says_so(magnesium, body, why):
    client = Client()
    client.force_login(make_user())
    data = {"body": body, "checked": body_version(body)}
    words = Page(client.post(post_url(magnesium), data, follow=True)).words
    comment = Comment.objects.get(body=body)
    assert comment.state == State.HELD
    assert waiting() == [comment.pk]
    assert "Waiting for a moderator. Only you can see this." in words
    assert f"Why it waits: {why}." in words
    assert "Your comment is with the moderators." in words


def test_with_scripts_a_newcomer_reads_it_too(magnesium):
    client = Client()
    client.force_login(make_user())
    response = client.post(post_url(magnesium), {"body": LINK}, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert "Your comment is with the moderators." in response.content.decode()


def test_who_has_a_comment_that_stands_may_link(magnesium, member):
    assert post_comment(by=member, subject=magnesium, body=LINK).comment.is_visible
    assert not Report.objects.exists()


def test_a_comment_that_waits_makes_nobody_known(magnesium):
    newcomer = make_user()
    send(DOSE, by=newcomer, about=magnesium)
    assert is_first_time_author(newcomer)
    comment = post_comment(by=newcomer, subject=magnesium, body=FINE).comment
    assert automatic_reasons(comment) == [(Reason.FIRST_POST, "")]
    assert not is_first_time_author(newcomer)


def test_a_link_that_a_newcomer_edits_in_waits_too(magnesium):
    newcomer = make_user()
    comment = post_comment(by=newcomer, subject=magnesium, body=FINE).comment
    edit_comment(comment, by=newcomer, body=LINK)
    comment.refresh_from_db()
    assert comment.state == State.HELD
    assert {reason for reason, _detail in automatic_reasons(comment)} == set(AUTOMATIC_REASONS)


def test_staff_are_no_newcomers(magnesium):
    comment = post_comment(by=make_user("moderator"), subject=magnesium, body=LINK).comment
    assert comment.is_visible
    assert not Report.objects.exists()


# ---- reports -----------------------------------------------------------------------------


def test_nobody_can_choose_the_reasons_of_the_rules(member):
    offered = {value for value, _label in ReportForm(is_member=True).fields["reason"].choices}
    assert offered == set(Reason.values) - set(AUTOMATIC_REASONS)
    comment = make_comment()
    for reason in AUTOMATIC_REASONS:
        with pytest.raises(InvalidInput):
            report_comment(comment, by=member, reason=reason)


def test_reports_of_the_rules_hide_nothing(magnesium, settings):
    settings.HIDE_AT_REPORTS = 2
    comment = post_comment(by=make_user(), subject=magnesium, body=FINE).comment
    report_comment(comment, by=make_user(), reason="unkind")
    comment.refresh_from_db()
    assert comment.is_visible


def test_what_the_rules_give_as_a_reason_is_not_suggested_for_readers(magnesium):
    comment = post_comment(by=make_user(), subject=magnesium, body=FINE).comment
    (item,) = queue_items([comment.pk])
    assert item.suggested_reason == ""


def test_what_the_rules_wrote_goes_with_the_comment(magnesium, member):
    comment = send(DOSE, by=member, about=magnesium)
    delete_comment(comment, by=member)
    assert not Report.objects.exclude(detail="").exists()
    assert waiting() == []
