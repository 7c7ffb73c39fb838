"""Acceptance 4 on the content as it is shipped."""

from django.conf import settings as site_settings
from django.core.management import call_command

from publishing.models import Reviewer
from remedies.models import RemedyConditionEntry
from tests.remedies.conftest import everything, files_below

NAMES = {"brands.yaml", "spoken_names.yaml"}
"""Lists of names beside the pack, read by the private check; no page and no row is made of them."""


def test_loading_it_again_leaves_the_database_as_it_was(content):
    before = everything()
    call_command("load_content", site_settings.CONTENT_PACK, verbosity=0)
    assert everything() == before


def test_it_has_no_reviewer(content):
    assert RemedyConditionEntry.objects.exists()
    assert not Reviewer.objects.exists()


def test_exporting_it_gives_the_same_bytes(content, tmp_path):
    call_command("export_content", tmp_path, verbosity=0)
    shipped = files_below(site_settings.CONTENT_PACK)
    assert shipped.keys() >= NAMES
    assert files_below(tmp_path) == {
        name: text for name, text in shipped.items() if name not in NAMES
    }
