"""Finds that a writer, or somebody beside them, is in danger now: an emergency, or self-harm. Pure.

A sign counts unless its own clause tells of the past, of what somebody read, or of what to do if it should
happen; words in another clause (“my husband died last year and …”) take nothing from it. What people say
of themselves now counts beside such words too. In doubt it counts: help that was not needed costs a moment.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from discussions.composer.clauses import Clause, ClauseCutter
from discussions.composer.danger_signs import EMERGENCY_SIGN, SELF_HARM_SIGN, any_of
from discussions.composer.findings import Finding, FindingKind
from discussions.composer.spoken_text import SpokenLine, SpokenSentence
from remedies_site.patterns import lazy_pattern

# ---- when and whose -----------------------------------------------------------------------

_IS_PAST = any_of(
    [
        r"(?:years?|yrs|months?|weeks?|decades?|days) ago|long ago|back (?:then|in)|used to|when i was",
        r"last (?:week|month|year|winter|summer|spring|autumn|fall|time|christmas)",
        r"(?:in|since|back in|until) YEAR|at the time|once (?:had|upon)|before i (?:started|knew|was)",
        r"as a (?:child|kid|teenager|student|girl|boy|young)",
        r"in (?:january|february|march|april|may|june|july|august|september|october|november|december)",
    ]
)
_IN_PAST_TENSE = any_of(
    [
        r"was|were|had|felt|wanted|attempted|took|ended|tried|did|used|could|would|made|been|wrote|written",
        r"ate|swallowed|drank|fainted|collapsed|vomited|coughed|threw|brought|went|turned|got|passed",
        r"cut|hurt|started|began|relapsed|saved|collected|stored",
    ]
)
_IS_DAYS_AGO = any_of([r"days ago"])
_IS_TODAY = any_of(
    [
        r"right now|at the moment|now|tonight|today|this morning|(?:seconds?|minutes?|mins?|hours?|hrs?) ago",
        r"since (?:breakfast|lunch|noon|dinner)",
    ]
)
_IS_BACK = any_of([r"again|still|every day|any ?more|is back|are back"])
_IS_THESE_DAYS = any_of(
    [r"now|tonight|today|these days|at the moment|this morning|last night|yesterday"]
)
_OF_SOMEBODY = any_of([r"i|im|ive|ill|my|me|he|she|hes|shes|his|her|we|our"])
_OF_YOU = any_of([r"you|your"])
_OTHERS = (
    r"(?:read|heard|seen|saw|know|wrote|said|people|some|others|those|patients|who|that|if|in|never|not"
    r"|dont|didnt)"
)
_I_BEFORE = lazy_pattern(
    rf"(?<= )(?:i|im|ive|ill|(?:makes?|making|of) me)(?: (?!{_OTHERS} )\w+){{0,3}} $"
)
_STARTS_WITH_I = lazy_pattern(r"(?:i|im|ive|my|i am|i have) ")
_SOMEBODY_BEFORE = lazy_pattern(
    rf"(?<= )(?:i|im|ive|my|our|he|she|hes|shes|his|her)(?: (?!{_OTHERS} )\w+){{0,3}} $"
)
_LONGEST_SUBJECT = 180
"""Letters before a sign that may hold whom it is about: four of the longest words."""
_HAPPENS = any_of(
    [
        r"is|are|am|im|its|hes|shes|cant|cannot|can not|wont|isnt|having|feels?|unable|struggling|gasping",
        r"keeps?|(?:have|has|ive|got)(?! (?:\w+ )?(?:had|been|taken|eaten|drunk|gone|\w+ed) )",
    ]
)
_WITHOUT_SUBJECT = lazy_pattern(
    r"(?:want|wanna|wish|cant|cannot|can not|dont|do not|ready|going|thinking|planning|tired|done|better"
    r"|having|struggling|gasping|unable|hardly) "
)

# ---- what takes its meaning from a sign ---------------------------------------------------

_IF_ANYBODY = any_of([r"if (?:you|somebody|someone|anyone|anybody|your)"])
_IF_IT_HAPPENS = any_of(
    [
        r"(?:if|should) (?:you|he|she|they|somebody|someone|anyone|anybody|it|your|a|the|there)",
        r"call (?:9|the|an|your)|in case (?:of|you|he|she|they|it|your|a|the)|whenever you",
    ]
)
_IS_READ = any_of(
    [
        r"leaflet|warns?|warning|side effects?|listed|(?:can|may) (?:cause|lead|trigger)|could cause|risk of",
        r"i read|have read|we read|(?:my|the) (?:page|book|label) says|(?:people|those|patients|others) who",
        r"(?:some|many|most|other) people",
    ]
)
_IS_NO_EMERGENCY = any_of(
    [
        r"(?:nearly|almost) (?:choked|fainted|passed out|collapsed|had|took|swallowed|ate)",
        r"no (?:chest pain|trouble|difficulty)|never (?:have|take|took)",
        r"never had(?!(?: \w+){0,4} (?:like this|this bad) )",
        r"(?:didnt|did not|dont|do not|havent) (?:have|had|eat|get|take|swallow)",
    ]
)
_TAKEN = lazy_pattern(r"(?:took|taken|swallowed|ate|eaten|drank|drunk|downed) ")
_ENDED_WELL = any_of([r"turned out|thank goodness|thankfully|luckily|was fine"])
_TURNED_OUT_WELL = any_of([r"turned out|all was fine"])
_IS_NO_SELF_HARM = any_of(
    [
        r"i (?:am|was) not suicidal|im not suicidal|not (?:at all )?suicidal|never been suicidal",
        r"(?:dont|do not|didnt|did not|never) (?:\w+ )?(?:want|wanted|wish|going|plan|planning|mean)"
        r"(?: \w+)? to (?:die|kill|hurt|harm|end)",
    ]
)
_IS_NOT_MEANT = any_of(
    [r"increase|reported|study|studies|trial|embarrass\w*|shame|laugh\w*|boredom|jealous\w*"]
)
_WAS_SELF_HARM = any_of(
    [
        r"(?:was|were|had been|felt|used to be) (?:\w+ )?suicidal|(?<!have )(?<!ive )wanted to die|died by"
    ]
)
_IS_WELL = any_of([r"(?:i am|im|we are) (?:well|fine|better|ok|okay|glad|alive)"])


def find_danger(sentences: Sequence[SpokenSentence]) -> Iterator[Finding]:
    """Signs of self-harm and of an emergency: the first that counts in each sentence."""
    for sentence in sentences:
        line = sentence.line
        yield from _first(line, SELF_HARM_SIGN, _is_self_harm, FindingKind.SELF_HARM)
        yield from _first(line, EMERGENCY_SIGN, _is_emergency, FindingKind.EMERGENCY)


def _first(
    line: SpokenLine,
    sign: re.Pattern[str],
    counts: Callable[[re.Match[str], Clause], bool],
    kind: FindingKind,
) -> Iterator[Finding]:
    sentence = ClauseCutter(line.text)
    for match in sign.finditer(line.text):
        if counts(match, sentence.clause_of(match)):
            yield Finding(kind, *line.place(match))
            return


def _is_self_harm(match: re.Match[str], clause: Clause) -> bool:
    if clause.has(_IS_NO_SELF_HARM):
        return False
    if _says_it_of_themselves(match, clause):
        return True
    if _is_general(match, clause, _IF_ANYBODY) or clause.has(_IS_NOT_MEANT):
        return False
    return not _was_self_harm(clause) or clause.has(_IS_THESE_DAYS) or clause.sentence_has(_IS_BACK)


def _was_self_harm(clause: Clause) -> bool:
    """Whether it is over, by the clause itself, or by how the writer is today."""
    if clause.has(_IS_PAST) or clause.has(_WAS_SELF_HARM) or clause.has(_IS_WELL):
        return True
    return clause.has(_IN_PAST_TENSE) and clause.sentence_has(_IS_WELL)


def _is_emergency(match: re.Match[str], clause: Clause) -> bool:
    if clause.has(_IS_NO_EMERGENCY):
        return False
    if _happens_to_somebody(match, clause):
        return True
    if _is_general(match, clause, _IF_IT_HAPPENS):
        return False
    # Some poisons do harm days after they were taken.
    return _is_taken_days_ago(match, clause) or not _was_emergency(clause)


def _is_taken_days_ago(match: re.Match[str], clause: Clause) -> bool:
    return clause.has(_IS_DAYS_AGO) and bool(_TAKEN.match(match[0]))


def _was_emergency(clause: Clause) -> bool:
    """Whether it is over, by the clause itself, or by what it turned out to be."""
    if clause.has(_IS_PAST) or clause.has(_ENDED_WELL):
        return True
    return clause.has(_IN_PAST_TENSE) and clause.sentence_has(_TURNED_OUT_WELL)


def _is_general(match: re.Match[str], clause: Clause, condition: re.Pattern[str]) -> bool:
    """Whether it is about what may happen, or is read of; another clause says so where this names nobody."""
    if clause.has(_IS_READ) or (clause.has(condition) and not _of_writer(match, clause)):
        return True
    if clause.has(_OF_SOMEBODY) and not clause.has(_OF_YOU):
        return False
    if clause.sentence_has(condition):
        return True
    is_read = clause.sentence_has(_IS_READ) or clause.sentence_has(_IS_NOT_MEANT)
    return is_read and not _WITHOUT_SUBJECT.match(f"{match[0]} ")


def _says_it_of_themselves(match: re.Match[str], clause: Clause) -> bool:
    """“I want to”, “I am thinking of”: in the first person and the present, right before the sign or in it."""
    said = _of_writer(match, clause)
    return bool(said) and not _IN_PAST_TENSE.search(said)


def _happens_to_somebody(match: re.Match[str], clause: Clause) -> bool:
    """“My throat is closing”, “she cannot wake up”; or the writer says that it is of today."""
    said = _of_writer(match, clause)
    if not said and not clause.has(_OF_YOU) and not clause.has(_IF_IT_HAPPENS):
        said = _said(_SOMEBODY_BEFORE, match, clause)
    return bool(said) and (bool(_HAPPENS.search(said)) or clause.has(_IS_TODAY))


def _of_writer(match: re.Match[str], clause: Clause) -> str:
    """A sign of the writer's own with the words from “I” on; empty where it is not."""
    return _said(_I_BEFORE, match, clause)


def _said(subject: re.Pattern[str], match: re.Match[str], clause: Clause) -> str:
    """The sign with the words from its subject on; empty where that does not stand right before it."""
    before = match.string[max(clause.start, match.start() - _LONGEST_SUBJECT) : match.start()]
    found = subject.search(before)
    if found is None and not _STARTS_WITH_I.match(match[0]):
        return ""
    return f" {found[0] if found else ''}{match[0]} "
