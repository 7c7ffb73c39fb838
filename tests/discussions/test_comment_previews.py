"""The preview of a comment: what it shows, what it keeps, and that nothing is stored."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Allowance
from accounts.rate_limits import PREVIEWS
from discussions.models import Comment, Thread
from discussions.policies import MAX_BODY_LENGTH
from discussions.services import delete_comment
from tests.factories import make_comment, make_entry, make_remedy, make_user
from tests.reading import Page, find

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
TEXT = "5*3*2 mg, *twice* a day.\n\n2019. It helped."
SHOWN = "5*3*2 mg, twice a day. 2019. It helped."


@pytest.fixture
def entry():
    return make_entry()


@pytest.fixture
def member():
    return make_user()


@pytest.fixture
def logged_in(client, member) -> Client:
    client.force_login(member)
    return client


def comments_url(entry) -> str:
    return reverse("comment_on_entry", args=[entry.remedy.slug, entry.condition.slug])


def preview(client, url: str, body: str = TEXT, **fields):
    return client.post(f"{url}?preview", {"body": body, **fields})


def typed(page: Page) -> str:
    return (page.one("textarea", name="body").text or "").removeprefix("\n")


def previewed(page: Page) -> str:
    return " ".join("".join(page.one("section", class_="comment-preview").itertext()).split())


@pytest.mark.parametrize("subject", ["entry", "remedy"])
def test_a_new_thread_is_shown_as_it_will_look_and_its_text_stays(logged_in, entry, subject):
    remedy_url = reverse("comment_on_remedy", args=[entry.remedy.slug])
    url = {"entry": comments_url(entry), "remedy": remedy_url}[subject]
    response = preview(logged_in, url)
    page = Page(response)
    assert response.status_code == 200
    assert page.h1 == "Preview of your comment"
    assert SHOWN in previewed(page)
    assert "<em>twice</em>" in response.content.decode()
    assert typed(page) == TEXT
    assert page.one("form", class_="form").get("action") == url
    assert not Comment.objects.exists()
    assert not Thread.objects.exists()


def test_a_reply_keeps_what_it_replies_to(logged_in, entry):
    parent = make_comment(entry, body="The words before.")
    page = Page(preview(logged_in, comments_url(entry), parent=parent.pk))
    assert page.one("input", name="parent").get("value") == str(parent.pk)
    assert "The words before." in page.words
    assert SHOWN in previewed(page)
    assert Comment.objects.count() == 1


def test_a_reply_to_what_is_gone_meanwhile_is_shown_and_can_be_sent_alone(logged_in, entry):
    parent = make_comment(entry)
    delete_comment(parent, by=parent.author)
    page = Page(preview(logged_in, comments_url(entry), parent=parent.pk))
    assert SHOWN in previewed(page)
    assert page.all("input", name="parent") == []
    assert "cannot be answered any more" in page.words


def test_an_edit_is_shown_and_the_comment_stays_as_it_was(logged_in, entry, member):
    comment = make_comment(entry, by=member, body="Before")
    page = Page(preview(logged_in, reverse("comment_edit", args=[comment.pk])))
    assert (SHOWN in previewed(page), typed(page)) == (True, TEXT)
    assert page.one("form", class_="form").get("action") == reverse(
        "comment_edit", args=[comment.pk]
    )
    comment.refresh_from_db()
    assert (comment.body, comment.edited_at) == ("Before", None)


def test_what_is_previewed_is_what_is_posted(logged_in, entry):
    shown = preview(logged_in, comments_url(entry)).content.decode()
    logged_in.post(comments_url(entry), {"body": TEXT})
    assert Comment.objects.get().html in shown


def test_htmx_gets_the_part_alone_and_while_typing_only_the_text(logged_in, entry):
    url = comments_url(entry)
    form = {"body": TEXT, "form": "discussion-form"}
    part = logged_in.post(f"{url}?preview", form, headers=HTMX)
    assert part.status_code == 200
    html = part.content.decode()
    assert "<form" not in html
    assert "<h1" not in html
    assert f'data-hx-post="{url}?preview"' in html
    assert "from:#discussion-form" in html
    assert "<em>twice</em>" in html
    form["follows"] = "1"
    html = logged_in.post(f"{url}?preview", form, headers=HTMX).content.decode()
    assert "<section" not in html
    assert "<em>twice</em>" in html


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("", "Write something first."),
        ("&nbsp;", "Write something first."),
        ("x" * (MAX_BODY_LENGTH + 1), "This has 10001 characters; 10000 are the most."),
    ],
    ids=["empty", "blank", "long"],
)
def test_what_could_not_be_sent_says_so_in_the_preview_too(
    logged_in, entry, headers, body, sentence
):
    url = comments_url(entry)
    response = logged_in.post(f"{url}?preview", {"body": body}, headers=headers)
    assert response.status_code == 400
    assert sentence in Page(response).words
    assert typed(Page(response)) == body


def test_a_preview_needs_no_consent_and_keeps_a_given_one(logged_in, entry, member):
    member.consented_at = None
    member.save()
    page = Page(preview(logged_in, comments_url(entry)))
    box = page.one("input", name="consent")
    assert (box.get("checked"), box.get("aria-invalid")) == (None, None)
    page = Page(preview(logged_in, comments_url(entry), consent="1"))
    assert page.one("input", name="consent").get("checked") is not None


def test_previews_cost_no_posts_and_have_a_limit_of_their_own(logged_in, entry, member):
    url = comments_url(entry)
    for _number in range(PREVIEWS.limit):
        assert preview(logged_in, url, "Words").status_code == 200
    response = preview(logged_in, url, "One too many")
    assert response.status_code == 429
    assert 1 <= int(response["Retry-After"]) <= 60
    assert typed(Page(response)) == "One too many"
    assert not Allowance.objects.filter(user=member).exists()
    assert logged_in.post(url, {"body": "Sent"}).status_code == 303


def test_nobody_else_previews_an_edit(logged_in, entry):
    url = reverse("comment_edit", args=[make_comment(entry, body="Somebody's words").pk])
    response = preview(logged_in, url)
    assert response.status_code == 403
    assert Page(response).all("textarea") == []


def test_a_preview_needs_the_token_and_a_log_in(client, entry, member):
    response = preview(client, comments_url(entry))
    assert response.status_code == 307  # the log-in page takes the text along
    assert "/accounts/login/" in response["Location"]
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(member)
    assert preview(strict, comments_url(entry)).status_code == 403


def test_a_hostile_text_is_harmless_in_the_preview(logged_in, entry):
    html = preview(logged_in, comments_url(entry), "<script>x()</script>").content.decode()
    assert "<script>x()" not in html


def test_readers_see_no_box_and_no_preview(client, entry):
    make_comment(entry)
    html = client.get(entry.get_absolute_url()).content.decode()
    assert "<textarea" not in html
    assert "?preview" not in html


@pytest.mark.parametrize("page_of", ["entry", "edit", "rejected"])
def test_help_with_formatting_stands_beside_every_box(logged_in, entry, member, page_of):
    own = make_comment(entry, by=member)
    if page_of == "rejected":
        response = logged_in.post(comments_url(entry), {"body": " "})
    else:
        urls = {"entry": entry.get_absolute_url(), "edit": f"{own.get_absolute_url()}edit/"}
        response = logged_in.get(urls[page_of])
    page = Page(response)
    assert page.all("details", class_="formatting-help")
    boxes = [box for box in page.all("textarea") if box.get("name") == "body"]
    assert boxes
    previews = [each for each in page.all("button") if "?preview" in each.get("formaction", "")]
    assert len(previews) == len(boxes)


def test_the_rules_say_how_to_format(client):
    page = Page(client.get(reverse("rules")))
    assert page.has("formatting")
    assert "**strong**" in page.words


def test_a_reply_names_the_page_with_the_help(logged_in):
    comment = make_comment(make_remedy())
    html = logged_in.get(comment.thread.page_url).content.decode()
    assert f'href="{reverse("rules")}#formatting"' in html


@pytest.mark.parametrize("form_id", ["", "x y", "<b>", "a" * 61, "1", "a,body"])
def test_a_part_for_no_form_follows_nothing(logged_in, entry, form_id):
    form = {"body": TEXT, "form": form_id}
    html = logged_in.post(f"{comments_url(entry)}?preview", form, headers=HTMX).content.decode()
    assert "<em>twice</em>" in html
    assert "data-hx-" not in html


def test_a_form_has_one_button_and_the_preview_stands_beside_it(logged_in, entry):
    make_comment(entry)
    page = Page(logged_in.get(entry.get_absolute_url()))
    forms = [form for form in page.all("form") if list(find(form, "textarea"))]
    assert len(forms) > 2
    for form in forms:
        assert len(list(find(form, "button"))) == 1
        [beside] = page.all("button", form=form.get("id", ""))
        assert beside.get("formaction") == f"{form.get('action')}?preview"
