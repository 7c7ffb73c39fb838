import html5lib
import pytest
from django.test import Client
from django.urls import reverse

from citations.preview import preview_markdown
from citations.references import PageReferences
from remedies_site.markup import render
from tests.factories import PASSWORD, make_citation, make_user

pytestmark = pytest.mark.django_db
ADDRESS = reverse("markdownx_markdownify")
TEXT = "## Doses\n\nIt *may* help [@B2; @A1, p. 3].\n\n- one [@A1]"


@pytest.fixture
def editor_s_browser(client):
    assert client.login(username=make_user("editor").name, password=PASSWORD)
    return client


def test_staff_see_what_the_page_will_show(editor_s_browser):
    make_citation("A1")
    make_citation("B2")
    response = editor_s_browser.post(ADDRESS, {"content": TEXT})
    page = PageReferences(["A1", "B2"])
    assert response.status_code == 200
    assert str(page.html(render(TEXT))) in response.content.decode()
    assert response["Cache-Control"] != "public, no-cache"


def test_the_preview_lists_its_references_with_working_links():
    make_citation("A1", title="A first work")
    tree = html5lib.parse(preview_markdown("Words [@A1]."), namespaceHTMLElements=False)
    ids = {element.get("id") for element in tree.iter() if element.get("id")}
    targets = {link.get("href") for link in tree.iter("a") if link.get("href").startswith("#")}
    assert targets
    assert targets <= {f"#{name}" for name in ids}
    assert "A first work" in "".join(tree.itertext())


def test_unknown_keys_are_named(editor_s_browser):
    make_citation("A1")
    words = editor_s_browser.post(ADDRESS, {"content": "Words [@A1; @Lost]."}).content.decode()
    assert "Lost" in words
    assert "Lost" not in editor_s_browser.post(ADDRESS, {"content": "Words [@A1]."}).text


def test_what_is_hostile_is_harmless_in_the_preview_too():
    html = preview_markdown("<script>alert(1)</script> [@<b>] [x](javascript:alert(1))")
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    assert not list(tree.iter("script"))
    assert not [link for link in tree.iter("a") if "javascript" in link.get("href", "")]


@pytest.mark.parametrize("form", [{}, {"content": ""}, {"text": "x"}])
def test_an_empty_text_has_an_empty_preview(editor_s_browser, form):
    assert editor_s_browser.post(ADDRESS, form).status_code == 200


def test_a_text_that_is_too_long_is_refused(editor_s_browser):
    assert editor_s_browser.post(ADDRESS, {"content": "x" * 30_000}).status_code == 200
    assert editor_s_browser.post(ADDRESS, {"content": "x" * 30_001}).status_code == 400


def test_looking_is_not_asking(editor_s_browser):
    assert editor_s_browser.get(ADDRESS).status_code == 405


def test_a_visitor_is_sent_to_the_log_in(client):
    response = client.post(ADDRESS, {"content": TEXT})
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("admin:login"))


def test_a_member_who_is_not_staff_is_refused(client):
    assert client.login(username=make_user().name, password=PASSWORD)
    response = client.post(ADDRESS, {"content": TEXT})
    assert response.status_code == 302
    assert "may" not in response.content.decode()


def test_a_page_of_another_site_cannot_ask():
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_user("editor"))
    assert strict.post(ADDRESS, {"content": TEXT}).status_code == 403


def test_nothing_can_be_uploaded_beside_it(editor_s_browser):
    assert editor_s_browser.post("/admin/markdown-upload/", {}).status_code == 404
    assert editor_s_browser.post("/markdownx/upload/", {}).status_code == 404


def test_the_script_of_the_preview_gets_no_form_where_nobody_of_staff_is_logged_in(client):
    """It puts whatever comes back into the editors' form, whose fields would then be there twice."""
    script = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}
    careful, member = Client(enforce_csrf_checks=True), Client()
    member.force_login(make_user())
    for browser in (client, careful, member):
        response = browser.post(ADDRESS, {"content": TEXT}, **script)
        assert response.status_code == 403
        assert "<" not in response.content.decode()
        assert browser.post(ADDRESS, {"content": TEXT}).status_code in {302, 403}
