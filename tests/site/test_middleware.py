import pytest
from django.http import HttpResponse

from remedies_site.middleware import allowed_methods, cache_headers
from tests.factories import PASSWORD, make_user

REFUSED = ["TRACE", "PUT", "PATCH", "DELETE", "CONNECT", "BREW"]


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
def test_known_methods_reach_the_page(rf, method):
    response = allowed_methods(lambda request: HttpResponse("page"))(rf.generic(method, "/"))
    assert response.content == b"page"


@pytest.mark.parametrize("method", REFUSED)
@pytest.mark.parametrize("path", ["/", "/healthz", "/robots.txt", "/no-such-page/"])
def test_other_methods_are_answered_405(client, db, method, path):
    response = client.generic(method, path)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, POST, OPTIONS"


def test_a_reader_s_page_may_be_kept_but_must_be_asked_for_again(client):
    response = client.get("/robots.txt")
    assert response["Cache-Control"] == "public, no-cache"
    assert {part.strip() for part in response["Vary"].split(",")} >= {"Cookie", "HX-Request"}
    assert response["ETag"]


def test_asking_again_costs_little(client):
    etag = client.get("/robots.txt")["ETag"]
    again = client.get("/robots.txt", headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_member_s_page_is_their_own(client, db):
    assert client.login(username=make_user().name, password=PASSWORD)
    assert client.get("/robots.txt")["Cache-Control"] == "private, no-store"


def test_no_page_may_use_the_camera_or_the_place_of_a_device(client, db):
    assert "camera=()" in client.get("/robots.txt")["Permissions-Policy"]
    assert "geolocation=()" in client.get("/robots.txt")["Permissions-Policy"]


def test_an_answer_that_sets_a_cookie_is_nobody_else_s(rf):
    def sets_a_cookie(request):
        response = HttpResponse()
        response.set_cookie("seen", "1")
        return response

    assert cache_headers(sets_a_cookie)(rf.get("/"))["Cache-Control"] == "private, no-cache"


def test_the_answer_to_a_form_is_private(rf):
    response = cache_headers(lambda request: HttpResponse())(rf.post("/"))
    assert response["Cache-Control"] == "private, no-cache"


def test_an_answer_that_chose_its_caching_keeps_it(rf):
    chosen = cache_headers(lambda request: HttpResponse(headers={"Cache-Control": "max-age=60"}))
    assert chosen(rf.get("/"))["Cache-Control"] == "max-age=60"
