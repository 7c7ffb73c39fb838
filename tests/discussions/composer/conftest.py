"""The names of the shipped content, as the rules take them."""

from collections.abc import Callable

import pytest
from django.conf import settings

from discussions.composer.findings import Finding
from discussions.composer.measuring import ShippedNames, read_names
from discussions.composer.text_check import check_text

Check = Callable[..., list[Finding]]


@pytest.fixture(scope="session")
def names() -> ShippedNames:
    return read_names(settings.CONTENT_PACK)


@pytest.fixture
def check(names) -> Check:
    """The findings in a text on the page of a remedy, which is magnesium unless it is named."""

    def check(text: str, about: str = "magnesium") -> list[Finding]:
        return check_text(text, names.for_page_of(about), names.medicines)

    return check
