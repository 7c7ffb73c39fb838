"""Evidence and Citation of FHIR R5: types, required elements, codes, and references that lead somewhere."""

import copy
from datetime import date
from decimal import Decimal

import pytest

from publishing.banners.services import set_banner
from remedies.choices import Certainty
from remedies.services import publish_entry
from tests.api.fhir.fhir_rules import VALUE_SETS, errors_in
from tests.api.fhir.making import bundles
from tests.factories import make_user


@pytest.fixture
def world(standing_world):
    item = standing_world.legs_entry.evidence_items.get(citation=standing_world.trial)
    item.measure, item.better, item.scale = "MD", "lower", "points on a scale from 0 to 40"
    item.effect_value, item.effect_low, item.effect_high = Decimal("-3.5"), Decimal(-6), Decimal(-1)
    item.comparator, item.n_analysed = "placebo", 100
    item.save()
    standing_world.legs_entry.verdict = "It probably helps a little [@Ahlberg2020]."
    standing_world.legs_entry.save()
    publish_entry(standing_world.legs_entry, by=None)
    standing_world.review.retracted_on = date(2025, 3, 1)
    standing_world.review.save()
    return standing_world


def resources(bundle: dict, resource_type: str) -> list[dict]:
    found = [entry["resource"] for entry in bundle["entry"]]
    return [resource for resource in found if resource["resourceType"] == resource_type]


def test_a_safety_notice_stands_with_the_evidence_that_it_is_about(world):
    set_banner(world.magnesium, by=make_user("publisher"), text="A batch was recalled.")
    (bundle,) = (bundle for name, bundle in bundles().items() if "magnesium" in name)
    assert errors_in(bundle) == []
    noted = [
        note["text"]
        for evidence in resources(bundle, "Evidence")
        for note in evidence.get("note", [])
    ]
    assert noted
    assert set(noted) == {"A batch was recalled."}


def test_the_bundles_pass_the_rules_of_r5(world):
    for name, bundle in bundles().items():
        assert errors_in(bundle) == [], name
        assert resources(bundle, "Evidence")
        assert resources(bundle, "Citation")


def test_every_reference_leads_to_a_resource_of_the_bundle_and_none_stands_there_twice(world):
    for bundle in bundles().values():
        urls = [entry["fullUrl"] for entry in bundle["entry"]]
        ids = [entry["resource"]["id"] for entry in bundle["entry"]]
        assert len(urls) == len(set(urls)) == len(set(ids))
        named = [
            artifact["resourceReference"]["reference"]
            for evidence in resources(bundle, "Evidence")
            for artifact in evidence.get("relatedArtifact", [])
        ]
        assert named
        assert set(named) <= set(urls)


def test_certainty_has_the_words_of_grade_and_none_where_nothing_was_graded(world):
    ratings = VALUE_SETS["certainty-rating"][1]
    (bundle,) = bundles().values()
    for evidence in resources(bundle, "Evidence"):
        for certainty in evidence.get("certainty", []):
            assert certainty["type"]["coding"][0]["code"] == "Overall"
            label = certainty["description"]
            is_graded = label in {str(one.label) for one in Certainty if one.level}
            assert ("rating" in certainty) == is_graded
            if is_graded:
                assert certainty["rating"]["coding"][0]["code"] in ratings


def test_a_result_has_its_numbers(world):
    (bundle,) = bundles().values()
    (statistic,) = (
        one for evidence in resources(bundle, "Evidence") for one in evidence.get("statistic", [])
        if "quantity" in one
    )  # fmt: skip
    assert statistic["statisticType"]["coding"][0]["display"] == "Mean Difference"
    assert statistic["quantity"] == {"value": -3.5}
    assert statistic["sampleSize"]["numberOfParticipants"] == 100
    (interval,) = statistic["attributeEstimate"]
    assert (interval["level"], interval["range"]["low"]) == (0.95, {"value": -6.0})


def test_a_retracted_work_says_so(world):
    (bundle,) = bundles().values()
    states = {
        citation["title"]: citation["citedArtifact"].get("currentState")
        for citation in resources(bundle, "Citation")
    }
    assert states["A review"][0]["coding"][0]["code"] == "retracted"
    assert states["A trial of magnesium"] is None


BROKEN = [
    (lambda evidence: evidence.pop("status"), "is missing"),
    (lambda evidence: evidence.update(status="published"), "is no publication-status"),
    (lambda evidence: evidence.update(variableDefinition=[]), "an empty list"),
    (lambda evidence: evidence.update(strength="strong"), "has no such element"),
    (lambda evidence: evidence.update(id="a b"), "is no id"),
    (lambda evidence: evidence.update(title=""), "is no string"),
    (lambda evidence: evidence.update(date="27 November"), "is no dateTime"),
    (
        lambda evidence: evidence["certainty"][0]["type"]["coding"][0].update(code="Mood"),
        "is not in certainty-type",
    ),
]


@pytest.mark.parametrize(("breaks", "message"), BROKEN)
def test_what_breaks_a_rule_is_seen(world, breaks, message):
    (bundle,) = bundles().values()
    broken = copy.deepcopy(bundle)
    breaks(resources(broken, "Evidence")[0])
    assert any(message in error for error in errors_in(broken))
