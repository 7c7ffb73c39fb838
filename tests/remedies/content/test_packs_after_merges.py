"""A pack from before two works or two conditions were merged is loaded into what stayed."""

import pytest

from citations.models import Citation
from conditions.models import Condition
from publishing.merging.services import submit_merge
from remedies.models import RemedyConditionEntry
from tests.factories import make_user
from tests.remedies.conftest import everything
from tests.remedies.content.test_load_content import load_error
from tests.remedies.content.test_load_plan import plan_text

pytestmark = pytest.mark.django_db


def test_a_merged_work_of_the_pack_is_left_out_and_its_marks_name_the_other(pack):
    pack.edit("citations.yaml", "study_type: randomised_trial", "study_type: meta_analysis")
    pack.load()
    by = make_user("publisher")
    submit_merge(
        Citation.objects.get(key="A1"), Citation.objects.get(key="B2"), by=by, note="One work."
    )
    text = plan_text(pack)
    assert "A1: held back\n      was merged into 'B2': left out" in text
    pack.load()
    assert not Citation.objects.filter(key="A1").exists()
    assert "[@B2]" in Condition.objects.get(slug="insomnia").overview
    before = everything()
    pack.load()
    assert everything() == before


def test_a_merged_condition_of_the_pack_is_left_out_and_its_entries_are_those_of_the_other(pack):
    pack.load()
    text = (pack.folder / "remedies/magnesium.yaml").read_text()
    pack.write(
        "remedies/magnesium.yaml",
        text[: text.index("  - remedy: magnesium\n    condition: insomnia")]
        + text[text.index("  - remedy: magnesium\n    condition: migraine") :],
    )
    insomnia, migraine = (Condition.objects.get(slug=slug) for slug in ("insomnia", "migraine"))
    other = RemedyConditionEntry.objects.get(condition=insomnia)
    other.current_revision = None
    other.save()
    other.revisions.all().delete()
    other.delete()
    submit_merge(migraine, insomnia, by=make_user("publisher"), note="One condition.")
    assert "was merged into 'insomnia': left out" in plan_text(pack)
    pack.load()
    (entry,) = RemedyConditionEntry.objects.all()
    assert entry.condition == insomnia
    assert Condition.objects.get(slug="migraine").withdrawn_at is not None
    pack.write("remedies/magnesium.yaml", text)
    assert "magnesium.yaml: migraine: condition: was merged into 'insomnia'" in load_error(pack)
