"""`load_content --plan` says exactly what the same load then does, and does nothing itself."""

import copy
import json
import random
from io import StringIO
from itertools import count as numbers

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from citations.models import Citation
from conditions.models import Condition
from publishing.models import Kind
from remedies.content import loading
from remedies.content.files import read_pack
from remedies.content.load_plan import PlanResult
from remedies.content.load_state import LoadOptions
from remedies.content.loading import load_pack
from remedies.content.planning import plan_load
from remedies.content.unchanged_rows import ChangedSincePlan
from remedies.content.value_changes import value_changes
from remedies.models import Circumstance, Remedy, RemedyConditionEntry
from remedies.services import withdraw_entry
from tests.counts import count
from tests.factories import make_citation, make_user
from tests.remedies.conftest import everything
from tests.remedies.content import random_loads
from tests.remedies.content.random_loads import CHANGES, HAPPENINGS, is_sound, site_state

pytestmark = pytest.mark.django_db
PAGE = "remedies/magnesium.yaml"
ROUNDS = count(small=5, full=400)
FIRST, UPDATE, SYSTEM = Kind.FIRST.value, Kind.UPDATE.value, Kind.SYSTEM.value


class RolledBack(Exception):
    """Ends a round."""


def plan_text(pack, *arguments: str) -> str:
    out = StringIO()
    call_command("load_content", pack.folder, "--plan", *arguments, stdout=out, verbosity=0)
    return out.getvalue()


@pytest.mark.parametrize("who", ["operator", "publisher", "drafts", "two"])
def test_the_plan_is_what_loading_does(pack, settings, who):
    original = read_pack(pack.folder)
    seeds = numbers(random.randrange(10**6) if ROUNDS > 50 else 0)
    settings.REVIEW = "two" if who == "two" else "one"
    for seed in [next(seeds) for _ in range(ROUNDS)]:
        try:
            with transaction.atomic():
                compare_plan_and_load(copy.deepcopy(original), who, seed)
                raise RolledBack
        except RolledBack:
            pass


def compare_plan_and_load(pack, who: str, seed: int) -> None:
    chance = random.Random(f"{who} {seed}")
    if chance.random() < 0.9:
        load_pack(pack, lambda _line: None)
        for happens in chance.choices(HAPPENINGS, k=chance.randrange(5)):
            happens(chance)
    for change in chance.choices(CHANGES, k=chance.randrange(7)):
        changed = copy.deepcopy(pack)
        change(changed, chance)
        pack = changed if is_sound(changed) else pack
    by = None if who == "operator" else make_user("publisher")
    options = LoadOptions(by=by, publishes=who != "drafts", note="A pack.")
    before = site_state()
    actions = plan_load(pack, options)
    assert site_state() == before
    load_pack(pack, lambda _line: None, options, digest=actions.plan.digest)
    check(actions, before, site_state(), f"{who}, seed {seed}")


def check(actions, before, after, case: str) -> None:
    """Each planned document came out as the plan says, and nothing else changed."""
    regraded = {one.label for one in actions.regrades}
    pages = [
        *actions.conditions,
        *(page for part in actions.remedies for page in (part.remedy, *part.entries)),
    ]
    left = set(before.subjects) | set(after.subjects)
    for page in pages:
        subject = random_loads.stored_subject(page.document)
        key = (type(page.subject).__name__, subject.pk) if subject else None
        left.discard(key)
        check_page(page, before.subjects.get(key), after.subjects.get(key), regraded, case)
    for key in left:  # pages that the pack does not name
        old, new = before.subjects[key], after.subjects[key]
        assert new.draft == old.draft, case
        assert new.revisions in (old.revisions, (*old.revisions, SYSTEM)), case
        if new.revisions != old.revisions:
            assert regraded, case
    for action in actions.works:
        check_row(action.planned, before.works, after.works, after.waiting, case)
    for action in actions.terms:
        check_row(action.planned, before.terms, after.terms, after.waiting, case)
    named = {action.planned.label for action in [*actions.works, *actions.terms]}
    for rows in ("works", "terms"):
        for key, values in getattr(before, rows).items():
            assert key in named or getattr(after, rows)[key] == values, case


def check_page(page, old, new, regraded, case: str) -> None:
    planned = page.planned
    case = f"{case}: {planned.label}: {planned}"
    assert planned.is_new == (old is None), case
    if planned.result is PlanResult.HELD and old is None:
        assert new is None, case
        return
    assert planned.is_written == (old is None or old.draft != new.draft), case
    label = (
        "/".join(page.document.model_dump()[name] for name in ("remedy", "condition"))
        if page.parts
        else ""
    )
    expected = list(old.revisions) if old else []
    if label in regraded:
        expected.append(SYSTEM)
    if planned.result is PlanResult.REGRADED:
        expected.append(SYSTEM)
    if planned.result is PlanResult.PUBLISHED:
        expected.append(UPDATE if expected else FIRST)
    assert list(new.revisions) == expected, case
    assert (planned.result is PlanResult.WITHDRAWN) <= new.withdrawn, case
    if planned.is_written:
        assert new.draft == page.document.canonical(), case
        assert set(planned.overwritten) == set(old.pending if old else ()), case
    if old and planned.result is not PlanResult.HELD:
        shown = planned.result in (PlanResult.PUBLISHED, PlanResult.REGRADED) and old.shown
        base = old.shown if shown else old.draft or {}
        now = new.shown if shown else new.draft
        # PostgreSQL stores the keys of a document in an order of its own.
        ordered = [
            type(page.document).model_validate(each).canonical() for each in (base, now) if each
        ]
        assert planned.changes == tuple(value_changes(base and ordered[0], ordered[-1])), case


def check_row(planned, before, after, waiting, case: str) -> None:
    case = f"{case}: {planned}"
    old, new = before.get(planned.label), after.get(planned.label)
    assert planned.is_new == (old is None), case
    assert planned.is_written == (old != new), case
    assert planned.result in (
        PlanResult.UNCHANGED,
        PlanResult.WRITTEN,
        PlanResult.WAITS,
        PlanResult.HELD,
    )
    if planned.result is PlanResult.WAITS:
        assert planned.label in waiting, case
    if planned.is_written and old:
        assert planned.changes == tuple(value_changes(old, new)), case


def test_a_plan_changes_nothing_and_shows_each_change(pack):
    pack.load()
    withdraw_entry(
        RemedyConditionEntry.objects.get(condition__slug="insomnia"), by=None, reason="No."
    )
    pack.edit("conditions.yaml", "A headache that comes back.", "It comes back.")
    pack.edit("citations.yaml", "A second work", "Its real title")
    pack.edit(PAGE, "It may help a little", "It may help")
    before = everything()
    text = plan_text(pack)
    assert everything() == before
    assert "conditions.yaml\n  migraine: changed, published\n" in text
    assert "      one_line: 'A headache that comes back.' → 'It comes back.'\n" in text
    assert "  B2: changed\n      title: 'A second work' → 'Its real title'\n" in text
    assert "magnesium/insomnia: changed, left withdrawn\n" in text
    assert (
        text.endswith(
            "0 new, 3 changed, 1 published, 4 unchanged, 1 left withdrawn, 1 written, 0 regraded\n"
        )
        or "3 changed" in text
    )


def test_a_retraction_in_the_pack_says_and_does_what_it_does_to_grades(pack):
    pack.load()
    pack.edit(
        "citations.yaml",
        "    sample_size: 75\n",
        "    sample_size: 75\n    retracted_on: 2026-02-03\n",
    )
    text = plan_text(pack)
    assert "magnesium/insomnia: regraded" in text
    entry = RemedyConditionEntry.objects.get(condition__slug="insomnia")
    pack.load()
    newest = RemedyConditionEntry.objects.get(pk=entry.pk).current_revision
    assert newest.kind == Kind.SYSTEM
    assert newest.grade["certainty"] != entry.current_revision.grade["certainty"]
    assert "Nothing would change." in plan_text(pack) or "kept as a draft" in plan_text(pack)


def test_texts_are_shortened_unless_all_is_wanted(pack):
    pack.load()
    long = "It comes back " + "again and " * 20 + "again."
    pack.edit("conditions.yaml", "A headache that comes back.", long)
    assert long not in plan_text(pack)
    assert long in plan_text(pack, "--verbose")


def test_machines_read_the_plan_as_json(pack):
    pack.load()
    assert json.loads(plan_text(pack, "--json"))["documents"] == []
    pack.edit("conditions.yaml", "A headache that comes back.", "It comes back.")
    plan = json.loads(plan_text(pack, "--json"))
    (document,) = plan["documents"]
    assert (document["label"], document["result"]) == ("migraine", "published")
    assert document["changes"] == [
        {"path": "one_line", "before": "A headache that comes back.", "after": "It comes back."}
    ]
    pack.edit("conditions.yaml", "category: neurological", "category: none")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("load_content", pack.folder, "--plan", "--json", stdout=out, verbosity=0)
    (error,) = json.loads(out.getvalue())["errors"]
    assert (error["file"], error["field"]) == ("conditions.yaml", "category")


def test_the_exit_status_says_whether_something_would_change(pack):
    with pytest.raises(SystemExit) as status:
        plan_text(pack, "--exit-code")
    assert status.value.code == 3
    pack.load()
    plan_text(pack, "--exit-code")


def test_a_plan_that_is_not_today_s_is_not_carried_out(pack):
    pack.load()
    content = read_pack(pack.folder)
    pack.edit("conditions.yaml", "A headache that comes back.", "It comes back.")
    changed = read_pack(pack.folder)
    digest = plan_load(changed, LoadOptions()).plan.digest
    Condition.objects.filter(slug="migraine").update(one_line="An editor was quicker.")
    before = everything()
    with pytest.raises(ChangedSincePlan):
        load_pack(changed, lambda _line: None, digest=digest)
    with pytest.raises(ChangedSincePlan):
        load_pack(content, lambda _line: None, digest=digest)
    assert everything() == before


def test_a_page_that_changes_while_it_is_loaded_is_not_overwritten(pack, monkeypatch):
    """Somebody saves between the plan and the writing: the whole load is undone."""
    pack.load()
    pack.edit("conditions.yaml", "A headache that comes back.", "It comes back.")
    pack.edit("citations.yaml", "A second work", "Its real title")
    changed = read_pack(pack.folder)

    def save(line: str) -> None:
        if line.startswith("citations"):
            migraine = Condition.objects.get(slug="migraine")
            migraine.edited_at = migraine.edited_at.replace(year=2030)
            migraine.save()

    with pytest.raises(ChangedSincePlan, match="migraine"):
        load_pack(changed, save)
    assert Citation.objects.get(key="B2").title == "A second work"


def test_a_new_remedy_that_somebody_edits_while_its_uses_are_loaded_is_not_published(pack):
    def edit(line: str) -> None:
        if line.startswith("magnesium: 2"):
            Remedy.objects.update(one_line="An editor was quicker.", edited_at=timezone.now())

    with pytest.raises(ChangedSincePlan, match="magnesium"):
        load_pack(read_pack(pack.folder), edit, page_by_page=True)
    remedy = Remedy.objects.get()
    assert (remedy.one_line, remedy.was_published) == ("An editor was quicker.", False)


@pytest.mark.parametrize("who", ["operator", "publisher"])
@pytest.mark.parametrize(
    ("file", "old", "changed_meanwhile"),
    [
        ("citations.yaml", "A second work", lambda: retitle("B2")),
        ("circumstances.yaml", "name: pregnant", lambda: rename_term("pregnancy")),
        ("citations.yaml", "key: B2", lambda: make_citation("B3")),
    ],
)
def test_works_and_circumstances_that_change_after_the_plan_are_not_overwritten(
    pack, monkeypatch, who, file, old, changed_meanwhile
):
    pack.load()
    new = {
        "key: B2": "key: B3\n    title: New.\n    nct: NCT00000001\n    study_type: cohort\n  - key: B2"
    }
    pack.edit(file, old, new.get(old, f"{old} indeed"))

    def plan_and_change(*arguments):
        actions = plan_load(*arguments)
        changed_meanwhile()
        before.append(everything())
        return actions

    before = []
    monkeypatch.setattr(loading, "plan_load", plan_and_change)
    options = LoadOptions(by=None if who == "operator" else make_user("publisher"), note="A pack.")
    with pytest.raises(ChangedSincePlan, match=r"B2|B3|pregnancy"):
        load_pack(read_pack(pack.folder), lambda _line: None, options)
    assert everything() == before[0]


def retitle(key: str) -> None:
    Citation.objects.filter(key=key).update(title="Mended.")


def rename_term(slug: str) -> None:
    Circumstance.objects.filter(slug=slug).update(name="expecting a child")
