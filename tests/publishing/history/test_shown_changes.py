"""Whoever applies the difference that a page shows has the new document; what moved shows as moved."""

import copy
import random

import pytest
from django.conf import settings

from conditions.models import Condition
from conditions.schema import ConditionDocument
from publishing.history.document_changes import RowState, TableChange, compare_documents
from publishing.history.shown_changes import ShownField, shown_change
from publishing.history.wording import Labels, phrases_of
from remedies.content.files import read_pack
from remedies.models import Remedy, RemedyConditionEntry
from remedies.schema import EntryDocument, RemedyDocument
from remedies_site.rows import relations_of
from tests.counts import count
from tests.publishing.history.documents import (
    applied,
    edited,
    lists_of,
    readable,
    readable_row,
)

pytestmark = pytest.mark.every_page

EDITS = count(small=40, full=200)


@pytest.fixture(scope="module")
def documents():
    """Every document of the content pack: its model, its schema, and what a revision stores."""
    pack = read_pack(settings.CONTENT_PACK)
    kinds = [(Condition, ConditionDocument, document) for document in pack.conditions]
    for part in pack.remedies:
        kinds.append((Remedy, RemedyDocument, part.remedy))
        kinds += [(RemedyConditionEntry, EntryDocument, entry) for entry in part.entries]
    return [(model, schema, document.canonical()) for model, schema, document in kinds]


def apply_raw(before, change):
    """The new document by the stored values alone."""
    after = copy.deepcopy(before)
    for part in change.parts:
        if isinstance(part, TableChange):
            rows = {}
            for row in part.rows:
                if row.place_after is None:
                    continue
                old = {} if row.place_before is None else before[part.name][row.place_before]
                new = old | {field.name: field.after for field in row.fields}
                rows[row.place_after] = {k: v for k, v in new.items() if v is not None}
            after[part.name] = [rows[place] for place in sorted(rows)]
        else:
            outer, dot, inner = part.name.partition(".")
            holder = after.setdefault(outer, {}) if dot else after
            holder[inner if dot else outer] = part.after
            if part.after is None:
                del holder[inner if dot else outer]
    return {name: value for name, value in after.items() if value not in ([], {})}


def test_the_difference_applied_to_the_old_document_gives_the_new_one(documents):
    for seed in range(EDITS):
        chance = random.Random(seed)
        _model, schema, before = chance.choice(documents)
        after = edited(chance, before)
        identities = {name: row.identity for name, row in relations_of(schema).items()}
        assert (
            apply_raw(before, compare_documents(before, after, identities=identities)) == after
        ), seed


def test_the_page_applied_to_what_was_read_gives_what_is_read(documents):
    for seed in range(EDITS):
        chance = random.Random(seed)
        model, schema, before = chance.choice(documents)
        after = edited(chance, before)
        labels = Labels(model, schema)
        empty = {
            labels.label(name): readable_row(labels.of_rows(name, phrases_of(model)), {})
            for name in relations_of(schema)
        }
        # What an added row leaves out is the default of its field, which the page need not repeat.
        change = shown_change(model(), schema, before, after)
        assert applied(readable(model, schema, before), change, empty) == readable(
            model, schema, after
        ), seed


def test_a_row_that_was_moved_shows_as_moved_and_no_other_does(documents):
    for seed in range(EDITS):
        chance = random.Random(seed)
        long = [
            each for each in documents if any(len(each[2][name]) > 2 for name in lists_of(each[2]))
        ]
        model, schema, before = chance.choice(long)
        name = chance.choice([name for name in lists_of(before) if len(before[name]) > 2])
        after = copy.deepcopy(before)
        start = chance.randrange(len(after[name]))
        row = after[name].pop(start)
        end = chance.choice([place for place in range(len(after[name]) + 1) if place != start])
        is_edited = chance.random() < 0.5
        text = next(key for key, value in row.items() if isinstance(value, str) and " " in value)
        if is_edited:
            row[text] += " A word more."
        after[name].insert(end, row)
        (part,) = shown_change(model(), schema, before, after).parts
        state = RowState.MOVED_AND_CHANGED if is_edited else RowState.MOVED
        if abs(start - end) > 1:
            assert [(each.state, each.place_before, each.place_after) for each in part.rows] == [
                (state, start + 1, end + 1)
            ]
        else:  # of two neighbours that changed places, either was moved
            assert [each.is_moved for each in part.rows].count(True) == 1
        assert part.same_rows == len(after[name]) - len(part.rows)


ENTRY = {
    "remedy": "magnesium",
    "condition": "insomnia",
    "verdict": "It may help [@Work1].",
    "effect": "benefit",
    "certainty": "low",
    "regimens": [
        {
            "form": "tablet",
            "amount": 250,
            "unit": "mg",
            "per": "day",
            "basis": "elemental",
            "citation": "Work1",
        }
    ],
    "precautions": [{"kind": "caution", "severity": "caution", "text": "Ask.", "checked": False}],
}


def change_of(after, before=ENTRY, **options):
    return shown_change(RemedyConditionEntry(), EntryDocument, before, after, **options)


def test_a_dose_is_shown_as_readers_see_it_and_marked():
    after = copy.deepcopy(ENTRY)
    after["regimens"][0]["amount"] = 1500
    (part,) = change_of(after).parts
    assert part.is_safety
    assert part.rows[0].fields == [
        ShownField("As the page shows it", "250 mg a day", "1,500 mg a day"),
        ShownField("Amount", "250", "1,500"),
    ]


def test_choices_defaults_dates_and_yes_or_no_are_words():
    after = copy.deepcopy(ENTRY) | {"use": "deficiency", "written_on": "2026-11-20"}
    del after["precautions"][0]["checked"]
    fields = [part.field or part.rows[0].fields[0] for part in change_of(after).parts]
    assert [(field.before, field.after) for field in fields] == [
        ("a condition that people take it for", "a condition that brings a lack of it"),
        ("no", "yes"),
        ("", "20 November 2026"),
    ]


def test_safety_is_marked_wherever_it_stands():
    after = copy.deepcopy(ENTRY) | {"warnings": "None.", "dosing": "Little.", "mechanism": "X."}
    after["precautions"][0]["text"] = "Do not take it."
    parts = change_of(after | {"verdict": "It may not."}).parts
    assert {part.label for part in parts if part.is_safety} == {
        *("Warnings", "Doses that studies used", "Precautions"),
    }
    assert change_of(after).touches_safety
    assert not change_of(ENTRY | {"verdict": "It may not."}).touches_safety


def test_the_grade_is_in_words_and_a_change_of_its_steps_alone_is_said():
    low = {"effect": "benefit", "certainty": "low", "ledger": []}
    moderate = low | {"certainty": "moderate"}
    change = change_of(ENTRY, grades=(low, moderate))
    assert (change.grade.before, change.grade.after) == (
        "May help. Low certainty",
        "Probably helps. Moderate certainty",
    )
    assert not change.is_empty
    steps = change_of(ENTRY, grades=(low, low | {"ledger": [1]}))
    assert (steps.grade, steps.ledger_changed, steps.is_empty) == (None, True, False)
    assert change_of(ENTRY, grades=(low, low)).is_empty
    unknown = change_of(ENTRY, grades=(None, {"effect": "splendid", "certainty": "vast"}))
    assert unknown.grade.after == "splendid, vast"


def test_documents_of_another_schema_are_shown_as_they_were_stored():
    before = ENTRY | {"old_field": "Words.", "old_rows": [{"what": "one thing"}], "use": "bygone"}
    after = ENTRY | {
        "old_rows": [{"what": "another thing"}],
        "regimens": [{"dose": 3, "x": [1, {}]}],
    }
    parts = {part.label: part for part in change_of(after, before).parts}
    assert parts["Old field"].field == ShownField("Old field", "Words.", "")
    assert parts["Old rows"].rows[0].fields[0].label == "What"
    assert parts["What the condition is"].field.before == "bygone"
    assert [row.state for row in parts["Doses that studies used"].rows] == ["removed", "added"]


def test_the_first_line_counts_what_changed():
    after = copy.deepcopy(ENTRY) | {"verdict": "It may not.", "warnings": "None."}
    after["regimens"][0]["amount"] = 300
    after["precautions"].append({"kind": "caution", "severity": "note", "text": "Something else."})
    assert change_of(after).summary == "2 fields changed, 1 row added, 1 row changed"
    assert change_of(ENTRY).summary == ""


def test_events_of_two_arms_have_two_names():
    labels = Labels(RemedyConditionEntry, EntryDocument).of_rows(
        "evidence_items", phrases_of(RemedyConditionEntry)
    )
    names = [labels.label(name) for name in labels.schema.model_fields]
    assert len(set(names)) == len(names)


def test_lines_without_a_difference_are_folded_but_those_beside_one():
    lines = [f"Line {letter}.\n" for letter in "abcdefghijklmnop"]
    after = [*lines]
    after[7] = "Another.\n"
    field = ShownField("Evidence", "".join(lines), "".join(after))
    assert [block.is_folded for block in field.blocks] == [True, False, True]
    assert [block.lines for block in field.blocks if block.is_folded] == [6, 8]
    spelled = "".join(
        segment.text
        for block in field.blocks
        for segment in block.segments
        if segment.kind != "removed"
    )
    assert spelled == "".join(after)
    short = ShownField("Evidence", "One.\nTwo.\nThree.", "One.\nTwo.\nFour.")
    assert not any(block.is_folded for block in short.blocks)
