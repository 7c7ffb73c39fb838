"""A publisher warns alone and at once; the record keeps who did what and why."""

import logging

import pytest
from django.db import IntegrityError, transaction

from publishing.banners.selectors import banners_on_record
from publishing.banners.services import confirm_banner, lift_banner, set_banner, standing_banner
from publishing.models import SafetyBanner
from remedies_site.exceptions import InvalidInput, NotPermitted
from tests.factories import make_citation, make_remedy, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher():
    return make_user("publisher")


@pytest.fixture
def remedy():
    return make_remedy("Magnesium")


@pytest.mark.parametrize("review", ["one", "two"])
def test_a_publisher_sets_one_alone(settings, caplog, publisher, remedy, review):
    settings.REVIEW = review
    with caplog.at_level(logging.INFO, "remedies.events"):
        banner = set_banner(remedy, by=publisher, text="  Do not\n use\x00 it.  ")
    assert banner.is_active
    assert (banner.text, banner.subject_name) == ("Do not use it.", "Magnesium")
    assert f"safety_banner_set actor={publisher.pk} number={banner.pk}" in caplog.text
    assert "Do not" not in caplog.text
    assert standing_banner(remedy) == banner


@pytest.mark.parametrize("role", ["member", "editor", "moderator", "reviewer"])
def test_nobody_else_sets_or_lifts_one(publisher, remedy, role):
    person = make_user(role)
    with pytest.raises(NotPermitted):
        set_banner(remedy, by=person, text="Do not use it.")
    banner = set_banner(remedy, by=publisher, text="Do not use it.")
    with pytest.raises(NotPermitted):
        lift_banner(banner, by=person, reason="No.")
    assert standing_banner(remedy) is not None


def test_suspended_rights_set_none(publisher, remedy):
    publisher.rights_suspended = True
    with pytest.raises(NotPermitted):
        set_banner(remedy, by=publisher, text="Do not use it.")


@pytest.mark.parametrize("text", ["", " \n", "x" * 401])
def test_it_has_words_and_not_too_many(publisher, remedy, text):
    with pytest.raises(InvalidInput):
        set_banner(remedy, by=publisher, text=text)


def test_a_retracted_work_is_no_source(publisher, remedy):
    work = make_citation(retracted_on="2026-01-01")
    with pytest.raises(InvalidInput, match="retracted"):
        set_banner(remedy, by=publisher, text="Do not use it.", work=work)


def test_one_stands_on_a_subject_and_another_takes_its_place_with_a_reason(publisher, remedy):
    first = set_banner(remedy, by=publisher, text="Do not use it.")
    with pytest.raises(InvalidInput, match="Say why"):
        set_banner(remedy, by=publisher, text="Do not use batch 7.")
    assert standing_banner(remedy) == first
    second = set_banner(
        remedy, by=publisher, text="Do not use batch 7.", replaced_reason="One batch only."
    )
    first.refresh_from_db()
    assert (first.lifted_by, first.lifted_reason) == (publisher, "One batch only.")
    assert standing_banner(remedy) == second
    assert list(banners_on_record(remedy)) == [second, first]


@pytest.mark.parametrize("whole_site", [False, True])
def test_the_database_keeps_one(publisher, remedy, whole_site):
    banner = set_banner(None if whole_site else remedy, by=publisher, text="Do not use it.")
    banner.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        banner.save(force_insert=True)


def test_one_on_the_site_is_apart_from_those_on_pages(publisher, remedy):
    set_banner(remedy, by=publisher, text="Do not use it.")
    everywhere = set_banner(None, by=publisher, text="Call your doctor.")
    assert standing_banner(None) == everywhere
    assert (everywhere.subject_name, everywhere.subject) == ("", None)


def test_lifting_needs_a_reason_and_happens_once(publisher, remedy):
    banner = set_banner(remedy, by=publisher, text="Do not use it.")
    with pytest.raises(InvalidInput, match="Say why"):
        lift_banner(banner, by=publisher, reason=" ")
    lift_banner(banner, by=publisher, reason="The recall is over.")
    assert standing_banner(remedy) is None
    with pytest.raises(InvalidInput, match="already"):
        lift_banner(banner, by=publisher, reason="Again.")
    assert banners_on_record().get().lifted_reason == "The recall is over."


def test_a_second_person_looks_at_it_and_the_first_cannot(publisher, remedy):
    banner = set_banner(remedy, by=publisher, text="Do not use it.")
    for person in (publisher, make_user(), make_user("moderator")):
        with pytest.raises(NotPermitted):
            confirm_banner(banner, by=person)
    editor = make_user("editor")
    confirm_banner(banner, by=editor)
    banner.refresh_from_db()
    assert banner.confirmed_by == editor
    assert banner.is_active
    with pytest.raises(InvalidInput, match="already"):
        confirm_banner(banner, by=make_user("editor"))


def test_the_database_knows_two_people(publisher, remedy):
    banner = set_banner(remedy, by=publisher, text="Do not use it.")
    with pytest.raises(IntegrityError), transaction.atomic():
        SafetyBanner.objects.filter(pk=banner.pk).update(
            confirmed_by=publisher, confirmed_at=banner.set_at
        )


@pytest.mark.parametrize(("column", "value"), [("text", "Harmless."), ("subject_name", "Iron")])
def test_its_words_are_final(publisher, remedy, column, value):
    set_banner(remedy, by=publisher, text="Do not use it.")
    with pytest.raises(IntegrityError, match="final"), transaction.atomic():
        SafetyBanner.objects.update(**{column: value})


def test_a_lifted_one_stays_lifted(publisher, remedy):
    banner = set_banner(remedy, by=publisher, text="Do not use it.")
    lift_banner(banner, by=publisher, reason="The recall is over.")
    with pytest.raises(IntegrityError, match="final"), transaction.atomic():
        SafetyBanner.objects.update(lifted_at=None, lifted_by=None, lifted_reason="")
