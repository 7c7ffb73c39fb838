import pytest
from django.core.management import CommandError, call_command

from remedies.services import publish_entry
from remedies_site.exceptions import NotPublishable
from tests.factories import make_citation, make_entry

pytestmark = pytest.mark.django_db


def test_a_clean_site_has_nothing_to_mend(capsys):
    make_entry()
    call_command("lint_content")
    assert "Nothing to mend." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"evidence": "It helped 75 people."}, "needs a source"),
        ({"dosing": "Studies used a natural salt."}, "must not say “natural”"),
        ({"verdict": "It probably helps."}, "needs a source"),
        ({"verdict": "There may be something to it."}, "must say that we do not know"),
        ({"evidence": "See [@Nobody1999]."}, "no citation has the key"),
    ],
)
def test_errors_of_drafts_are_listed_and_keep_them_from_readers(values, message, capsys):
    entry = make_entry(published=False, **values)
    with pytest.raises(CommandError, match="to mend"):
        call_command("lint_content")
    out = capsys.readouterr().out
    assert message in out
    assert "(draft)" in out
    with pytest.raises(NotPublishable) as error:
        publish_entry(entry, by=None)
    assert message in str(error.value)


def test_a_work_that_nothing_cites_is_a_note_and_no_error(capsys):
    make_citation("Lonely2020")
    call_command("lint_content")
    assert "note: nothing published cites Lonely2020" in capsys.readouterr().out


def test_the_rules_are_measured_by_a_command(capsys):
    call_command("lint_content", "--measure")
    assert "precision 1.00, recall 1.00" in capsys.readouterr().out
