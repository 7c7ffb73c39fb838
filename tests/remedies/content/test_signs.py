"""Signs that want an emergency number are told among the first words of a page."""

from pathlib import Path

import pytest
import yaml
from django.conf import settings

PAGES = [
    page
    for file in sorted(Path(settings.CONTENT_PACK, "remedies").glob("*.yaml"))
    for document in [yaml.safe_load(file.read_text(encoding="utf-8"))]
    for page in [document["remedy"], *document["entries"]]
]
SIGNS = [
    row
    for page in PAGES
    for row in page.get("precautions", [])
    if row["kind"] == "get_help" and "emergency" in row["text"].lower()
]


def test_there_are_such_signs():
    assert len(SIGNS) > 10


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign["who"][:40])
def test_a_sign_that_wants_an_emergency_number_says_stop(sign):
    assert sign["severity"] == "stop"
