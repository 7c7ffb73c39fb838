"""A query that is built once returns what the ORM returns, for any parameters."""

import pytest
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from discussions.models import Comment
from remedies_site.compiled_queries import CompiledQuery, rounded_up
from tests.factories import make_comment, make_entry, make_user

pytestmark = pytest.mark.django_db


def plain(instance: Comment | User) -> dict[str, object]:
    return {field.attname: getattr(instance, field.attname) for field in instance._meta.fields}


def test_instances_have_the_values_that_the_orm_reads():
    comments = [make_comment(make_entry()) for _number in range(3)]
    query = CompiledQuery(
        lambda *keys: Comment.objects.filter(pk__in=keys).order_by("pk"), int, int
    )
    for one, other in (comments[:2], comments[1:]):
        stored = Comment.objects.filter(pk__in=[one.pk, other.pk]).order_by("pk")
        read = query.instances(Comment, one.pk, other.pk)
        assert [plain(comment) for comment in read] == [plain(comment) for comment in stored]
        assert all(not comment._state.adding for comment in read)


def test_joined_rows_come_with_the_instances(django_assert_num_queries):
    comment = make_comment(make_entry())
    query = CompiledQuery(
        lambda key: Comment.objects.filter(pk=key).select_related("author", "parent"), int
    )
    with django_assert_num_queries(1):
        (read,) = query.instances(Comment, comment.pk)
        assert plain(read.author) == plain(comment.author)
        assert read.parent is None


def test_annotations_come_with_the_instances():
    member = make_user()
    make_comment(make_entry(), by=member)
    query = CompiledQuery(
        lambda key: User.objects.annotate(number=Count("comments")).filter(pk=key), int
    )
    (read,) = query.instances(User, member.pk)
    assert read.number == 1
    assert plain(read) == plain(User.objects.get(pk=member.pk))


def test_texts_are_parameters_and_no_part_of_the_sql():
    query = CompiledQuery(lambda name: User.objects.filter(name=name).values_list("pk"), str)
    member = make_user()
    assert query.rows(member.name) == [(member.pk,)]
    assert query.rows("' OR 1=1 --") == []


def test_it_is_built_once_and_is_one_query():
    built = []

    def build(key: int) -> object:
        built.append(key)
        return User.objects.filter(pk=key).values_list("name")

    query = CompiledQuery(build, int)
    members = [make_user(), make_user()]
    with CaptureQueriesContext(connection) as queries:
        assert [query.rows(member.pk) for member in members] == [[(m.name,)] for m in members]
    assert len(queries) == 2
    assert len(built) == 1


def test_a_parameter_that_is_changed_on_its_way_is_an_error():
    query = CompiledQuery(lambda key: User.objects.filter(pk=key + 1), int)
    with pytest.raises(RuntimeError, match="not among the values"):
        query.instances(User, 1)


def test_too_few_parameters_are_an_error():
    query = CompiledQuery(lambda key: User.objects.filter(pk=key), int)
    with pytest.raises(ValueError, match="zip"):
        query.instances(User)


@pytest.mark.parametrize(("number", "size"), [(0, 4), (1, 4), (4, 4), (5, 8), (33, 64)])
def test_numbers_of_keys_are_rounded_up(number, size):
    keys = list(range(1, number + 1))
    assert rounded_up(keys) == [*keys, *[0] * (size - number)]
