import pytest
from django.db import IntegrityError, transaction

from conditions.services import rename_condition
from publishing.models import Redirect
from publishing.redirects import add_redirect, redirect_target
from remedies.services import rename_remedy
from tests.factories import make_condition, make_entry, make_remedy

pytestmark = pytest.mark.django_db
A, B, C, D = (f"/conditions/{name}/" for name in "abcd")


def test_a_page_that_moved_is_found_where_it_is():
    add_redirect(A, B)
    assert redirect_target(A) == B


def test_what_never_moved_is_nowhere_else():
    add_redirect(A, B)
    assert redirect_target(B) is None
    assert redirect_target("/conditions/") is None
    assert redirect_target("/") is None


def test_what_stood_below_moved_with_it():
    add_redirect(A, B)
    assert redirect_target(f"{A}-/r/3/") == f"{B}-/r/3/"


def test_a_name_that_only_begins_alike_did_not_move():
    add_redirect(A, B)
    assert redirect_target("/conditions/abc/") is None


def test_several_moves_are_followed_in_turn():
    add_redirect(A, B)
    add_redirect(B, C)
    assert redirect_target(A) == redirect_target(B) == C


def test_a_page_that_moved_back_is_at_home():
    add_redirect(A, B)
    add_redirect(B, A)
    assert redirect_target(A) is None
    assert redirect_target(B) == A


def test_a_page_that_wandered_in_a_ring_is_at_home():
    for old, new in ((A, B), (B, C), (C, D), (D, A)):
        add_redirect(old, new)
    assert redirect_target(A) is None
    assert redirect_target(B) == redirect_target(C) == redirect_target(D) == A


def test_an_address_given_to_another_page_and_left_again_forwards_to_the_last():
    add_redirect(A, B)
    add_redirect(A, C)
    assert redirect_target(A) == C
    assert Redirect.objects.count() == 1


def test_the_nearest_move_counts_and_then_those_above_it():
    add_redirect("/remedies/mg/rls/", "/remedies/mg/legs/")
    add_redirect("/remedies/mg/", "/remedies/magnesium/")
    assert redirect_target("/remedies/mg/rls/") == "/remedies/magnesium/legs/"
    assert redirect_target("/remedies/mg/sleep/") == "/remedies/magnesium/sleep/"


def test_a_ring_made_by_hand_ends():
    Redirect.objects.create(path=A, target=B)
    Redirect.objects.create(path=B, target=A)
    assert redirect_target(A) in {None, B}


@pytest.mark.parametrize(
    ("path", "target"),
    [(A, A), ("conditions/a/", B), ("/conditions/a", B), (A, "conditions/b/"), (A, "https://x/")],
)
def test_the_database_keeps_whole_paths_that_lead_elsewhere(path, target):
    with pytest.raises(IntegrityError), transaction.atomic():
        Redirect.objects.create(path=path, target=target)


def test_an_old_path_leads_to_one_place():
    Redirect.objects.create(path=A, target=B)
    with pytest.raises(IntegrityError), transaction.atomic():
        Redirect.objects.create(path=A, target=C)


def test_finding_a_page_that_never_moved_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        redirect_target("/remedies/magnesium/rls/r/3/")


def test_a_draft_at_the_old_address_of_a_renamed_page_takes_no_reader_from_it(client):
    entry = make_entry()
    remedy, condition = entry.remedy, entry.condition
    old = {
        remedy: remedy.get_absolute_url(),
        condition: condition.get_absolute_url(),
        entry: entry.get_absolute_url(),
    }
    rename_remedy(remedy, slug="another-remedy")
    rename_condition(condition, slug="another-condition")
    entry.refresh_from_db()
    names = [url.strip("/").split("/")[1] for url in (old[remedy], old[condition])]
    drafts = (
        make_remedy(names[0], slug=names[0], published=False),
        make_condition(names[1], slug=names[1], published=False),
    )
    for page, url in old.items():  # no draft of a use has the old address yet
        assert (
            client.get(f"{url}?print=1").headers["Location"] == f"{page.get_absolute_url()}?print=1"
        )
    make_entry(remedy=drafts[0], condition=drafts[1], published=False)
    for page, url in old.items():
        response = client.get(url)
        assert (response.status_code, response.headers["Location"]) == (
            301,
            page.get_absolute_url(),
        )
    below = client.get(f"{old[condition]}-/history/").headers["Location"]
    assert below == f"{condition.get_absolute_url()}-/history/"


def test_a_page_that_is_published_at_an_old_address_is_there(client):
    condition = make_condition()
    old = condition.get_absolute_url()
    rename_condition(condition, slug="another-condition")
    make_condition("New", slug=old.strip("/").split("/")[1])
    assert client.get(old).status_code == 200
