"""What holds for every type of subject, whichever app registered it."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.db.migrations.state import ModelState

from conditions.services import rename_condition
from publishing.models import NamedSubject, Redirect, Revision, Subject
from publishing.services import subject_type, subject_types
from remedies.models import Remedy, RemedyConditionEntry
from remedies.services import rename_remedy
from tests.factories import make_condition, make_entry, make_remedy

SUBJECT_MODELS = [model for model in apps.get_models() if issubclass(model, Subject)]


def test_every_model_of_subjects_is_registered():
    assert len(SUBJECT_MODELS) == 3
    assert {registered.model for registered in subject_types()} == set(SUBJECT_MODELS)


def test_types_come_in_one_order_however_the_apps_are_installed():
    labels = [registered.model._meta.label for registered in subject_types()]
    assert labels == sorted(labels)


def test_a_model_that_nobody_registered_has_no_type():
    with pytest.raises(KeyError):
        subject_type(get_user_model())


@pytest.mark.parametrize("model", SUBJECT_MODELS)
def test_the_type_in_brackets_is_no_base_in_migrations(model):
    """A migration with `typing.Generic` among the bases of a model could not be loaded."""
    assert ModelState.from_model(model).bases == (models.Model,)


@pytest.mark.parametrize("model", SUBJECT_MODELS)
def test_each_model_has_revisions_of_its_own(model):
    revisions = model._meta.get_field("revisions").related_model
    assert issubclass(revisions, Revision)
    assert model._meta.get_field("current_revision").related_model is revisions


@pytest.mark.django_db
@pytest.mark.parametrize("model", SUBJECT_MODELS)
def test_publishing_fills_every_column_that_lists_show(model):
    make_entry()
    subject = model.objects.get()
    registered = subject_type(model)
    document = registered.schema.model_validate(subject.current_revision.document)
    filled = registered.shown_columns(document, subject.current_revision.grade)
    shown = {field.name for field in model._meta.fields if field.name.startswith("shown_")}
    assert shown >= {"shown_citations", "shown_text"}
    assert set(filled) == shown | ({"sort_key"} if issubclass(model, NamedSubject) else set())
    assert {name: getattr(subject, name) for name in filled} == filled


@pytest.mark.django_db
def test_content_errors_are_those_of_the_draft_until_something_is_published():
    remedy = make_remedy(published=False, what_it_is="It helps [@Lost].")
    errors = subject_type(Remedy).content_errors(remedy)
    assert errors == [("what_it_is", "no citation has the key 'Lost'")]


@pytest.mark.django_db
def test_content_errors_of_a_published_page_leave_its_draft_alone():
    entry = make_entry()
    entry.verdict = "It helps [@Lost]."
    entry.save()
    registered = subject_type(RemedyConditionEntry)
    assert registered.content_errors(entry) == []
    assert registered.draft_errors(entry) == [("verdict", "no citation has the key 'Lost'")]


@pytest.mark.django_db
def test_a_renamed_remedy_needs_one_redirect_for_all_pages_below_it():
    entry = make_entry(make_remedy("Mg"), make_condition("Insomnia"))
    rename_remedy(entry.remedy, slug="magnesium")
    redirects = Redirect.objects.values_list("path", "target")
    assert list(redirects) == [("/remedies/mg/", "/remedies/magnesium/")]


@pytest.mark.django_db
def test_a_renamed_condition_redirects_the_pages_of_its_entries():
    entry = make_entry(make_remedy("Mg"), make_condition("RLS"))
    make_entry(make_remedy("Iron"), make_condition("Insomnia"))
    rename_condition(entry.condition, slug="legs")
    redirects = dict(Redirect.objects.values_list("path", "target"))
    assert redirects == {
        "/conditions/rls/": "/conditions/legs/",
        "/remedies/mg/rls/": "/remedies/mg/legs/",
    }
