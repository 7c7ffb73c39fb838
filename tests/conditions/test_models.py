import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from conditions.models import Condition, FirstCare, RedFlag
from tests.factories import make_condition

pytestmark = pytest.mark.django_db


def refuses(make, **values) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make(**values)


def test_a_condition_has_an_address_of_its_own():
    condition = make_condition("Restless legs syndrome")
    assert str(condition) == "Restless legs syndrome"
    assert condition.get_absolute_url() == "/conditions/restless-legs-syndrome/"


def test_two_conditions_do_not_share_an_address():
    make_condition("Tinnitus")
    refuses(make_condition, slug="tinnitus")


@pytest.mark.parametrize(
    "values", [{"name": ""}, {"slug": ""}, {"category": ""}, {"category": "feet"}]
)
def test_the_database_keeps_what_every_condition_has(values):
    least = {"name": "A", "slug": "a", "category": "ear", "one_line": "A."}
    refuses(Condition.objects.create, **least | values)
    make_condition("Tinnitus")
    refuses(Condition.objects.update, **values)


@pytest.mark.parametrize("slug", ["A", "a_b", "a--b", "-a", "a-", "ä", "x" * 81])
def test_an_address_that_a_document_refuses_is_refused_by_the_form(slug):
    condition = Condition(name="A", slug=slug, category="other", one_line="A.")
    with pytest.raises(ValidationError) as error:
        condition.full_clean()
    assert set(error.value.message_dict) == {"slug"}


@pytest.mark.parametrize("model", [RedFlag, FirstCare])
def test_a_row_without_words_is_refused(model):
    refuses(model.objects.create, condition=make_condition(), text="")


@pytest.mark.parametrize("model", [RedFlag, FirstCare])
def test_rows_stand_in_the_editor_s_order(model):
    condition = make_condition()
    for position, text in ((2, "second"), (1, "first"), (2, "third")):
        model.objects.create(condition=condition, position=position, text=text)
    assert [str(row) for row in model.objects.all()] == ["first", "second", "third"]


def test_conditions_stand_from_a_to_z_whatever_their_accents():
    for slug, name in (("z", "Zoster"), ("e", "Épilepsie"), ("c", "Eczema")):
        make_condition(name, slug=slug)
    names = [condition.name for condition in Condition.objects.all()]
    assert names == ["Eczema", "Épilepsie", "Zoster"]
