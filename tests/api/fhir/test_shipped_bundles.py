"""The bundles of the content that comes with the site: by the package's structures, and by our own rules.

The package knows elements, types and what is required; the rules also know codes, and references that
lead nowhere.
"""

import copy

import pytest
from fhir.resources.bundle import Bundle
from pydantic import ValidationError

from tests.api.fhir.fhir_rules import errors_in
from tests.api.fhir.making import bundles

pytestmark = pytest.mark.every_page


def test_the_bundles_of_the_shipped_content_pass_them_too(content):
    found = bundles()
    assert len(found) > 5
    assert {name: errors for name, bundle in found.items() if (errors := errors_in(bundle))} == {}


def test_a_package_that_carries_the_structures_of_r5_reads_every_bundle(content):
    for name, bundle in bundles().items():
        read = Bundle.model_validate(bundle)
        assert len(read.entry) == len(bundle["entry"]), name


@pytest.mark.parametrize("kind", ["Evidence", "Citation"])
def test_the_package_refuses_what_is_no_element_or_of_another_type(content, kind):
    bundle = next(iter(bundles().values()))
    place = next(n for n, e in enumerate(bundle["entry"]) if e["resource"]["resourceType"] == kind)
    for name, value in (("nonsense", 1), ("title", 3)):
        wrong = copy.deepcopy(bundle)
        wrong["entry"][place]["resource"][name] = value
        with pytest.raises(ValidationError):
            Bundle.model_validate(wrong)
