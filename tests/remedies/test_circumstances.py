"""The vocabulary of the interaction check, in the pack, in the rows and in the shipped content."""

from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import IntegrityError, transaction

from remedies.content.pack import read_pack
from remedies.models import Circumstance, Precaution

SHIPPED = read_pack(Path("fixtures"))


def test_terms_and_links_are_loaded_in_the_order_of_the_file(db, pack):
    pack.load()
    assert [term.slug for term in Circumstance.objects.all()] == ["tetracyclines", "pregnancy"]
    assert Circumstance.objects.first().member_list == ["doxycycline"]
    assert [term.slug for term in Precaution.objects.get().applies_to.all()] == ["pregnancy"]


def test_terms_that_the_pack_does_not_name_stay_and_come_last(db, pack):
    Circumstance.objects.create(slug="lithium", kind="medicine", name="lithium")
    pack.load()
    slugs = [term.slug for term in Circumstance.objects.all()]
    assert slugs == ["tetracyclines", "pregnancy", "lithium"]


def test_a_pack_without_the_vocabulary_is_refused(db, pack):
    (pack.folder / "circumstances.yaml").unlink()
    with pytest.raises(CommandError, match=r"circumstances\.yaml: \(file\): .*cannot be read"):
        pack.load()


def test_a_row_that_names_an_unknown_term_is_refused_with_file_entry_and_field(db, pack):
    pack.edit("remedies/magnesium.yaml", "- pregnancy", "- pregnant")
    with pytest.raises(CommandError) as refused:
        pack.load()
    place = "remedies/magnesium.yaml: migraine: precautions[1].applies_to: "
    assert f"{place}circumstances.yaml has no 'pregnant'" in str(refused.value)
    assert not Circumstance.objects.exists()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: life", "kind: mood", "pregnancy: kind: "),
        ("    name: pregnant", "    name: ''", "pregnancy: name: "),
        (
            "slug: pregnancy",
            "slug: tetracyclines",
            "tetracyclines: slug: stands in this file twice",
        ),
        ("    name: pregnant", "    name: pregnant\n    members: [a]", "pregnancy: (whole): only"),
    ],
)
def test_a_faulty_term_is_refused(db, pack, old, new, said):
    pack.edit("circumstances.yaml", old, new)
    with pytest.raises(CommandError) as refused:
        pack.load()
    assert f"circumstances.yaml: {said}" in str(refused.value)


@pytest.mark.parametrize(
    "values", [{"kind": "mood"}, {"name": ""}, {"slug": ""}, {"kind": "life", "members": "a"}]
)
def test_the_database_keeps_faulty_terms_out(db, values):
    good = {"slug": "lithium", "kind": "medicine", "name": "lithium"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Circumstance.objects.create(**(good | values))


def test_every_shipped_interaction_is_found_by_a_circumstance():
    lost = [
        f"{part.remedy.slug}: {row.substance}"
        for part in SHIPPED.remedies
        for row in part.remedy.interactions
        if not row.applies_to
    ]
    assert lost == []


def test_no_shipped_term_is_without_a_warning():
    rows = [
        row
        for part in SHIPPED.remedies
        for row in (
            *part.remedy.interactions,
            *part.remedy.precautions,
            *(row for entry in part.entries for row in entry.precautions),
        )
    ]
    used = {slug for row in rows for slug in row.applies_to}
    assert {term.slug for term in SHIPPED.circumstances} - used == set()


def test_every_shipped_warning_that_says_stop_or_names_pregnancy_is_found_by_a_circumstance():
    for part in SHIPPED.remedies:
        rows = [*part.remedy.precautions, *(r for e in part.entries for r in e.precautions)]
        unlinked = [
            row.who
            for row in rows
            if (row.severity == "stop" or row.kind == "pregnancy") and not row.applies_to
        ]
        assert unlinked == [], part.remedy.slug
