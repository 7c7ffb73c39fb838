import pytest
import yaml

from citations.schema import CitationKey
from publishing.claims.banned_words import banned_words
from publishing.claims.measure import LABELLED, RuleAccuracy, measure
from publishing.claims.rules import ClaimSign, claims, unsourced
from publishing.claims.sentences import sentences
from remedies_site.documents import Document


class _Text(Document):
    text: str


class _Texts(Document):
    rows: list[_Text]
    citation: CitationKey


def texts(markdown: str) -> list[str]:
    return [sentence.text for sentence in sentences(markdown)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("It rose by 2.5 mg. Then it fell.", ["It rose by 2.5 mg.", "Then it fell."]),
        ("A vs. B was tried. It failed.", ["A vs. B was tried.", "It failed."]),
        ("**Doses.** They used 5 mg.", ["Doses.", "They used 5 mg."]),
        ("See:\n\n- one thing\n- two things", ["See:", "one thing", "two things"]),
        ("A line\nthat goes on.", ["A line that goes on."]),
        ("It fell [@A1]. It rose [@B2].", ["It fell.", "It rose."]),
        ("", []),
    ],
)
def test_a_text_is_split_into_sentences(text, expected):
    assert texts(text) == expected


def test_a_sentence_keeps_the_keys_of_its_own_marks():
    parsed = list(sentences("It fell [@A1; @B2, p. 3]. It rose."))
    assert [sentence.keys for sentence in parsed] == [("A1", "B2"), ()]


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("The trial had 75 people.", ClaimSign.FIGURE),
        ("Half of them left.", ClaimSign.FIGURE),
        ("It did no better.", ClaimSign.COMPARISON),
        ("The groups did not differ.", ClaimSign.COMPARISON),
        ("It eases pain.", ClaimSign.EFFECT),
        ("It made no difference.", ClaimSign.COMPARISON),
    ],
)
def test_a_claim_is_known_by_its_sign(text, sign):
    assert sign in claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "Vitamin B12 and Q10 were in it.",
        "A review of 2024 asked this.",
        "That is about 905 mg (our arithmetic).",
        "Does it help?",
        "Ask a doctor whether it helps you.",
        "We do not know whether it helps.",
        "The lower value is called diastolic.",
    ],
)
def test_what_only_looks_like_a_claim_is_none(text):
    assert claims(text) == []


def test_a_figure_is_a_claim_even_among_the_editors_own_words():
    assert claims("We found no trial of more than 30 people.")


def test_a_claim_without_a_mark_is_named_with_its_field():
    prose = {"evidence": "It helped 75 people. It helped others too [@A1]."}
    [(field, message)] = unsourced(prose)
    assert field == "evidence"
    assert "“It helped 75 people.”" in message


def test_the_rules_agree_with_the_person_who_labelled_sixty_sentences():
    labelled = yaml.safe_load(LABELLED.read_text(encoding="utf-8"))
    assert len(labelled) == 60
    assert sum(sentence["claim"] for sentence in labelled) == 30
    result = measure()
    assert result.precision >= 0.9
    assert result.recall >= 0.9


def test_what_the_rules_get_wrong_is_named():
    result = RuleAccuracy(true_positives=9, missed=["A claim."], false_positives=["No claim."])
    assert result.precision == 0.9
    assert result.recall == 0.9


@pytest.mark.parametrize(
    "text",
    [
        "A natural remedy.",
        "It is safe.",
        "It boosts immunity.",
        "A detox.",
        "A promising herb.",
        "Clinically proven.",
        "It cures colds.",
        "It has no side effects.",
        "Take 5 mg at night.",
    ],
)
def test_banned_words_are_found_anywhere(text):
    [(field, message)] = banned_words(_Texts(rows=[_Text(text=text)], citation="Natural2020"))
    assert field == "rows[1].text"
    assert "must not say" in message


@pytest.mark.parametrize(
    "text",
    [
        "It is safe for adults.",
        "A safe level.",
        "Its safety is unknown.",
        "How safe it is.",
        "Health.",
    ],
)
def test_words_that_look_alike_may_stay(text):
    assert list(banned_words(_Text(text=text))) == []
