"""Finds advice to stop, skip or cut down a medicine that somebody prescribed. Pure.

Only advice counts: an imperative (“stop your …”), “you should stop”, “you do not need your …” and the like.
What happened to the writer, what a doctor decided, a question, and a warning against stopping are none.
"""

import re
from collections.abc import Iterator, Sequence

from discussions.composer.findings import Finding, FindingKind
from discussions.composer.known_names import MedicineNames, NameIndex, RemedyNames
from discussions.composer.spoken_text import SpokenLine, SpokenSentence, word_in_line
from remedies_site.patterns import lazy_pattern

_MEDICINE, _REMEDY = "MEDICINE", "REMEDY"
"""How a line writes the name of a prescribed medicine, and of anything else that people take."""

_VERB = (
    r"(?:stop|quit|ditch|drop|skip|bin|dump|forget|halve|discontinue|chuck|toss|swap|replace|reduce|lower|cut"
    r"|cease|abandon|leave out|leave off|come off|get off|go off|get rid of|throw away|throw out|chuck out"
    r"|chuck away|give up|wean off|do without|go without|taper off|lay off|cut out|forget about|leave aside"
    r"|stay off|stay away from|keep off|flush|lose|half|cut down(?: on)?|cut back(?: on)?|miss out|omit)"
)
_VERB_ING = (
    r"(?:stopping|quitting|ditching|dropping|skipping|halving|discontinuing|swapping|replacing|reducing|lowering"
    r"|cutting|leaving out|coming off|getting off|going off|getting rid of|throwing away|giving up|weaning off"
    r"|doing without|going without|cutting down(?: on)?|cutting back(?: on)?|cutting out|missing out)"
)
_DETERMINER = (
    r"(?:your|ur|yr|youre|the|all|those|that|these|this|any|every|his|her|their|everyones|of|them|yourself"
    r"|prescribed|daily|nightly|morning|evening|damn|stupid|awful|horrible|nasty|bloody|silly|useless|poisonous"
    r"|toxic|so called|other|more|dose|doses|dosage|half|with|tonights|todays|on|a|few|days|doctors)"
)
_MEDICINE_NOUN = (
    r"(?:(?:MEDICINE(?: MEDICINE)?(?: (?:tablets?|pills?|dose|medication|meds))?)"
    r"|meds|medication|medications|medicines?|prescriptions?(?: \w+)?|chemo|chemotherapy|pharma \w+)"
)
_YOURS = r"(?:your|ur|yr) (?:(?!REMEDY)\w+ )?(?:tablets?|pills?|drugs?|injections?|inhalers?|treatment|jabs?|patches)"
_OBJECT = rf"(?:(?: {_DETERMINER}){{0,4}} {_MEDICINE_NOUN}| {_YOURS})"
_STOP = rf"{_VERB}(?: (?:taking|takin|taken|using|with|on|to take|popping|swallowing))?{_OBJECT}"
_STOPPING = rf"{_VERB_ING}(?: (?:taking|using|with))?{_OBJECT}"
_OPENER = (
    r"(?:,|and|so|then|just|please|pls|plz|simply|now|instead|honestly|seriously|actually|definitely|safely"
    r"|better|also|or|but|first|always|folks|people|guys|friends|everyone|everybody|all|immediately|today|to|step"
    r"|9|advice|ok|okay|oh|well|yes|no|really|straight|right|away|at|once|slowly|gradually)"
)
_ADVERB = (
    r"(?:can|could|should|shd|must|may|might|need|have|ought|want|had|better|gotta|got|would|will|are|able|to|be"
    r"|really|simply|just|safely|easily|definitely|probably|then|also|now|totally|happily|always|all|both|well"
    r"|even|start|try|consider|absolutely|seriously|honestly|d|as|immediately|slowly)"
)
_YOU = (
    r"(?:you|u|ya|youd|youll|yall|everyone|everybody|people|anyone|anybody|patients|one|they|folks)"
)
_WITH_SOMETHING = (
    r"(?! (?:with|together|at the|on an|if|unless|before|until|within|without|when|while|near|alongside|close|and|or"
    r"|too close|on top))"
)

_ADVICE = [
    # stop your …
    rf"(?:^ |(?<=^ ){_OPENER} |(?<= , )|(?<= and )|(?<= so )|(?<= then )|(?<= just )|(?<= simply )|(?<= or )"
    rf"|(?<= but )|(?<= please ))(?:{_OPENER} ){{0,3}}{_STOP}",
    # you should stop your …
    rf"(?<= ){_YOU}(?: {_ADVERB}){{1,4}} (?:{_STOP}|{_STOPPING})",
    # if I were you I would …, I'd …
    rf"(?<= )(?:id|i would|i d)(?: (?:just|simply|rather|definitely|also|personally|really))? {_STOP}",
    # my advice is to …, why don't you …, it is safe to …
    rf"(?<= )(?:advice|tip|tips|suggestion|recommendation|trick|secret|answer|solution|thing|cure|key)(?: \w+){{0,3}}"
    rf" (?:is|was|would be)(?: (?:,|to|just|simply)){{0,4}} (?:{_STOP}|{_STOPPING})",
    rf"(?<= )why (?:dont|not|wouldnt|would not)(?: (?:you|just|simply|all|they)){{0,4}} {_STOP}",
    rf"(?<= )(?:safe|fine|ok|okay|better|best|time|wise|smart|good|great|enough|advise|recommend|urge|tell|beg)"
    rf"(?: \w+){{0,2}}? to (?:just |simply )?{_STOP}",
    rf"(?<= )(?:recommend|suggest|advise|advocate|try|consider|how about|what about|start by|start|think about)"
    rf"(?: \w+)? {_STOPPING}",
    rf"(?<= ){_STOPPING} (?:\w+ )?(?:is|was) (?:\w+ )?(?:safe|fine|ok|okay|the best|best|easy|harmless|no problem|the"
    rf" answer|the key|what you|worth)",
    # I told somebody to …
    rf"(?<= )i (?:told|got|made|convinced|persuaded|advised|tell|advise)(?: \w+){{1,3}} (?:to )?{_STOP}",
    # you don't need …, there is no need for …, do not take …
    rf"(?<= ){_YOU}(?: (?:really|honestly|just|probably|certainly|then|simply|actually|also|all)){{0,4}}"
    rf" (?:dont|do not|wont|will not|no longer|never|dont even|doesnt|hardly)(?: \w+)?"
    rf" (?:need|require|have to take|needs?)(?: (?:to|take|finish|use|be|on|taking)){{0,4}}{_OBJECT}",
    rf"(?<= ){_YOU} (?:neednt|need not|shouldnt|should not|mustnt|must not|should never|must never|dont have to|do not"
    rf" have to|should all|should)(?: (?:be|bother|even|to)){{0,4}} (?:finish|finishing|take|taking|use|using|on|off)"
    rf"(?: (?:with|taking))?{_OBJECT}{_WITH_SOMETHING}",
    rf"(?:^ |(?<= ))(?:{_OPENER} ){{0,3}}(?:dont|do not|never|no need to|dont ever|dont bother to)"
    rf" (?:take|taking|use|using|touch|swallow|finish|bother with|bother taking|inject|refill|fill|renew|keep taking"
    rf"|continue|go on with)(?: any)?{_OBJECT}{_WITH_SOMETHING}",
    rf"(?<= )no (?:more |real )?(?:need|reason|point|sense)(?: (?:any more|whatsoever|at all))?"
    rf"(?: (?:for|to|take|taking|be|being|on|of|use|using|stay|in|finish|finishing|keep|continue)){{1,4}}{_OBJECT}",
    rf"(?<= )(?:no one|nobody|noone)(?: (?:ever|really)){{0,4}} (?:should|needs?|has to|ought to)"
    rf"(?: (?:to|be|take|taking|on|ever|use)){{0,4}}{_OBJECT}",
    rf"(?<= )(?:better|healthier|fine|ok|okay|happier)(?: off)? without{_OBJECT}",
    rf"(?<= )(?:take|use|have) (?:it |this |REMEDY |some |the ){{1,4}}(?:instead of|rather than|in place of)(?: taking)?{_OBJECT}",
    rf"^ (?:{_OPENER} ){{0,4}}{_OBJECT[:-1]}) (?:needs?|has|have|ought) to go(?= )",
]
_PRONOUN = (
    rf"(?:^ |(?<= , )|(?<= and ))(?:{_OPENER} ){{0,2}}(?:{_VERB}|throw|chuck)(?: (?:taking|using))?"
    r"(?: (?:it|them|those|these|that stuff|the stuff|all of it|all of them))(?= )"
)
_REPORTED_SPEECH = (
    r"(?:my|our|the|a|his|her) (?:\w+ )?(?:doctor|doc|dr|gp|consultant|psychiatrist|nurse|pharmacist|surgeon|specialist"
    r"|cardiologist|neurologist|clinic|hospital|dentist|midwife|oncologist)(?! (?:is|was|does|will|has|cannot|cant|wont"
    r"|who))|(?:told|asked|wants|made|advised|allowed|let|taught) (?:me|us)|(?:said|says|say|saying|wrote|writes|claims|claimed"
    r"|reads|heard|read|tells|telling|told)(?: \w+){0,3} (?:that|to|you|people|everyone)|(?:should|can|could|may|must|do|did)"
    r" (?:i|we)|before (?:you|anyone|they)|if you (?:want to |must |have to )?(?:stop|skip|come)|i (?:had|have|want|wanted|need"
    r"|decided|tried|plan|hope|managed|agreed) to|(?:trying|hoping|planning|going) to"
)
_NEGATED = r" (?:never|not|dont|doesnt|cannot|cant|wont|without|shouldnt|wouldnt|mustnt|refuse|scared|afraid|instead)(?: \w+){0,2} $"
_OWN_ADVICE = lazy_pattern(r"^ ?i (?:told|got|made|convinced|persuaded|advised|tell|advise)")

_ADVISES = [lazy_pattern(rf"{pattern}(?= )") for pattern in _ADVICE]
_ADVISES_PRONOUN = lazy_pattern(_PRONOUN)
_REPORTS = lazy_pattern(rf"(?<= )(?:{_REPORTED_SPEECH})(?= )")
_NEGATES = lazy_pattern(_NEGATED)
_MENTIONS = lazy_pattern(
    r"\b(?:stop|quit|ditch|drop|skip|bin|dump|forget|halv|half|discontinu|chuck|toss|swap|replac|reduc|lower|cut|ceas|abandon|leav"
    r"|off|rid|throw|give|giving|out|without|flush|los|need|take|taking|finish|use|touch|bother|omit|miss|go)",
    re.IGNORECASE,
)


def mentions_stopping(text: str) -> bool:
    """Whether it is worth the names of medicines to look at the text."""
    return _MENTIONS.search(text) is not None


class StopRule:
    """The rule with its names, which are built once for many texts."""

    def __init__(self, medicines: MedicineNames, remedies: Sequence[RemedyNames] = ()) -> None:
        """`remedies`: whose names are no medicine here."""
        own = frozenset(name for remedy in remedies for name in remedy.words)
        self._prescribed = NameIndex(medicines.prescribed - own)
        self._others = NameIndex(medicines.others | own)

    def find(self, sentences: Sequence[SpokenSentence]) -> Iterator[Finding]:
        """The first advice in each sentence."""
        named_before = False
        for sentence in sentences:
            line = self._line(sentence)
            if match := _advice(line.text, sentence, named_before=named_before):
                yield Finding(FindingKind.STOP, *line.place(match))
            named_before = _MEDICINE in line.words

    def _line(self, sentence: SpokenSentence) -> SpokenLine:
        """The words, with each name as one word; what is quoted from others is left out."""
        words: list[str] = []
        spans: list[tuple[int, int]] = []
        place = 0
        while place < len(sentence.words):
            medicine = self._prescribed.size_at(sentence.words, place)
            other = self._others.size_at(sentence.words, place)
            size = max(medicine, other, 1)
            first, last = sentence.words[place], sentence.words[place + size - 1]
            if not first.is_quoted:
                name = _REMEDY if other and other >= medicine else _MEDICINE
                words.append(name if medicine or other else word_in_line(first))
                spans.append((first.start, last.end))
            place += size
        return SpokenLine(tuple(words), tuple(spans))


def _advice(text: str, sentence: SpokenSentence, *, named_before: bool) -> re.Match[str] | None:
    """The first match that is advice in its sentence."""
    is_why = text.startswith((" why", " how about", " what about"))
    if sentence.is_question and not is_why:
        return None
    patterns = [*_ADVISES, _ADVISES_PRONOUN] if named_before and _REMEDY not in text else _ADVISES
    for pattern in patterns:
        match = pattern.search(text)
        if match and not _is_reported(text, match):
            return match
    return None


def _is_reported(text: str, match: re.Match[str]) -> bool:
    """Whether the words before tell of somebody else's advice, or warn against it."""
    before = text[: match.start()].rstrip() + " "
    if _NEGATES.search(before[-60:]):
        return True
    return bool(_REPORTS.search(before)) and not _OWN_ADVICE.search(match[0])
