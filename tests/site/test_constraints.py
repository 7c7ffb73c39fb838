"""What the database promises of every table, found by walking over them."""

import pytest
from django.apps import apps
from django.db import models

from publishing.models import Kind
from remedies_site.constraints import filled, one_of

OWN = ("accounts", "citations", "conditions", "publishing", "remedies", "discussions")
MODELS = [model for label in OWN for model in apps.get_app_config(label).get_models()]
LISTED = [
    (model, field)
    for model in MODELS
    for field in model._meta.concrete_fields
    if field.choices and field.model is model
]
SHOWN = [
    (model, field)
    for model, field in LISTED
    if field.name in {"effect", "certainty"} and hasattr(model, f"shown_{field.name}")
]  # their published copies, `shown_…`, keep the same lists
TEXTS = [
    (model, field)
    for model in MODELS
    for field in model._meta.concrete_fields
    if isinstance(field, models.CharField | models.TextField)
]


def field_id(value) -> str:
    return getattr(value, "__name__", None) or getattr(value, "name", "")


def listed_check(model, name: str) -> models.Q:
    (check,) = [
        constraint.condition
        for constraint in model._meta.constraints
        if constraint.name == f"{model._meta.label_lower.replace('.', '_')}_{name}_listed"
    ]
    return check


def test_the_walk_finds_the_lists():
    names = {f"{model.__name__}.{field.name}" for model, field in LISTED}
    assert {"Condition.category", "DoseRegimen.unit", "EntryRevision.kind"} <= names
    assert len(names) >= 25
    assert len(SHOWN) == 2
    assert len(TEXTS) > 100


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "field"), LISTED, ids=field_id)
def test_a_value_comes_from_its_list(model, field):
    check = listed_check(model, field.name)
    assert all(check.check({field.name: value}) for value, _label in field.choices)
    assert not check.check({field.name: "no such word"})
    assert check.check({field.name: ""}) is field.blank


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "field"), SHOWN, ids=field_id)
def test_a_published_copy_keeps_the_same_list(model, field):
    check = listed_check(model, f"shown_{field.name}")
    assert all(check.check({f"shown_{field.name}": value}) for value, _label in field.choices)
    assert check.check({f"shown_{field.name}": ""})
    assert not check.check({f"shown_{field.name}": "no such word"})


@pytest.mark.parametrize("model", MODELS, ids=field_id)
def test_a_choice_fits_its_column(model):
    for field in model._meta.concrete_fields:
        assert all(len(value) <= field.max_length for value, _label in field.choices or [])


@pytest.mark.parametrize(("model", "field"), TEXTS, ids=field_id)
def test_a_text_is_empty_or_not_but_never_null(model, field):
    assert not field.null


@pytest.mark.django_db
def test_a_word_of_a_list_or_nothing():
    assert one_of("kind", Kind).condition.check({"kind": "first"})
    assert not one_of("kind", Kind).condition.check({"kind": ""})
    assert one_of("kind", Kind, blank=True).condition.check({"kind": ""})


@pytest.mark.django_db
def test_a_column_that_is_filled():
    assert filled("name").condition.check({"name": "x"})
    assert not filled("name").condition.check({"name": ""})
