import pytest
from django.db import IntegrityError, transaction

from conditions.addresses import current_path, record_move
from conditions.models import OldAddress

pytestmark = pytest.mark.django_db
A, B, C, D = (f"/conditions/{name}/" for name in "abcd")


def test_a_page_that_moved_is_found_where_it_is():
    record_move(A, B)
    assert current_path(A) == B


def test_what_never_moved_is_nowhere_else():
    record_move(A, B)
    assert current_path(B) is None
    assert current_path("/conditions/") is None
    assert current_path("/") is None


def test_what_stood_below_moved_with_it():
    record_move(A, B)
    assert current_path(f"{A}-/r/3/") == f"{B}-/r/3/"


def test_a_name_that_only_begins_alike_did_not_move():
    record_move(A, B)
    assert current_path("/conditions/abc/") is None


def test_several_moves_are_followed_in_turn():
    record_move(A, B)
    record_move(B, C)
    assert current_path(A) == current_path(B) == C


def test_a_page_that_moved_back_is_at_home():
    record_move(A, B)
    record_move(B, A)
    assert current_path(A) is None
    assert current_path(B) == A


def test_a_page_that_wandered_in_a_ring_is_at_home():
    for old, new in ((A, B), (B, C), (C, D), (D, A)):
        record_move(old, new)
    assert current_path(A) is None
    assert current_path(B) == current_path(C) == current_path(D) == A


def test_an_address_given_to_another_page_and_left_again_forwards_to_the_last():
    record_move(A, B)
    record_move(A, C)
    assert current_path(A) == C
    assert OldAddress.objects.count() == 1


def test_the_nearest_move_counts_and_then_those_above_it():
    record_move("/remedies/mg/rls/", "/remedies/mg/legs/")
    record_move("/remedies/mg/", "/remedies/magnesium/")
    assert current_path("/remedies/mg/rls/") == "/remedies/magnesium/legs/"
    assert current_path("/remedies/mg/sleep/") == "/remedies/magnesium/sleep/"


def test_a_ring_made_by_hand_ends():
    OldAddress.objects.create(path=A, target=B)
    OldAddress.objects.create(path=B, target=A)
    assert current_path(A) in {None, B}


@pytest.mark.parametrize(
    ("path", "target"),
    [(A, A), ("conditions/a/", B), ("/conditions/a", B), (A, "conditions/b/"), (A, "https://x/")],
)
def test_the_database_keeps_whole_paths_that_lead_elsewhere(path, target):
    with pytest.raises(IntegrityError), transaction.atomic():
        OldAddress.objects.create(path=path, target=target)


def test_an_old_address_leads_to_one_place():
    OldAddress.objects.create(path=A, target=B)
    with pytest.raises(IntegrityError), transaction.atomic():
        OldAddress.objects.create(path=A, target=C)


def test_finding_a_page_that_never_moved_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        current_path("/remedies/magnesium/rls/r/3/")
