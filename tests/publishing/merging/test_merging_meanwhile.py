"""What is saved or published while a merge is made is neither lost nor taken back."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, connections, transaction

from publishing.merging.services import plan_merge, submit_merge
from publishing.merging.subjects import merge_subjects
from publishing.merging.works import merge_works
from remedies.models import RemedyConditionEntry
from remedies.services import publish_entry
from remedies_site.exceptions import InvalidInput
from tests.factories import make_citation, make_condition, make_entry, make_remedy, make_user
from tests.remedies.conftest import everything


@pytest.mark.django_db
def test_a_merge_of_works_takes_back_nothing_that_was_published_after_it_was_planned():
    old, new = make_citation("Old2020"), make_citation("New2020")
    entry = make_entry(verdict="We do not know [@Old2020].")
    plan = plan_merge(old, new)
    RemedyConditionEntry.objects.filter(pk=entry.pk).update(
        verdict="We do not know yet [@Old2020]."
    )
    publish_entry(RemedyConditionEntry.objects.get(pk=entry.pk), by=None)
    before = everything()
    with pytest.raises(InvalidInput, match=f"published {entry.get_absolute_url()} meanwhile"):
        merge_works(old, new, plan, note="One work.", by="ana")
    assert everything() == before


@pytest.mark.django_db
@pytest.mark.parametrize("is_new", [True, False])
def test_a_merge_of_conditions_leaves_out_no_use_that_was_published_after_it_was_planned(is_new):
    old, new = make_condition("Sleeplessness"), make_condition("Insomnia")
    entry = make_entry(make_remedy("Zinc"), old, published=not is_new)
    plan = plan_merge(old, new)
    RemedyConditionEntry.objects.filter(pk=entry.pk).update(verdict="We do not know yet.")
    publish_entry(RemedyConditionEntry.objects.get(pk=entry.pk), by=None)
    with pytest.raises(InvalidInput, match=r"published .* meanwhile"):
        merge_subjects(old, new, plan, note="One condition.", by=make_user("publisher"))
    assert RemedyConditionEntry.objects.get(pk=entry.pk).condition == old


@pytest.mark.django_db(transaction=True)
def test_a_merge_writes_no_stale_text_over_a_save_made_meanwhile():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time.")
    old, new = make_citation("Old2020"), make_citation("New2020")
    entry = make_entry(dosing="Doses [@Old2020].")
    is_saved = Event()

    def save() -> None:
        try:
            with transaction.atomic():
                rows = RemedyConditionEntry.objects.filter(pk=entry.pk)
                rows.update(dosing="Other doses [@Old2020].")
                is_saved.set()
                time.sleep(1)  # the merge has read by now, and waits for this row
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as editor:
        saving = editor.submit(save)
        assert is_saved.wait(timeout=20)
        submit_merge(old, new, by=make_user("publisher"), note="One work.")
        saving.result()
    assert RemedyConditionEntry.objects.get(pk=entry.pk).dosing == "Other doses [@New2020]."
