import pytest
from django.db import IntegrityError, transaction

from publishing.models import Redirect
from publishing.redirects import add_redirect, redirect_target

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
