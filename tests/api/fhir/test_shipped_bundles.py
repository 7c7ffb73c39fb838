"""The bundles of the content that comes with the site."""

from tests.api.fhir.fhir_rules import errors_in
from tests.api.fhir.making import bundles


def test_the_bundles_of_the_shipped_content_pass_them_too(content):
    found = bundles()
    assert len(found) > 5
    assert {name: errors for name, bundle in found.items() if (errors := errors_in(bundle))} == {}
