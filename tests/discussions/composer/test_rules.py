"""What the rules notice, what they leave alone, and that no text is too much for them."""

import re
import re._constants as sre
import re._parser as sre_parser
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discussions.composer import (
    clauses,
    danger_rule,
    danger_signs,
    dose_rule,
    selling_rule,
    spoken_amounts,
    stop_rule,
)
from discussions.composer.findings import FindingKind
from discussions.composer.known_names import MedicineNames, RemedyNames
from discussions.composer.spoken_text import LONGEST_WORD, split_sentences
from discussions.composer.text_check import check_text, kinds_of
from remedies_site.patterns import LazyPattern
from tests.hostile import BODIES

RULES = (clauses, danger_rule, danger_signs, dose_rule, selling_rule, spoken_amounts, stop_rule)
WORDS = [
    *(
        "stop",
        "your",
        "warfarin",
        "magnesium",
        "600",
        "mg",
        "a",
        "day",
        "you",
        "should",
        "not",
        "I",
    ),
    *(
        "took",
        "die",
        "kill",
        "myself",
        "code",
        "SAVE10",
        "10",
        "%",
        "off",
        ".",
        "?",
        ",",
        "\n",
        '"',
    ),
    *(
        "> ",
        "https://example.org",
        "a@example.org",
        "iron",
        "tablets",
        "chest",
        "pain",
        "half",
        "g",
    ),
]


def kinds(findings) -> set[str]:
    return {kind.value for kind in kinds_of(findings)}


@pytest.mark.parametrize(
    ("text", "typed", "amount"),
    [
        ("I take 600 mg.", "600 mg", "600"),
        ("I take 600mg at night.", "600mg", "600"),
        ("I take 1,200 mg.", "1,200 mg", "1200"),
        ("I take 0.5 g.", "0.5 g", "0.5"),
        ("I take half a gram.", "half a gram", "0.5"),
        ("I take 1,5 g.", "1,5 g", "1.5"),
        ("I take 200 to 600 mg.", "600 mg", "600"),
        ("I take two 200 mg tablets.", "200 mg", "400"),
        ("I take 2 x 200 mg.", "200 mg", "400"),
        ("I take 200 mg three times a day.", "200 mg", "600"),
        (
            "I take 200 mg in the morning and 200 mg at night.",
            "200 mg in the morning and 200 mg",
            "400",
        ),
        ("I take 2 tablets of 200 mg.", "200 mg", "400"),
        ("I take 900 mg three times a week.", "900 mg", "385.7"),
        ("I took 600 mg for a week.", "600 mg", "600"),
        ("I TAKE 600 MG OF MAGNESIUM", "600 MG", "600"),
        ("I take 300,000 mcg.", "300,000 mcg", "300000"),
        ("magnesium oxide 500 mg for me", "500 mg", "301.5"),
    ],
)
def test_an_amount_above_a_limit_is_a_dose(check, text, typed, amount):
    (found,) = check(text)
    assert found.kind is FindingKind.DOSE
    assert found.excerpt(text) == typed
    assert found.limit is not None
    assert found.limit.remedy == "Magnesium"
    assert found.limit.amount.quantize(Decimal("0.1")) == Decimal(amount).quantize(Decimal("0.1"))


@pytest.mark.parametrize(
    "text",
    [
        "I take 250 mg.",
        "I take 200 mg every other day.",
        "I take 600 mg once a week.",
        "Magnesium glycinate, 500 mg.",
        "600 mg ibuprofen and some magnesium.",
        "Some magnesium, and 1,000 mg of calcium.",
        "The trial used 600 mg a day.",
        "The upper limit is 350 mg.",
        "Is 600 mg too much?",
        "Never take 600 mg.",
        "My blood had 600 mg per litre.",
        "600 mg per kg is what they gave the rats.",
        "> I take 600 mg.\n\nI would not.",
        "600 people",
        "600",
        "I take 15 micrograms of vitamin D.",
        "I take 4,000 IU of vitamin D.",
    ],
)
def test_what_is_not_above_a_limit_or_no_dose_at_all(check, text):
    assert check(text) == []


def test_the_lowest_limit_that_is_exceeded_is_named(check):
    (low,) = check("I take 300 mg.")
    (high,) = check("I take 900 mg.")
    assert low.limit.row.amount == high.limit.row.amount == 250
    assert "EFSA" in low.limit.row.authority


def test_an_amount_belongs_to_the_remedy_beside_it(check):
    (found,) = check("Magnesium at night, and vitamin D, 9,000 IU a day.")
    assert found.limit.remedy == "Vitamin D"
    (found,) = check("I take 60 mg of iron with it.", "vitamin-d")
    assert found.limit.remedy == "Iron"
    assert check("I take 60 mg of magnesium with it.", "iron") == []


def test_where_no_limit_is_known_no_dose_is_too_much(check):
    assert check("I take 400 mg.", "riboflavin") == []
    assert check("I take 50 mg.", "melatonin") == []


@pytest.mark.parametrize(
    ("text", "is_advice"),
    [
        ("I took 600 mg for a month.", False),
        ("My dose was 600 mg.", False),
        ("Take 600 mg.", True),
        ("You need 600 mg.", True),
        ("I take 600 mg, you should try it.", True),
        ("600 mg is right.", True),
    ],
)
def test_an_own_dose_is_no_advice(check, text, is_advice):
    (found,) = check(text)
    assert found.is_advice is is_advice


@pytest.mark.parametrize(
    "text",
    [
        "Stop your warfarin.",
        "Just stop taking the Coumadin!",
        "You should come off the sertraline.",
        "you can safely skip ur blood pressure tablets",
        "You don't need your insulin.",
        "There is no need for statins.",
        "Throw away your pills.",
        "I would quit the ropinirole.",
        "My advice is to halve your lithium.",
        "Why don't you stop the metformin?",
        "Nobody should be on levothyroxine.",
        "Don't take your antidepressants any more.",
        "How about skipping your levodopa?",
        "I told my aunt to stop her digoxin.",
        "Forget about your heart tablets. Bin them.",
    ],
)
def test_advice_to_stop_a_medicine(check, text):
    assert "stop" in kinds(check(text))


@pytest.mark.parametrize(
    "text",
    [
        "I stopped my warfarin in May.",
        "I would never stop my levodopa.",
        "My doctor told me to stop the sertraline.",
        "My doctor stopped my ropinirole.",
        "Never stop your warfarin on your own.",
        "Please do not stop your insulin.",
        "Should I stop my statins?",
        "You should not stop the lithium.",
        "Ask before you stop your tablets.",
        "He said “stop your statins” and I laughed.",
        "> Stop your warfarin.\n\nThat is dangerous.",
        "Stop smoking.",
        "Stop taking magnesium before the blood test.",
        "Skip the ibuprofen.",
        "Do not take warfarin with ginkgo.",
        "Cut out coffee.",
        "Somebody wrote that you should stop metformin.",
    ],
)
def test_what_is_no_advice_to_stop_a_medicine(check, text):
    assert "stop" not in kinds(check(text))


@pytest.mark.parametrize(
    "text",
    [
        "I want to die.",
        "i wanna die",
        "I don’t want to live any more.",
        "I keep thinking about suicide.",
        "I will kill myself tonight.",
        "Everybody would be better off without me.",
        "I was suicidal years ago and I am suicidal again.",
        "I have started cutting again.",
        "My husband died last year and I want to die.",
        "I am so full of shame that I want to die.",
        "Since the diagnosis two years ago I want to kill myself.",
        "My doctor will increase my dose but I want to end my life.",
        "If anyone reads this, I am going to kill myself.",
        "If you read this I want to die",
        "I lost my job last week and I am thinking of suicide.",
        "I have suicidal thoughts, is it a side effect?",
        "I feel suicidal, the leaflet warns of it.",
        "Last year my wife left me, I don't want to live.",
        "I have wanted to die for weeks.",
        "The side effects make me want to kill myself.",
        "I was suicidal last year, and now it is back again.",
        "I do not want to hurt anybody, I want to kill myself.",
    ],
)
def test_words_about_self_harm(check, text):
    assert "self_harm" in kinds(check(text))


@pytest.mark.parametrize(
    "text",
    [
        "This itch is killing me.",
        "I am dying to try it.",
        "I could have died laughing.",
        "I wanted to die of shame.",
        "Twenty years ago I was suicidal. I am glad to be here.",
        "The leaflet warns of suicidal thoughts.",
        "I am not suicidal, only tired.",
        "I cut myself while cooking.",
        "Three years ago I tried to kill myself, and now I am well.",
        "In 2010, I attempted suicide.",
        "I attempted suicide at school, I am glad to be alive.",
        "The leaflet warns of nightmares, thoughts of suicide, and sleepwalking.",
        "If somebody wants to kill themselves, stay with them.",
        "People who have suicidal thoughts need company.",
        "I do not want to kill myself.",
    ],
)
def test_words_that_only_sound_like_self_harm(check, text):
    assert check(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "I have chest pain.",
        "I can't breathe.",
        "My son swallowed the whole bottle.",
        "I just took 40 tablets.",
        "She is unconscious.",
        "My tongue is swelling.",
        "He is having a seizure.",
        "I am coughing up blood.",
        "I was fine this morning, but I cannot breathe.",
        "I think these are side effects, my throat is closing.",
        "I took two boxes of paracetamol an hour ago.",
        "I have swallowed 3 strips of codeine.",
        "I took 2 boxes of paracetamol two days ago.",
        "My husband collapsed this morning, he had the same last year.",
        "He swallowed nearly the whole bottle.",
        "My son swallowed a whole bottle, luckily he is awake.",
        "I can't breathe, should I call 999?",
        "Please call an ambulance for me I took forty tablets.",
        "If anyone is awake, my husband is unconscious.",
        "I have never had chest pain like this.",
        "After the operation last month my throat is closing.",
    ],
)
def test_signs_of_an_emergency(check, text):
    assert "emergency" in kinds(check(text))


@pytest.mark.parametrize(
    "text",
    [
        "If you have chest pain, call an ambulance.",
        "In 2019 I had chest pain.",
        "Last year my tongue was swelling.",
        "The leaflet says it can cause trouble breathing.",
        "I took two tablets.",
        "He never had a seizure.",
        "It takes my breath away.",
        "Last year, I had chest pain and a racing heart.",
        "I had chest pain and was taken to hospital last year.",
        "If you have chest pain, trouble breathing, or a swollen tongue, call an ambulance.",
        "He had chest pain, but it turned out to be a pulled muscle.",
        "I took two boxes with me.",
        "I have taken three packets since March.",
        "I ate two boxes of dates.",
        "We drank a bottle of wine last night.",
        "Some people cannot swallow these.",
    ],
)
def test_what_is_no_emergency_now(check, text):
    assert check(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Use code SLEEP for 10% off.",
        "Message me on WhatsApp.",
        "Order now at https://shop.example",
        "Free shipping!",
        "I sell it myself.",
        "Visit my shop.",
        "Here is my affiliate link.",
        "Two spare bottles for sale.",
        "Write to me at seller@shop.example",
    ],
)
def test_selling(check, text):
    assert kinds(check(text)) == {"selling"}


@pytest.mark.parametrize(
    "text",
    [
        "I bought it in a shop.",
        "It costs 12 euros.",
        "I do not sell anything.",
        "Message the moderators.",
        "I read it at https://example.org/study",
        "Ask your pharmacist for the price.",
        "The code on the packet is old.",
    ],
)
def test_what_is_no_selling(check, text):
    assert check(text) == []


def test_the_most_urgent_is_first(check):
    findings = check("Use code SLEEP. Stop your statins. I take 900 mg. I want to die.")
    assert [found.kind.value for found in findings] == ["self_harm", "dose", "stop", "selling"]


def test_a_text_in_another_language_is_left_alone(check):
    assert check("Ich nehme jeden Abend ein wenig davon und schlafe besser.") == []


@given(
    st.one_of(st.text(max_size=300), st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
)
@settings(max_examples=300, deadline=None)
def test_no_text_breaks_the_rules_and_each_finding_stands_in_it(text):
    from remedies.choices import Basis, LimitKind, Unit
    from remedies.schema import LimitRow

    limit = LimitRow(
        kind=LimitKind.UPPER, authority="A", population="adults", amount=Decimal(250),
        unit=Unit.MG, basis=Basis.ELEMENTAL, adults=True, citations=["A"],
    )  # fmt: skip
    remedy = RemedyNames("Magnesium", "/magnesium/", (), (limit,), is_subject=True)
    medicines = MedicineNames(frozenset({("warfarin",)}), frozenset({("iron",)}))
    for found in check_text(text, [remedy], medicines):
        assert 0 <= found.start < found.end <= len(text)
        assert found.excerpt(text).strip()


@pytest.mark.parametrize("number", range(len(BODIES)))
def test_a_hostile_text_is_read_to_its_end(check, number):
    body = BODIES[number]
    last = check(f"{body}\n\nStop your warfarin.")[-1:]
    assert [found.kind.value for found in last] == ["stop"]


@pytest.mark.parametrize(
    ("text", "sign", "words"),
    [
        ("My husband died last year, and I want to die.", "want", " and i want to die "),
        ("Last year, I had pain and a fit.", "had", " last year , i had pain and a fit "),
        ("In May 2019, I had a fit, he helped.", "had", " in may YEAR , i had a fit "),
        ("I had pain and went to hospital.", "pain", " i had pain and went to hospital "),
        ("I ache so much that I cry.", "cry", " that i cry "),
        ("I had pain but I am well.", "pain but i am", " i had pain but i am well "),
    ],
)
def test_a_clause_ends_where_another_subject_begins(text, sign, words):
    (sentence,) = split_sentences(text)
    line = clauses.ClauseCutter(sentence.line.text)
    match = re.search(rf"(?<= ){sign}(?= )", line.text)
    clause = line.clause_of(match)
    assert line.text[clause.start : clause.end + 1] == words
    assert clause.has(re.compile(re.escape(words)))


# ---- time grows with the length ----------------------------------------------------------
# A clock would measure the machine. What makes an expression slow is one unbounded repetition
# around another; in a line, a word of at most LONGEST_WORD letters ends what repeats a character.


def patterns_of(module) -> list[re.Pattern[str] | LazyPattern]:
    found = []
    for value in vars(module).values():
        for each in value if isinstance(value, (list, tuple)) else [value]:
            parts = each if isinstance(each, tuple) else [each]
            found += [part for part in parts if isinstance(part, re.Pattern | LazyPattern)]
    return found


def unbounded_groups(parsed) -> list[object]:
    """The repetitions without an end of more than one character."""
    found = []
    for operation, value in parsed:
        if operation in {sre.MAX_REPEAT, sre.MIN_REPEAT}:
            _least, most, body = value
            single = len(body) == 1 and body[0][0] in {sre.IN, sre.LITERAL, sre.NOT_LITERAL}
            if most is sre.MAXREPEAT and not single:
                found.append(body)
            found += unbounded_groups(body)
        elif operation is sre.SUBPATTERN:
            found += unbounded_groups(value[-1])
        elif operation is sre.BRANCH:
            found += [group for branch in value[1] for group in unbounded_groups(branch)]
        elif operation in {sre.ASSERT, sre.ASSERT_NOT}:
            found += unbounded_groups(value[1])
    return found


@pytest.mark.parametrize("module", RULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_no_rule_repeats_a_group_without_end(module):
    patterns = patterns_of(module)
    assert patterns
    checked = [pattern for pattern in patterns if pattern is not spoken_amounts._THOUSANDS]
    assert [
        pattern.pattern
        for pattern in checked
        if unbounded_groups(sre_parser.parse(pattern.pattern))
    ] == []


class Counting:
    """Stands for an expression, and counts the letters that it is shown."""

    def __init__(self) -> None:
        self.letters = 0

    def search(self, text: str) -> None:
        self.letters += len(text)


def test_no_clause_is_read_twice_for_the_same_words():
    (sentence,) = split_sentences("i want to die and you go on or i want to die because " * 50)
    line, in_clause, in_sentence = clauses.ClauseCutter(sentence.line.text), Counting(), Counting()
    for match in danger_signs.SELF_HARM_SIGN.finditer(line.text):
        clause = line.clause_of(match)
        assert not clause.has(in_clause)
        assert not clause.sentence_has(in_sentence)
    assert 0 < in_clause.letters <= 2 * len(line.text)
    assert in_sentence.letters == len(line.text)


def test_a_slow_expression_would_be_seen():
    assert unbounded_groups(sre_parser.parse(r"(?:\w+ )*x"))
    assert unbounded_groups(sre_parser.parse(r"(?<= )(?:a|(?:b+)+)c"))
    assert not unbounded_groups(sre_parser.parse(r"(?:\w+ ){0,4}x"))


def test_no_word_of_a_line_is_longer_than_the_rules_expect():
    (sentence,) = split_sentences("a" * 10_000 + " b")
    assert max(map(len, sentence.line.words)) == LONGEST_WORD
    assert sentence.line.spans == ((0, 10_000), (10_001, 10_002))


@pytest.mark.parametrize(
    "text", ["1 mg ", "stop your ", "a.b@", "'a", '"a ', "magnesium 1 mg ", "9,"]
)
def test_a_text_has_no_more_words_than_letters(text):
    once, twice = (
        sum(len(sentence.words) for sentence in split_sentences(text * times))
        for times in (100, 200)
    )
    assert 1 <= once <= twice <= 2 * once + 2
    assert twice <= len(text) * 200
