"""Every promise of the tables, kept by the database itself whatever the code above it does."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from conditions.services import withdraw_condition
from remedies.models import (
    DoseRegimen,
    EvidenceItem,
    IntakeLimit,
    Interaction,
    Precaution,
    Product,
    Remedy,
    RemedyConditionEntry,
)
from remedies.services import withdraw_entry, withdraw_remedy
from tests.factories import make_citation, make_condition, make_entry, make_remedy

pytestmark = pytest.mark.django_db
DOSE = {"amount": 250, "unit": "mg", "per": "day", "basis": "salt"}


def refuses(write, *args, **values) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        write(*args, **values)


@pytest.fixture
def regimen():
    return DoseRegimen.objects.create(
        entry=make_entry(), form="oxide", citation=make_citation(), **DOSE
    )


def make_limit(**values) -> IntakeLimit:
    least = {
        "authority": "An agency",
        "population": "adults",
        "kind": "upper",
        "amount": 350,
        "unit": "mg",
        "basis": "elemental",
    }
    return IntakeLimit.objects.create(remedy=make_remedy(), **least | values)


def make_interaction(**values) -> Interaction:
    least = {
        "substance": "antibiotics",
        "effect": "They act less.",
        "severity": "major",
        "action": "apart",
        "advice": "Leave hours between them.",
    }
    return Interaction.objects.create(remedy=make_remedy(), **least | values)


def make_precaution(**values) -> Precaution:
    least = {"kind": "caution", "severity": "note", "text": "Take care."}
    return Precaution.objects.create(**least | values)


def make_item(**values) -> EvidenceItem:
    least = {"outcome": "sleep", "direction": "benefit", "result": "A little better."}
    return EvidenceItem.objects.create(
        entry=make_entry(), citation=make_citation(), **least | values
    )


def make_product(**values) -> Product:
    least = {"name": "A bottle", "url": "https://example.org", "disclosure": "none"}
    return Product.objects.create(remedy=make_remedy(), **least | values)


def test_there_is_one_entry_for_a_pair():
    entry = make_entry()
    refuses(make_entry, entry.remedy, entry.condition)
    assert make_entry(entry.remedy).pk
    assert make_entry(None, entry.condition).pk


def test_the_editor_is_told_of_the_entry_that_is_there():
    entry = make_entry()
    twin = RemedyConditionEntry(
        remedy=entry.remedy,
        condition=entry.condition,
        verdict="x",
        effect="none",
        certainty="low",
    )
    with pytest.raises(ValidationError, match="There is an entry for this pair already"):
        twin.full_clean()


def test_a_pair_cannot_be_moved_onto_another():
    first, second = make_entry(), make_entry()
    refuses(
        RemedyConditionEntry.objects.filter(pk=second.pk).update,
        remedy=first.remedy,
        condition=first.condition,
    )


@pytest.mark.parametrize(
    "values",
    [
        {"verdict": ""},
        {"effect": ""},
        {"effect": "great"},
        {"certainty": "sure"},
        {"shown_effect": "great"},
        {"shown_certainty": "sure"},
        {"up_count": -1},
        {"down_count": -1},
        {"withdrawn_reason": "Why."},
        {"withdrawn_at": "2026-01-01T00:00Z"},
        {"written_on": date(2026, 1, 2), "review_due": date(2026, 1, 1)},
    ],
    ids=str,
)
def test_an_entry_keeps_its_promises(values):
    make_entry()
    refuses(RemedyConditionEntry.objects.update, **values)
    refuses(make_entry, published=False, **values)


@pytest.mark.parametrize("model", [Remedy, RemedyConditionEntry], ids=lambda m: m.__name__)
def test_what_was_never_published_cannot_be_withdrawn(model):
    make_entry(make_remedy(published=False), published=False)
    refuses(model.objects.update, withdrawn_at="2026-01-01T00:00Z", withdrawn_reason="Why.")


@pytest.mark.parametrize(
    "values",
    [{"name": ""}, {"slug": ""}, {"kind": ""}, {"kind": "stone"}, {"withdrawn_reason": "Why."}],
    ids=str,
)
def test_a_remedy_keeps_its_promises(values):
    make_remedy()
    refuses(Remedy.objects.update, **values)


def test_two_remedies_do_not_share_an_address():
    make_remedy("Magnesium")
    refuses(make_remedy, slug="magnesium")


@pytest.mark.parametrize(
    "values",
    [
        DOSE,
        DOSE | {"amount_max": 500, "doses_per_day": 3},
        DOSE | {"elemental_mg": 151, "elemental_mg_max": 302, "amount_max": 500},
        {"amount": None, "unit": "", "per": "", "basis": ""},
    ],
    ids=str,
)
def test_a_whole_amount_or_none_is_stored(regimen, values):
    assert DoseRegimen.objects.update(**values) == 1


@pytest.mark.parametrize(
    "values",
    [
        {"basis": ""},
        {"unit": ""},
        {"per": ""},
        {"amount": None},
        {"amount": 0},
        {"amount": -250},
        {"amount_max": 250},
        {"amount_max": 249},
        {"amount": None, "unit": "", "per": "", "basis": "", "amount_max": 500},
        {"amount": None, "unit": "", "per": "", "basis": "", "elemental_mg": 151},
        {"elemental_mg_max": 151},
        {"elemental_mg": 151, "elemental_mg_max": 151},
        {"elemental_mg": 0},
        {"elemental_mg": -1, "elemental_mg_max": 2},
        {"doses_per_day": 0},
        {"doses_per_day": 25},
        {"form": ""},
        {"unit": "cup"},
        {"basis": "guess"},
        {"route": ""},
    ],
    ids=str,
)
def test_a_dose_keeps_its_promises(regimen, values):
    refuses(DoseRegimen.objects.update, **values)
    fresh = DoseRegimen.objects.values().get() | {"id": None} | values
    refuses(DoseRegimen.objects.bulk_create, [DoseRegimen(**fresh)])


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"basis": ""}, "basis belong together"),
        ({"amount_max": 200}, "above its beginning"),
        ({"elemental_mg_max": 200}, "above its beginning"),
    ],
    ids=str,
)
def test_an_editor_is_told_how_to_mend_a_dose(regimen, values, sentence):
    for name, value in values.items():
        setattr(regimen, name, value)
    with pytest.raises(ValidationError, match=sentence):
        regimen.full_clean()


@pytest.mark.parametrize(
    ("make", "values"),
    [
        *[
            (make_limit, values)
            for values in ({"basis": ""}, {"unit": ""}, {"amount": 0}, {"kind": "x"})
        ],
        *[
            (make_interaction, values)
            for values in ({"substance": ""}, {"effect": ""}, {"advice": ""}, {"severity": "x"})
        ],
        *[
            (make_item, values)
            for values in ({"outcome": ""}, {"result": ""}, {"direction": ""}, {"n_analysed": -1})
        ],
        *[
            (make_product, values)
            for values in ({"name": ""}, {"url": ""}, {"disclosure": ""}, {"disclosure": "x"})
        ],
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_a_row_keeps_its_promises(make, values):
    refuses(make, **values)
    row = make()
    refuses(type(row).objects.update, **values)


def test_a_precaution_is_of_a_remedy_or_of_an_entry():
    entry = make_entry()
    assert make_precaution(remedy=entry.remedy).pk
    assert make_precaution(entry=entry).pk
    refuses(make_precaution)
    refuses(make_precaution, remedy=entry.remedy, entry=entry)


@pytest.mark.parametrize(
    "values",
    [{"text": ""}, {"kind": "x"}, {"severity": "x"}, {"severity": "stop", "who": ""}],
    ids=str,
)
def test_a_precaution_keeps_its_promises(values):
    refuses(make_precaution, remedy=make_remedy(), **values)


def test_a_stop_that_names_whom_is_stored():
    assert make_precaution(remedy=make_remedy(), severity="stop", who="you are ill").pk


def test_what_has_entries_cannot_be_deleted():
    entry = make_entry()
    for owner in (entry.remedy, entry.condition):
        with pytest.raises(ProtectedError):
            owner.delete()


def test_an_entry_s_address_is_made_of_its_pair():
    entry = make_entry(make_remedy("Magnesium"), make_condition("Restless legs"))
    assert entry.get_absolute_url() == "/remedies/magnesium/restless-legs/"
    assert entry.remedy.get_absolute_url() == "/remedies/magnesium/"
    assert str(entry) == "Magnesium for Restless legs"


def test_an_entry_shows_only_while_its_remedy_and_condition_do():
    entries = RemedyConditionEntry.objects
    shown = make_entry()
    make_entry(published=False)
    make_entry(make_remedy(published=False))
    make_entry(None, make_condition(published=False))
    withdraw_remedy(make_entry().remedy, by=None, reason="Why.")
    withdraw_condition(make_entry().condition, by=None, reason="Why.")
    withdraw_entry(withdrawn := make_entry(), by=None, reason="Why.")
    assert list(entries.published()) == [shown]
    assert withdrawn in entries.ever_published()


def test_lists_read_names_without_asking_again(django_assert_num_queries):
    for _ in range(3):
        make_entry()
    with django_assert_num_queries(1):
        for entry in RemedyConditionEntry.objects.published().with_names():
            assert entry.remedy.shown_name
            assert entry.condition.shown_name
            assert entry.shown_teaser
            assert entry.get_absolute_url()
