"""What the shipped content says, and what it rests on: read from its files, without a database.

`tests/digests/` holds hashes made from the verified fact sheets and from the page that this site
began from, since neither is part of a clone; `note_runs.json` from every text of all readings of the facts.
"""

import hashlib
import json
import re
import statistics
from pathlib import Path

import pytest

from citations.schema import cited_keys
from publishing.claims.rules import claims, unsourced
from publishing.claims.sentences import sentences
from remedies.choices import Certainty, Effect
from remedies.doses.limits import LimitComparison, compare_with_limits
from remedies.grading.scale import COUNTED_ROUTES, REVIEWS, TIER_OF
from remedies_site.markup import MARK
from tests.reading_ease import grade, syllables
from tests.remedies.content.shipped import (
    CONDITIONS,
    ENTRIES,
    FACTS,
    PACK,
    REMEDIES,
    grade_of,
    name_of,
    texts_in,
)

DIGESTS = Path(__file__).parents[2] / "digests"
WORKS = json.loads((DIGESTS / "works.json").read_text(encoding="utf-8"))
RUNS = {
    name: set(json.loads((DIGESTS / name).read_text(encoding="utf-8")))
    for name in ("seed_runs.json", "note_runs.json")
}
DOCUMENTS = [*CONDITIONS.values(), *REMEDIES.values(), *ENTRIES.values()]
MARKED = [
    (document, field, text)
    for document in DOCUMENTS
    for field, text in document.prose().items()
    if MARK.search(text)
]
# Words for illnesses and medicines that no list of the pack holds; the grade leaves names out.
NAMES = {"atrial", "fibrillation", "eclampsia", "ferritin", "transferrin", "hepatitis", "potassium"}


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", MARK.sub("", text).lower())


def digest(text: str, length: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def test_it_is_all_there():
    assert len(PACK.remedies) == 20
    assert len(PACK.conditions) == 26
    assert len(ENTRIES) == 72


def test_every_work_is_the_verified_one():
    for work in PACK.citations:
        fields = "|".join((work.title, work.doi, work.pmid, work.pmcid, work.nct))
        assert WORKS["verified"].get(work.key) == digest(fields, 20), work.key


def test_nothing_rests_on_an_unverified_work_and_no_work_is_idle():
    cited = {key for document in DOCUMENTS for _field, key in cited_keys(document)}
    assert not {digest(key, 20) for key in cited} & set(WORKS["unverified_keys"])
    assert cited == {work.key for work in PACK.citations}


@pytest.mark.parametrize("digests", RUNS)
def test_no_eight_words_in_a_row_are_those_of_the_page_it_began_from_or_of_the_notes(digests):
    titles = {" ".join(words_of(work.title)) for work in PACK.citations}
    for document in DOCUMENTS:
        for text in texts_in(document.canonical()):
            words = words_of(text)
            for begin in range(len(words) - 7):
                run = " ".join(words[begin : begin + 8])
                if digest(run, 12) in RUNS[digests]:
                    assert any(run in title for title in titles), (name_of(document), run)


def test_the_digests_would_catch_a_run():
    assert len(RUNS["seed_runs.json"]) > 1_500
    assert len(RUNS["note_runs.json"]) > 31_000
    assert len(WORKS["verified"]) == 867


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_no_fault_is_waived(document):
    assert list(document.publish_errors()) == []


@pytest.mark.parametrize("document", [d for d in DOCUMENTS if d.prose()], ids=name_of)
def test_taking_the_marks_of_any_claim_away_is_a_fault(document):
    for field, text in document.prose().items():
        for sentence in sentences(text):
            if claims(sentence.text):
                assert sentence.keys, sentence.text
                bare = list(unsourced({field: sentence.text}))
                assert len(bare) == 1, sentence.text


def test_enough_sentences_were_tried():
    tried = [
        sentence
        for _document, _field, text in MARKED
        for sentence in sentences(text)
        if sentence.keys and claims(sentence.text)
    ]
    assert len(tried) > 400


def test_every_figure_in_prose_has_its_source_or_is_our_arithmetic():
    for document in DOCUMENTS:
        for field, text in document.prose().items():
            for sentence in sentences(text):
                figures = re.sub(r"\b[A-Za-z]+-?\d+\b|\b(?:19|20)\d\d\b", "", sentence.text)
                if re.search(r"\d", figures) and not sentence.keys:
                    assert "(our arithmetic)" in sentence.text, (name_of(document), field, sentence)


def test_cautions_that_nobody_checked_hold_no_figure():
    rows = [
        row
        for part in PACK.remedies
        for row in (*part.remedy.interactions, *part.remedy.precautions)
    ]
    rows += [row for entry in ENTRIES.values() for row in entry.precautions]
    rows += [row for condition in PACK.conditions for row in condition.red_flags]
    unchecked = [row for row in rows if not row.checked]
    assert len(unchecked) > 10
    assert not any(re.search(r"\d", word) for row in unchecked for word in row.words())


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=name_of)
def test_what_was_studied_in_people_is_not_called_unstudied(entry):
    studied = [
        row.citation
        for row in entry.evidence_items
        if row.route in COUNTED_ROUTES
        and not row.other_people
        and FACTS[row.citation].study_type in REVIEWS | TIER_OF.keys()
    ]
    assert (grade_of(entry.remedy, entry.condition).certainty is Certainty.NO_STUDIES) <= (
        not studied
    ), studied


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=name_of)
def test_what_editors_wrote_is_what_the_rule_works_out(entry):
    result = grade_of(entry.remedy, entry.condition)
    assert (entry.effect, entry.certainty) == (result.effect, result.certainty)


def test_the_entry_it_began_from_grades_as_the_method_says():
    result = grade_of("magnesium", "restless-legs-syndrome")
    assert (result.certainty, result.effect) == (Certainty.VERY_LOW, Effect.BENEFIT)
    assert {step.name.value for step in result.steps} >= {"start", "bias", "imprecision", "unread"}
    assert [line.key for line in result.counted] == ["Jadidi2022"]


def test_the_oxide_dose_is_drawn_at_43_percent_of_the_us_limit():
    limits = REMEDIES["magnesium"].limits
    regimen = ENTRIES["magnesium", "restless-legs-syndrome"].regimens[0]
    compared = compare_with_limits(regimen, limits)
    assert isinstance(compared, LimitComparison)
    assert {int(one.limit.amount): one.percent for one in compared.limits}[350] == 43


def test_psyllium_says_that_no_limit_has_been_set():
    psyllium = REMEDIES["psyllium"]
    assert not psyllium.limits
    assert "No upper limit has been set" in psyllium.considerations


def test_verdicts_are_short():
    for entry in ENTRIES.values():
        words = MARK.sub("", entry.verdict).split()
        assert len(words) <= 60, (name_of(entry), len(words))


def test_verdicts_and_warnings_are_easy_to_read():
    names = set(NAMES)
    spoken = [
        *(name for part in PACK.remedies for name in (part.remedy.name, *part.remedy.aliases)),
        *(name for condition in PACK.conditions for name in (condition.name, *condition.aliases)),
        *(row.substance for part in PACK.remedies for row in part.remedy.interactions),
    ]
    for name in spoken:
        names |= {word.lower() for word in re.findall(r"[^\W\d_]{4,}", name)}
    texts = [entry.verdict for entry in ENTRIES.values()]
    texts += [row.text for entry in ENTRIES.values() for row in entry.precautions]
    texts += [row.text for part in PACK.remedies for row in part.remedy.precautions]
    grades = {text: grade(text, names) for text in texts}
    assert statistics.median(grades.values()) <= 9
    assert {text: found for text, found in grades.items() if found > 12} == {}


@pytest.mark.parametrize(
    ("word", "count"),
    [("help", 1), ("doctor", 2), ("tablet", 2), ("people", 2), ("the", 1), ("made", 1), ("25", 1)],
)
def test_syllables_are_counted(word, count):
    assert syllables(word) == count


def test_a_long_winded_text_grades_high():
    easy = "Ask a doctor first. It can harm you."
    hard = (
        "Individuals demonstrating considerable susceptibility to gastrointestinal complications "
        "necessitate professional consultation preceding supplementation initiation."
    )
    assert grade(easy) < 4 < 12 < grade(hard)
